//! Values that the caller supplies for what only a run can tell: by fully qualified name, or by the root they are read
//! from.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use pipewright_engine::FUNCTORS;
use pipewright_jexl::json::Object;
use pipewright_jexl::{Json, Value};
use pipewright_model::may_hold_expression;

use crate::NullCause;
use crate::meant::meant;

/// Supplied values by name.
///
/// A dotted name gives one value and says nothing about its neighbours: with `trigger.type: Webhook`,
/// `<+trigger.branch>` stays unknown. An object gives the whole: with `trigger: {type: Webhook}`, `<+trigger.branch>`
/// is null. Over a part of the pipeline (`pipeline: {variables: {env: prod}}`) an object only covers what it names.
///
/// Cheap to clone: a copy shares everything, and of what it changes it copies only the way there.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// An object whose members are given by their names, as far as these have no dots; anything else gives nothing.
    whole: Arc<Json>,
    /// The names of members of it that are given elsewhere.
    moved: Vec<Box<str>>,
    /// What is given beside it, which wins over it.
    root: Branch,
}

/// What is given below a name.
#[derive(Clone, Debug, Default)]
struct Branch {
    value: Option<Shared>,
    below: Arc<IndexMap<Arc<str>, Self>>,
}

/// A value that others may have, too.
#[derive(Clone, Debug)]
struct Shared {
    json: Arc<Json>,
    /// The member that is meant, if it is not the whole.
    member: Option<Box<str>>,
}

impl Shared {
    fn get(&self) -> Option<&Json> {
        match &self.member {
            Some(name) => self.json.get(name),
            None => Some(&self.json),
        }
    }
}

/// What is given at a name: a value, or values below it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'g> {
    value: Option<&'g Json>,
    branch: Option<&'g Branch>,
}

impl Given {
    /// How many parts a name may have.
    pub const MAX_PARTS: usize = 64;

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
        Self::of(Arc::new(Json::Object(values.clone())))
    }

    /// The same for the members of an object that is not copied. What is no object gives nothing.
    pub fn of(values: Arc<Json>) -> Self {
        let mut given = Self::default();
        for name in values.as_object().into_iter().flat_map(Object::keys) {
            if name.contains('.') && has_few_parts(name) {
                given.root.at(name).value = Some(Shared {
                    json: Arc::clone(&values),
                    member: Some(name.as_str().into()),
                });
            }
        }
        given.whole = values;
        given
    }

    /// Gives one more value. Names with more than 64 parts name nothing.
    pub fn insert(&mut self, name: &str, value: Json) {
        if has_few_parts(name) {
            self.root.at(name).value = Some(Shared {
                json: Arc::new(value),
                member: None,
            });
        }
    }

    /// The first parts of the names, each once.
    pub fn roots(&self) -> impl Iterator<Item = &str> {
        let of_whole = self.whole.as_object().into_iter().flat_map(Object::keys);
        let of_whole = of_whole.map(|name| name.split('.').next().unwrap_or(name));
        let of_whole = of_whole.filter(|first| !self.is_moved(first));
        let beside = self.root.below.keys().map(|name| &**name);
        let roots: IndexSet<&str> = of_whole.chain(beside).collect();
        roots.into_iter()
    }

    /// Whether a member of the whole is given elsewhere.
    fn is_moved(&self, name: &str) -> bool {
        self.moved.iter().any(|moved| **moved == *name)
    }

    /// The given texts that hold expressions.
    pub(crate) fn expressions(&self) -> Vec<&str> {
        let mut found = Vec::new();
        let mut branches = vec![&self.root];
        let mut values = Vec::new();
        values.push(&*self.whole);
        while let Some(branch) = branches.pop() {
            branches.extend(branch.below.values());
            values.extend(branch.value.as_ref().and_then(Shared::get));
        }
        while let Some(value) = values.pop() {
            match value {
                Json::String(text) if may_hold_expression(text) => found.push(text.as_str()),
                Json::Array(items) => values.extend(items),
                Json::Object(members) => values.extend(members.values()),
                _ => {}
            }
        }
        found
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.root.below.is_empty() && self.whole.as_object().is_none_or(Object::is_empty)
    }

    /// Whether a value is given for a dotted name, or for something below it.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// What is given at a dotted name.
    pub(crate) fn find(&self, name: &str) -> Option<Found<'_>> {
        let first = name.split('.').next().unwrap_or(name);
        let start = Found {
            value: (!self.is_moved(first)).then_some(&*self.whole),
            branch: Some(&self.root),
        };
        name.split('.').try_fold(start, Found::member)
    }

    /// The same values, with `alias` at the beginning of a name standing for `target`.
    pub(crate) fn rename(&mut self, alias: &str, target: &str) {
        // Most positions find nothing to rename, and then nothing is copied.
        let is_in_whole = self.whole.get(alias).is_some() && !self.is_moved(alias);
        if !is_in_whole && !self.root.below.contains_key(alias) {
            return;
        }
        let beside = Arc::make_mut(&mut self.root.below).shift_remove(alias);
        let mut branch = beside.unwrap_or_default();
        if is_in_whole {
            self.moved.push(alias.into());
            branch.value.get_or_insert_with(|| Shared {
                json: Arc::clone(&self.whole),
                member: Some(alias.into()),
            });
        }
        if has_few_parts(target) {
            self.root.at(target).merge(branch);
        }
    }
}

