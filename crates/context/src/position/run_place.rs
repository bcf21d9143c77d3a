//! Where an expression is read.

use std::sync::Arc;

use pipewright_model::{Moment, NodeId};
use pipewright_resolve::Instance;

use crate::Records;
use crate::given::Given;

/// Where an expression is read, and what is known about the run.
#[derive(Clone, Debug)]
pub struct RunPlace {
    pub(crate) node: NodeId,
    /// The suffixes written behind identifiers of looping nodes.
    pub(crate) suffixes: Vec<Instance>,
    /// When it reads, where the place tells: a setting's is read at its own moment. A node by itself may read at any.
    pub moment: Option<Moment>,
    /// The 0-based iteration of the innermost loop around the node.
    pub iteration: Option<u32>,
    /// Values of matrix axes by name, for any loop around the node.
    pub matrix: Vec<(String, String)>,
    /// Supplied values.
    pub given: Given,
    /// The records of the run that is followed, if one is.
    pub records: Option<Arc<dyn Records>>,
}

impl RunPlace {
    /// The node that reads.
    pub const fn reader(&self) -> NodeId {
        self.node
    }

    /// A node, in no particular iteration.
    pub fn node(node: NodeId) -> Self {
        Self {
            node,
            suffixes: Vec::new(),
            moment: None,
            iteration: None,
            matrix: Vec::new(),
            given: Given::default(),
            records: None,
        }
    }

    /// A node in the turns that these suffixes name, outermost first.
    pub fn instance(node: NodeId, suffixes: Vec<Instance>) -> Self {
        Self {
            suffixes,
            ..Self::node(node)
        }
    }

    /// The looping nodes that are named by one of their turns.
    pub fn instances(&self) -> &[Instance] {
        &self.suffixes
    }
}
