//! Parts of the pipeline as objects that make their members when they are read.

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_resolve::{Next, RunPart};

use super::path::Path;
use crate::UnknownCause;
use crate::availability::Availability;
use crate::lazy_map::LazyMap;
use crate::state::PositionState;

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