fn has_few_parts(name: &str) -> bool {
    name.split('.').count() <= Given::MAX_PARTS
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
            .and_then(|branch| branch.value.as_ref()?.get())
            .or_else(|| self.value.and_then(|value| value.get(name)));
        (branch.is_some() || value.is_some()).then_some(Self { value, branch })
    }

    /// The whole value, if it is given and nothing below it is given beside it.
    pub(crate) fn value(self) -> Option<Value> {
        let has_more = self.branch.is_some_and(|branch| !branch.below.is_empty());
        self.value.filter(|_| !has_more).map(Value::from)
    }

    /// The whole value, if it is given: an object with what is given below it beside it. What is no object is the whole
    /// whatever is given below.
    pub(crate) fn whole(self) -> Option<Value> {
        self.value()
            .or_else(|| self.json().map(|json| Value::from(&json)))
    }

    /// The same as JSON. As deep as names have parts, and objects in them are nested.
    fn json(self) -> Option<Json> {
        let Json::Object(members) = self.value? else {
            return self.value.cloned();
        };
        let mut whole = members.clone();
        for (name, branch) in self
            .branch
            .into_iter()
            .flat_map(|branch| branch.below.iter())
        {
            let below = Self {
                value: branch
                    .value
                    .as_ref()
                    .and_then(Shared::get)
                    .or_else(|| members.get(&**name)),
                branch: Some(branch),
            };
            // Of a name that only has given members nothing whole is given.
            let below = below.json().unwrap_or_else(|| below.only_members());
            whole.insert(name.to_string(), below);
        }
        Some(Json::Object(whole))
    }

    /// The members that are given one by one.
    fn only_members(self) -> Json {
        let below = self
            .branch
            .into_iter()
            .flat_map(|branch| branch.below.iter());
        let members = below.map(|(name, branch)| {
            let member = Self {
                value: branch.value.as_ref().and_then(Shared::get),
                branch: Some(branch),
            };
            let member = member.json().unwrap_or_else(|| member.only_members());
            (name.to_string(), member)
        });
        Json::Object(members.collect())
    }

    /// The names of what is given one part further.
    fn names(&self) -> impl Iterator<Item = &str> {
        let of_value = match self.value {
            Some(Json::Object(members)) => Some(members.keys().map(|name| &**name)),
            _ => None,
        };
        let below = self.branch.map(|branch| branch.below.keys());
        let below = below.into_iter().flatten().map(|name| &**name);
        of_value.into_iter().flatten().chain(below)
    }

    /// Why `name` is null below what is given whole at `around`.
    pub(crate) fn has_no(self, around: &str, name: &str) -> NullCause {
        // Of names so short any would be near.
        let is_long = name.chars().nth(2).is_some();
        let meant = meant(name, self.names()).filter(|_| is_long);
        NullCause::NotInGiven {
            around: around.to_owned(),
            name: name.to_owned(),
            meant: meant.map(|meant| format!("{around}.{meant}")),
        }
    }

    /// Whether a functor of the engine has that name and only members of it are given: a run calls the functor, which
    /// has none.
    pub(crate) fn is_beside_functor(self, name: &str) -> bool {
        let is_whole = self.value.is_some() && !self.is_object();
        !is_whole && FUNCTORS.iter().any(|functor| functor.root == name)
    }

    /// Whether the whole value is an object.
    pub(crate) fn is_object(self) -> bool {
        matches!(self.value, Some(Json::Object(_)))
    }

    /// Whether null is given here.
    pub(crate) fn is_null(self) -> bool {
        matches!(self.value, Some(Json::Null))
    }

    /// Whether a whole object is given here, so that what it does not have is null.
    pub(crate) fn is_closed(self) -> bool {
        self.value.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(values: &str) -> Given {
        Given::of(Arc::new(Json::read(values).unwrap()))
    }

    fn at(given: &Given, name: &str) -> Option<String> {
        let value = given.find(name)?.value()?;
        Some(value.text().ok()?.to_str().into_owned())
    }

    #[test]
    fn a_member_moves_with_what_is_given_below_it_and_nothing_is_copied() {
        let mut given = given(r#"{"env": {"name": "a", "type": "b"}, "env.name": "c", "x": 1}"#);
        let before = given.clone();
        given.rename("env", "pipeline.stages.S.spec.env");
        assert!(Arc::ptr_eq(&given.whole, &before.whole));
        assert_eq!(given.roots().collect::<Vec<_>>(), ["x", "pipeline"]);
        let moved = ["name", "type"].map(|name| {
            let name = format!("pipeline.stages.S.spec.env.{name}");
            at(&given, &name)
        });
        assert_eq!(moved, [Some("c".to_owned()), Some("b".to_owned())]);
        assert_eq!(at(&given, "env.type"), None);
        // The other is as it was.
        assert_eq!(at(&before, "env.type"), Some("b".to_owned()));
        assert_eq!(before.roots().collect::<Vec<_>>(), ["env", "x"]);
    }

    #[test]
    fn a_name_moves_once() {
        let mut given = given(r#"{"env": 1}"#);
        given.rename("env", "a");
        given.rename("env", "b");
        assert_eq!(at(&given, "a"), Some("1".to_owned()));
        assert_eq!(at(&given, "b"), None);
        given.insert("env", Json::from(2));
        assert_eq!(at(&given, "env"), Some("2".to_owned()));
    }

    #[test]
    fn a_whole_has_what_is_given_beside_it() {
        let whole = |values| {
            let given = given(values);
            let whole = given.find("a").and_then(Found::whole);
            whole.map(|value| value.text().unwrap().to_string())
        };
        for (values, expected) in [
            (r#"{"a": 2}"#, Some("2")),
            (r#"{"a.b": 1, "a": 2}"#, Some("2")),
            (r#"{"a.b": 1}"#, None),
            (r#"{"a.b": 1, "a": {"b": 2, "c": 3}}"#, Some("{b=1, c=3}")),
            (
                r#"{"a.b.c": 1, "a": {"x": 2}, "a.b.d": 4}"#,
                Some("{x=2, b={c=1, d=4}}"),
            ),
        ] {
            assert_eq!(whole(values).as_deref(), expected, "{values}");
        }
    }

    #[test]
    fn what_is_no_object_gives_nothing() {
        for values in ["null", "[1]", "1"] {
            let given = given(values);
            assert!(given.is_empty());
            assert_eq!(given.roots().count(), 0);
        }
    }
}
