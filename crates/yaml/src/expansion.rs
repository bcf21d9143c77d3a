//! What a walk that follows aliases would cost, kept while the tree is built, so that every finished tree can be walked
//! naively.

use crate::NodeId;
use crate::limits::{MAX_ALIAS_NODES, MAX_DEPTH};

/// The cost of one finished node with everything below it, aliases followed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// Nodes, at least one.
    pub(crate) nodes: u64,
    /// Levels of collections: 0 for a scalar.
    pub(crate) height: u32,
}

impl Cost {
    /// A node without children.
    pub(crate) const LEAF: Self = Self {
        nodes: 1,
        height: 0,
    };

    /// A collection without children yet.
    pub(crate) const COLLECTION: Self = Self {
        nodes: 1,
        height: 1,
    };

    /// Adds a child to a collection.
    pub(crate) fn add(&mut self, child: Self) {
        self.nodes = self.nodes.saturating_add(child.nodes);
        self.height = self.height.max(child.height.saturating_add(1));
    }
}

/// Why an alias cannot be followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// It stands inside the node it names.
    Recursive,
    /// It leads below [`MAX_DEPTH`].
    TooDeep,
    /// It would pass [`MAX_ALIAS_NODES`].
    TooMany,
}

/// The costs of all finished nodes and what the aliases have spent.
#[derive(Debug, Default)]
pub(crate) struct Expansion {
    costs: Vec<Option<Cost>>,
    spent: u64,
}

impl Expansion {
    /// Notes a finished node.
    pub(crate) fn finish(&mut self, id: NodeId, cost: Cost) {
        let index = id.0 as usize;
        if self.costs.len() <= index {
            self.costs.resize(index + 1, None);
        }
        self.costs[index] = Some(cost);
    }

    /// Pays for an alias inside `depth` collections. The walk from the root costs the nodes of the file plus the sum of
    /// what all aliases paid, because a node that is aliased holds the aliases below it in its own cost.
    pub(crate) fn pay(&mut self, target: NodeId, depth: u32) -> Result<Cost, Refusal> {
        let cost = self.costs.get(target.0 as usize).copied().flatten();
        let cost = cost.ok_or(Refusal::Recursive)?;
        if depth.saturating_add(cost.height) > MAX_DEPTH {
            return Err(Refusal::TooDeep);
        }
        let spent = self.spent.saturating_add(cost.nodes);
        if spent > MAX_ALIAS_NODES {
            return Err(Refusal::TooMany);
        }
        self.spent = spent;
        Ok(cost)
    }
}
