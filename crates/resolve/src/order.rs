//! What runs before, after or beside what (`spec/model.md` §5).

use pipewright_model::{Item, Node, NodeId, Pipeline, SectionKind};
use pipewright_source::Span;

use crate::dag::Dag;

/// How one node stands to another in time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Relation {
    /// They are one node.
    Same,
    /// The first holds the second.
    Encloses,
    /// The first stands inside the second.
    EnclosedBy,
    /// The first has ended when the second starts.
    Before,
    /// The first starts when the second has ended.
    After,
    /// Both may run at the same time. The branches are the members of the common block around each of them (or the nodes
    /// themselves); `block` is `None` between stages of a DAG pipeline that do not depend on each other.
    Parallel {
        /// The branch of the first.
        first: NodeId,
        /// The branch of the second.
        second: NodeId,
        /// The `parallel` block.
        block: Option<Span>,
    },
    /// The first stands in `steps`, the second in the `rollbackSteps` of the same stage or group: if the second runs, it runs
    /// later, but the first may not have got that far.
    BeforeRollback,
    /// The first stands in `rollbackSteps`, the second in the `steps` of the same stage or group.
    RollbackOf,
    /// Only a run tells, for instance between the rollback steps of two groups.
    Unknown,
}

impl Relation {
    /// How the second stands to the first.
    #[must_use]
    pub const fn reverse(self) -> Self {
        match self {
            Self::Encloses => Self::EnclosedBy,
            Self::EnclosedBy => Self::Encloses,
            Self::Before => Self::After,
            Self::After => Self::Before,
            Self::BeforeRollback => Self::RollbackOf,
            Self::RollbackOf => Self::BeforeRollback,
            Self::Parallel {
                first,
                second,
                block,
            } => Self::Parallel {
                first: second,
                second: first,
                block,
            },
            Self::Same | Self::Unknown => self,
        }
    }
}

/// The positions of all nodes of one pipeline, computed once; each question then costs no more than the nodes are deep.
#[derive(Clone, Debug)]
pub struct Order {
    places: Vec<NodePosition>,
    slots: Vec<Slot>,
    dag: Option<Dag>,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug)]
struct NodePosition {
    parent: Option<NodeId>,
    section: Option<SectionKind>,
    depth: u32,
    /// Its slots in [`Order::slots`]: one per level of items between its section and itself.
    slots: (u32, u32),
}

/// The place of an item in the list or block around it.
#[derive(Clone, Copy, Debug)]
struct Slot {
    index: u32,
    /// The `parallel` block, if it is one that holds the item.
    block: Option<Span>,
}

impl Order {
    /// Reads the positions off a pipeline.
    pub fn new(pipeline: &Pipeline) -> Self {
        let mut order = Self {
            places: places(&pipeline.nodes),
            slots: Vec::new(),
            dag: Dag::of(pipeline),
        };
        for node in &pipeline.nodes {
            for section in &node.sections {
                order.place_items(&section.items, None, &mut Vec::new());
            }
        }
        order
    }

    /// Notes the slots of every node in `items`. Recurses as deep as blocks and placeholders nest, which the YAML reader bounds.
    fn place_items(&mut self, items: &[Item], block: Option<Span>, path: &mut Vec<Slot>) {
        for (index, item) in (0u32..).zip(items) {
            path.push(Slot { index, block });
            match item {
                Item::Node(id) => {
                    let start = self.slots.len();
                    self.slots.extend_from_slice(path);
                    if let Some(place) = self.places.get_mut(id.0 as usize) {
                        place.slots = (offset(start), offset(self.slots.len()));
                    }
                }
                Item::Parallel { span, items, .. } => self.place_items(items, Some(*span), path),
                Item::Insert { items, .. } => self.place_items(items, None, path),
            }
            path.pop();
        }
    }

    /// How `first` stands to `second`.
    pub fn relation(&self, first: NodeId, second: NodeId) -> Relation {
        if first == second {
            return Relation::Same;
        }
        let (mut a, mut b) = (Climber::at(first), Climber::at(second));
        while self.depth(a.node) > self.depth(b.node) {
            a.climb(self);
        }
        while self.depth(b.node) > self.depth(a.node) {
            b.climb(self);
        }
        if a.node == b.node {
            return if a.node == first {
                Relation::Encloses
            } else {
                Relation::EnclosedBy
            };
        }
        while self.place(a.node).parent != self.place(b.node).parent {
            a.climb(self);
            b.climb(self);
        }
        self.siblings(a, b)
    }

