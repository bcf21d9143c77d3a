//! What runs before, after or beside what (`spec/model.md` §5).

mod dag;
mod relation;
mod started;

use std::collections::HashSet;

use pipewright_model::{Item, Node, NodeId, Pipeline, SectionKind, YamlVersion};
use pipewright_source::Span;

use dag::Dag;

pub use relation::Relation;
pub use started::Started;

/// The positions of all nodes of one pipeline, computed once; each question then costs no more than the nodes are deep.
#[derive(Clone, Debug)]
pub struct Order {
    places: Vec<NodePosition>,
    slots: Vec<Slot>,
    dag: Option<Dag>,
    /// The nodes of lists whose order `needs` leaves open.
    unordered: HashSet<NodeId>,
    /// Steps of v1 that go on beside what follows them.
    background: HashSet<NodeId>,
    version: YamlVersion,
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
            unordered: HashSet::new(),
            background: background(pipeline),
            version: pipeline.version,
        };
        for node in &pipeline.nodes {
            for section in &node.sections {
                order.place_items(&section.items, None, &mut Vec::new());
                if section.is_unordered {
                    order.unordered.extend(section.nodes());
                }
            }
        }
        order
    }

    /// Notes the slots of every node in `items`. Recurses as deep as blocks and placeholders nest, which the YAML
    /// reader bounds.
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
                Item::Insert { items, .. } | Item::StageGroup { items, .. } => {
                    self.place_items(items, None, path);
                }
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
        // Rollback steps of a group run when the group or, later, the whole stage is rolled back; those of a stage also
        // when the whole pipeline is. So a branch that has ended says nothing about its rollback steps.
        match relation {
            Relation::Before | Relation::BeforeRollback if a.in_rollback => Relation::Unknown,
            Relation::After | Relation::RollbackOf if b.in_rollback => Relation::Unknown,
            Relation::Parallel { .. } if a.in_rollback || b.in_rollback => Relation::Unknown,
            relation => relation,
        }
    }

    /// How two nodes of one list stand to each other.
    fn in_list(&self, a: NodeId, b: NodeId) -> Relation {
        if self.unordered.contains(&a) {
            return Relation::Unknown;
        }
        let is_of_rollback = self.place(a).section.is_some_and(SectionKind::is_rollback);
        if self.version == YamlVersion::V1 && is_of_rollback {
            // Only order between steps that run for their own sake is known for certain (`spec/v1.md` §7).
            return Relation::Unknown;
        }
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
            Some((of_a, of_b)) => {
                let (relation, earlier) = if of_a.index < of_b.index {
                    (Relation::Before, a)
                } else {
                    (Relation::After, b)
                };
                if self.background.contains(&earlier) {
                    Relation::Unknown
                } else {
                    relation
                }
            }
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

/// How the content of one list of a node stands to that of another: provisioners run before the execution, rollback
/// last.
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

/// The steps of v1 that are started and go on while the next ones run.
fn background(pipeline: &Pipeline) -> HashSet<NodeId> {
    if pipeline.version == YamlVersion::V0 {
        return HashSet::new();
    }
    let ids = pipeline.ids();
    ids.filter(|&node| pipeline.node(node).type_text() == "background")
        .collect()
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
