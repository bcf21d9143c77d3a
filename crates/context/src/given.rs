//! Values that the caller supplies for what only a run can tell: by fully qualified name, or by the root they are read from.

use std::sync::Arc;

use indexmap::IndexMap;
use pipewright_jexl::json::Object;
use pipewright_jexl::{Json, Value};

/// Supplied values by name.
///
/// A dotted name gives one value and says nothing about its neighbours: with `trigger.type: Webhook`, `<+trigger.branch>` stays
/// unknown. An object gives the whole: with `trigger: {type: Webhook}`, `<+trigger.branch>` is null. Over a part of the pipeline
/// (`pipeline: {variables: {env: prod}}`) an object only covers what it names.
///
/// Cheap to clone: a copy shares everything, and of what it changes it copies only the way there.
#[derive(Clone, Debug, Default)]
pub struct Given {
    root: Branch,
}

/// What is given below a name.
#[derive(Clone, Debug, Default)]
struct Branch {
    value: Option<Arc<Json>>,
    below: Arc<IndexMap<Arc<str>, Self>>,
}

/// How many parts a given name may have.
const MAX_PARTS: usize = 64;

/// What is given at a name: a value, or values below it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'g> {
    value: Option<&'g Json>,
    branch: Option<&'g Branch>,
}

impl Given {
    /// The members of `values` by name. Of two that give the same, the later one holds.
    ///
    /// ```
    /// use pipewright_context::Given;
    /// use pipewright_jexl::Json;
    ///
    /// let values = Json::read(r#"{"pipeline.stages.S.spec.execution.steps.A.output.exitCode": 0, "trigger": {"type": "Webhook"}}"#)?;
    /// let given = Given::new(values.as_object().unwrap());
    /// assert_eq!(given.roots().collect::<Vec<_>>(), ["pipeline", "trigger"]);
    /// # Ok::<(), pipewright_jexl::json::JsonError>(())
    /// ```
    pub fn new(values: &Object) -> Self {
        let mut given = Self::default();
        for (name, value) in values {
            given.insert(name, value.clone());
        }
        given
    }

    /// Gives one more value. Names with more than 64 parts name nothing.
    pub fn insert(&mut self, name: &str, value: Json) {
        if name.split('.').count() <= MAX_PARTS {
            self.root.at(name).value = Some(Arc::new(value));
        }
    }

    /// The first parts of the names.
    pub fn roots(&self) -> impl Iterator<Item = &str> {
        self.root.below.keys().map(|name| &**name)
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.root.below.is_empty()
    }

    /// What is given at a dotted name.
    pub(crate) fn find(&self, name: &str) -> Option<Found<'_>> {
        let start = Found {
            value: None,
            branch: Some(&self.root),
        };
        name.split('.').try_fold(start, Found::member)
    }

    /// The same values, with `alias` at the beginning of a name standing for `target`.
    pub(crate) fn rename(&mut self, alias: &str, target: &str) {
        // Most positions find nothing to rename, and then nothing is copied.
        if !self.root.below.contains_key(alias) {
            return;
        }
        let branch = Arc::make_mut(&mut self.root.below).shift_remove(alias);
        if let Some(branch) = branch.filter(|_| target.split('.').count() <= MAX_PARTS) {
            self.root.at(target).merge(branch);
        }
    }
}

impl Branch {
    /// The branch at a dotted name, which is made where there is none. What others share is copied on the way.
    fn at(&mut self, name: &str) -> &mut Self {
        name.split('.').fold(self, |branch, part| {
            let below = Arc::make_mut(&mut branch.below);
            below.entry(part.into()).or_default()
        })
    }

    /// Lays another branch over this one. As deep as names have parts.
    fn merge(&mut self, over: Self) {
        if over.value.is_some() {
            self.value = over.value;
        }
        if self.below.is_empty() {
            self.below = over.below;
            return;
        }
        if over.below.is_empty() {
            // Else what others share would be copied for nothing.
            return;
        }
        let below = Arc::make_mut(&mut self.below);
        for (name, inner) in over.below.iter() {
            let here = below.entry(Arc::clone(name)).or_default();
            here.merge(inner.clone());
        }
    }
}

impl Found<'_> {
    /// What is given one part further.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        let branch = self.branch.and_then(|branch| branch.below.get(name));
        let value = branch
            .and_then(|branch| branch.value.as_deref())
            .or_else(|| self.value.and_then(|value| value.get(name)));
        (branch.is_some() || value.is_some()).then_some(Self { value, branch })
    }

    /// The whole value, if it is given and nothing below it is given beside it.
    pub(crate) fn value(self) -> Option<Value> {
        let has_more = self.branch.is_some_and(|branch| !branch.below.is_empty());
        self.value.filter(|_| !has_more).map(Value::from)
    }

    /// Whether a whole object is given here, so that what it does not have is null.
    pub(crate) fn is_closed(self) -> bool {
        self.value.is_some()
    }
}