    /// How two nodes stand to each other whose branches are children of one node.
    fn siblings(&self, a: Climber, b: Climber) -> Relation {
        let sections = (self.place(a.node).section, self.place(b.node).section);
        let (Some(of_a), Some(of_b)) = sections else {
            return Relation::Unknown;
        };
        let relation = if of_a == of_b {
            self.in_list(a.node, b.node)
        } else {
            between_lists(of_a, of_b)
        };
        // Rollback steps of a group run when the group or, later, the whole stage is rolled back; those of a stage also when the
        // whole pipeline is. So a branch that has ended says nothing about its rollback steps.
        match relation {
            Relation::Before | Relation::BeforeRollback if a.in_rollback => Relation::Unknown,
            Relation::After | Relation::RollbackOf if b.in_rollback => Relation::Unknown,
            Relation::Parallel { .. } if a.in_rollback || b.in_rollback => Relation::Unknown,
            relation => relation,
        }
    }

    /// How two nodes of one list stand to each other.
    fn in_list(&self, a: NodeId, b: NodeId) -> Relation {
        if self.place(a).section == Some(SectionKind::Stages)
            && let Some(dag) = &self.dag
        {
            return dag.relation(a, b);
        }
        let apart = self
            .slots(a)
            .iter()
            .zip(self.slots(b))
            .find(|(of_a, of_b)| of_a.index != of_b.index);
        match apart {
            None => Relation::Unknown,
            Some((slot, _)) if slot.block.is_some() => Relation::Parallel {
                first: a,
                second: b,
                block: slot.block,
            },
            Some((of_a, of_b)) if of_a.index < of_b.index => Relation::Before,
            Some(_) => Relation::After,
        }
    }

    fn place(&self, node: NodeId) -> &NodePosition {
        &self.places[node.0 as usize]
    }

    fn depth(&self, node: NodeId) -> u32 {
        self.place(node).depth
    }

    fn slots(&self, node: NodeId) -> &[Slot] {
        let (start, end) = self.place(node).slots;
        &self.slots[start as usize..end as usize]
    }
}

/// A node on the way up from where it started.
#[derive(Clone, Copy)]
struct Climber {
    node: NodeId,
    /// Whether the way led through a `rollbackSteps` list.
    in_rollback: bool,
}

impl Climber {
    const fn at(node: NodeId) -> Self {
        Self {
            node,
            in_rollback: false,
        }
    }

    fn climb(&mut self, order: &Order) {
        let place = order.place(self.node);
        self.in_rollback |= place.section.is_some_and(SectionKind::is_rollback);
        if let Some(parent) = place.parent {
            self.node = parent;
        }
    }
}

/// How the content of one list of a node stands to that of another: provisioners run before the execution, rollback last.
const fn between_lists(a: SectionKind, b: SectionKind) -> Relation {
    use SectionKind::{ProvisionerRollbackSteps, ProvisionerSteps, RollbackSteps, Steps};
    match (a, b) {
        (ProvisionerSteps, Steps) => Relation::Before,
        (Steps, ProvisionerSteps) => Relation::After,
        (Steps | ProvisionerSteps, RollbackSteps)
        | (ProvisionerSteps, ProvisionerRollbackSteps) => Relation::BeforeRollback,
        (RollbackSteps, Steps | ProvisionerSteps)
        | (ProvisionerRollbackSteps, ProvisionerSteps) => Relation::RollbackOf,
        _ => Relation::Unknown,
    }
}

/// The places without their slots. A parent stands before its children, so one pass gives the depths.
fn places(nodes: &[Node]) -> Vec<NodePosition> {
    let mut places: Vec<NodePosition> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let depth = node
            .parent
            .and_then(|parent| places.get(parent.0 as usize))
            .map_or(0, |parent| parent.depth + 1);
        places.push(NodePosition {
            parent: node.parent,
            section: node.section,
            depth,
            slots: (0, 0),
        });
    }
    places
}

fn offset(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
