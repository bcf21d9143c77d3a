//! Parts of the pipeline as objects that make their members when they are read.

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_resolve::{Next, RunPart};

use crate::UnknownCause;
use crate::availability::Availability;
use crate::given::Found;
use crate::lazy_map::LazyMap;
use crate::state::PositionState;

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

impl PositionState {
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
pub(crate) struct NodeObject {
    pub(crate) state: Arc<PositionState>,
    pub(crate) part: RunPart,
    pub(crate) path: Path,
    pub(crate) availability: Availability,
}

impl NodeObject {
    /// Where a name leads from here.
    pub(crate) fn next<'n>(&'n self, name: &'n str) -> Next<'n> {
        self.state.contents.run_tree().step(self.part, name)
    }

    /// Another part, reached from this one.
    pub(crate) fn to(&self, part: RunPart, name: &str) -> Value {
        Self {
            state: Arc::clone(&self.state),
            part,
            path: self.path.member(name),
            availability: self.availability.clone(),
        }
        .into_value()
    }

    /// What is given for the member `name`, or else what `otherwise` finds.
    pub(crate) fn given_or(&self, name: &str, otherwise: impl FnOnce(&Path) -> Value) -> Value {
        let path = self.path.member(name);
        if let Some(given) = self.state.given_at(&path) {
            return given;
        }
        match &self.availability {
            Availability::There => otherwise(&path),
            Availability::NotYet(why) => self.state.null(&path.read, why.clone()),
            Availability::Perhaps(cause) => self.state.unknown(&path.read, cause.clone()),
        }
    }
}

impl LazyMap for NodeObject {
    fn member(&self, name: &str) -> Value {
        match (self.part, self.next(name)) {
            (RunPart::Node(node), _) => self.node_member(node, name),
            (RunPart::List(owner, kind), Next::Listed(found)) => {
                self.listed(owner, kind, found, name)
            }
            (_, Next::Part(further)) => self.part(further, name),
            (_, Next::Deeper(keys)) => self.given_or(name, |path| self.deeper(keys, name, path)),
            (RunPart::Execution(_), _) => self.execution_member(name),
            _ => self.stage_setting(name),
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        Err(UnknownCause::WholeOfNode.of(&self.path.read))
    }

    fn called(&self, method: &str) -> Option<Value> {
        match (self.part, self.next(method)) {
            (RunPart::Node(node), Next::ParentGroup(_)) => self.known_member(node, method),
            _ => None,
        }
    }
}

/// A name of which only some members are given.
#[derive(Debug)]
pub(crate) struct GivenObject {
    state: Arc<PositionState>,
    name: String,
}

impl GivenObject {
    pub(crate) fn new(state: &Arc<PositionState>, name: &str) -> Self {
        Self {
            state: Arc::clone(state),
            name: name.to_owned(),
        }
    }
}

impl LazyMap for GivenObject {
    fn member(&self, name: &str) -> Value {
        let full = format!("{}.{name}", self.name);
        let around = self.state.given.find(&self.name);
        match around.map(|around| (around, around.member(name))) {
            Some((_, Some(found))) => self.state.given_value(&full, found),
            Some((around, None)) if around.is_closed() => {
                self.state.null(&full, around.has_no(&self.name, name))
            }
            _ => self.state.unknown(&full, UnknownCause::OthersGiven),
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        Err(UnknownCause::WholeOfGiven.of(&self.name))
    }
}
