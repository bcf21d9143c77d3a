//! Parts of the pipeline as objects that make their members when they are read.

use std::any::Any;
use std::sync::Arc;

use pipewright_jexl::value::{JavaString, Object};
use pipewright_jexl::{Failure, Outcome, Value};
use pipewright_model::{NodeId, SectionKind};

use crate::given::Found;
use crate::presence::Presence;
use crate::reader::Reader;

/// A name of the pipeline: as it is read, and without the suffixes of instances.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Path {
    pub(crate) read: String,
    plain: String,
}

impl Path {
    pub(crate) fn new(read: String, plain: String) -> Self {
        Self { read, plain }
    }

    pub(crate) fn member(&self, name: &str) -> Self {
        Self::new(
            format!("{}.{name}", self.read),
            format!("{}.{name}", self.plain),
        )
    }

    /// The name of the node around one whose name this is: without its own identifier and that of its list.
    pub(crate) fn around(&self) -> Self {
        let around = |name: &str| name.rsplitn(3, '.').nth(2).unwrap_or(name).to_owned();
        Self::new(around(&self.read), around(&self.plain))
    }

    /// The member `name` that is called `plain` without its suffix.
    pub(crate) fn instance(&self, name: &str, plain: &str) -> Self {
        Self::new(
            format!("{}.{name}", self.read),
            format!("{}.{plain}", self.plain),
        )
    }
}

impl Reader {
    /// What is given at a name of the pipeline; of an instance also what is given for every instance.
    pub(crate) fn given_at(self: &Arc<Self>, path: &Path) -> Option<Value> {
        let mut names = [&path.read, &path.plain].into_iter();
        names.find_map(|name| Some(self.given_value(name, self.given.find(name)?)))
    }

    /// Whether a whole value is given at a name, so that what it does not have is null.
    pub(crate) fn is_given_whole(&self, path: &Path) -> bool {
        let found = [&path.read, &path.plain].map(|name| self.given.find(name));
        found.into_iter().flatten().any(Found::is_closed)
    }
}

/// A part of the run's tree.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) reader: Arc<Reader>,
    pub(crate) spot: Spot,
    pub(crate) path: Path,
    pub(crate) presence: Presence,
}

/// The member of a step group that is the group around it.
pub(crate) const PARENT_GROUP: &str = "getParentStepGroup";

/// The parts of the run's tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Spot {
    /// A pipeline, stage, group or step.
    Node(NodeId),
    /// The `spec` of a stage.
    Spec(NodeId),
    /// The `execution` of a stage.
    Execution(NodeId),
    /// What stands between a stage and the steps of its provisioner, by the keys that lead there.
    Between(NodeId, &'static [&'static str]),
    /// A list of a node.
    List(NodeId, SectionKind),
}

impl View {
    /// Another part, reached from this one.
    pub(crate) fn to(&self, spot: Spot, name: &str) -> Value {
        Value::object(Self {
            reader: Arc::clone(&self.reader),
            spot,
            path: self.path.member(name),
            presence: self.presence.clone(),
        })
    }

    /// The member `name`, null where there is none.
    fn member(&self, name: &str) -> Value {
        match self.spot {
            Spot::Node(node) => self.node_member(node, name),
            Spot::Spec(stage) => self.spec_member(stage, name),
            Spot::Execution(stage) => self.execution_member(stage, name),
            Spot::Between(stage, keys) => self.stage_member(stage, keys, name),
            Spot::List(owner, kind) => self.list_member(owner, kind, name),
        }
    }

    /// What is given for the member `name`, or else what `otherwise` finds.
    pub(crate) fn given_or(&self, name: &str, otherwise: impl FnOnce(&Path) -> Value) -> Value {
        let path = self.path.member(name);
        if let Some(given) = self.reader.given_at(&path) {
            return given;
        }
        match &self.presence {
            Presence::There => otherwise(&path),
            Presence::NotYet(reason) => self.reader.null(&path.read, reason),
            Presence::Perhaps(reason) => self.reader.unknown(&path.read, reason),
        }
    }
}

impl View {
    /// A member that is also written as a call.
    fn called(&self, method: &str) -> Option<Value> {
        match self.spot {
            Spot::Node(node) => self.known_member(node, method),
            _ => None,
        }
    }
}

impl Object for View {
    fn type_name(&self) -> &'static str {
        "Map"
    }

    fn text(&self) -> Outcome<JavaString> {
        Err(Failure::Unknown(
            format!(
                "`{}` as a whole has fields that only a run knows; read one of them",
                self.path.read
            )
            .into(),
        ))
    }

    fn property(&self, key: &Value) -> Outcome<Option<Value>> {
        Ok(name_of(key).map(|name| self.member(&name)))
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Outcome<Option<Value>> {
        match (method, arguments) {
            (PARENT_GROUP, []) => Ok(self.called(method)),
            _ => call_get(self, method, arguments),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The one method of an object with named members: `get(key)` reads a member, as the `get` of a Java map does.
pub(crate) fn call_get(
    object: &dyn Object,
    method: &str,
    arguments: &[Value],
) -> Outcome<Option<Value>> {
    match (method, arguments) {
        ("get", [key]) => object.property(key),
        _ => Ok(None),
    }
}

/// The methods of an object that stands for a map.
pub(crate) fn call_as_map(
    object: &dyn Object,
    method: &str,
    arguments: &[Value],
) -> Outcome<Option<Value>> {
    if let Some(member) = call_get(object, method, arguments)? {
        return Ok(Some(member));
    }
    match object.plain()? {
        Some(map) => map.call(method, arguments),
        None => Ok(None),
    }
}

/// The name that a key is; `None` for keys no map of Harness has.
pub(crate) fn name_of(key: &Value) -> Option<String> {
    match key {
        Value::String(name) => Some(name.to_str().into_owned()),
        key => key.as_i64().map(|number| number.to_string()),
    }
}

/// A name of which only some members are given.
#[derive(Debug)]
pub(crate) struct GivenView {
    reader: Arc<Reader>,
    name: String,
}

impl GivenView {
    pub(crate) fn new(reader: &Arc<Reader>, name: &str) -> Self {
        Self {
            reader: Arc::clone(reader),
            name: name.to_owned(),
        }
    }

    fn member(&self, key: &str) -> Value {
        let name = format!("{}.{key}", self.name);
        let around = self.reader.given.find(&self.name);
        match around.and_then(|around| around.member(key)) {
            Some(found) => self.reader.given_value(&name, found),
            None if around.is_some_and(Found::is_closed) => self.reader.null(
                &name,
                format!("the value given for `{}` has no `{key}`", self.name),
            ),
            None => self
                .reader
                .unknown(&name, "only other members of it are given"),
        }
    }
}

impl Object for GivenView {
    fn type_name(&self) -> &'static str {
        "Map"
    }

    fn text(&self) -> Outcome<JavaString> {
        Err(Failure::Unknown(
            format!("only some members of `{}` are given", self.name).into(),
        ))
    }

    fn property(&self, key: &Value) -> Outcome<Option<Value>> {
        Ok(name_of(key).map(|key| self.member(&key)))
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Outcome<Option<Value>> {
        call_get(self, method, arguments)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
