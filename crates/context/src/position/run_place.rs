//! Where an expression is read.

use pipewright_model::{Moment, NodeId};
use pipewright_resolve::Instance;

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
        }
    }
}
