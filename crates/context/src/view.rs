//! Parts of the pipeline as objects that make their members when they are read.

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_model::{NodeId, SectionKind};

use crate::given::Found;
use crate::members::Members;
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
        Self {
            reader: Arc::clone(&self.reader),
            spot,
            path: self.path.member(name),
            presence: self.presence.clone(),
        }
        .into_value()
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

impl Members for View {
    fn member(&self, name: &str) -> Value {
        match self.spot {
            Spot::Node(node) => self.node_member(node, name),
            Spot::Spec(stage) => self.spec_member(stage, name),
            Spot::Execution(stage) => self.execution_member(stage, name),
            Spot::Between(stage, keys) => self.stage_member(stage, keys, name),
            Spot::List(owner, kind) => self.list_member(owner, kind, name),
        }
    }

    fn whole(&self) -> Result<Value, String> {
        Err(format!(
            "`{}` as a whole has fields that only a run knows; read one of them",
            self.path.read
        ))
    }

    fn called(&self, method: &str) -> Option<Value> {
        match self.spot {
            Spot::Node(node) if method == PARENT_GROUP => self.known_member(node, method),
            _ => None,
        }
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
}

impl Members for GivenView {
    fn member(&self, name: &str) -> Value {
        let full = format!("{}.{name}", self.name);
        let around = self.reader.given.find(&self.name);
        match around.and_then(|around| around.member(name)) {
            Some(found) => self.reader.given_value(&full, found),
            None if around.is_some_and(Found::is_closed) => self.reader.null(
                &full,
                format!("the value given for `{}` has no `{name}`", self.name),
            ),
            None => self
                .reader
                .unknown(&full, "only other members of it are given"),
        }
    }

    fn whole(&self) -> Result<Value, String> {
        Err(format!("only some members of `{}` are given", self.name))
    }
}
