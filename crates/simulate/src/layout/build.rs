//! Writes a pipeline out: each node, each loop and each of its turns.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_context::{Given, PreparedPipeline};
use pipewright_model::{self as model, NodeId, NodeKind, Pipeline, SectionKind};
use pipewright_resolve::{Instance, identifier};

use super::looped::TurnsOf;
use super::turns::turns_of;
use super::{Entry, EntryId, Item, Layout, List, Looping, Turns};
use crate::Kind;

/// The most entries that are written out. Loops that would lead beyond it count as open.
const MAX_ENTRIES: usize = 100_000;

impl Layout {
    /// Writes out a pipeline whose loops are counted.
    pub(crate) fn new(pipeline: &PreparedPipeline, given: &Given) -> Self {
        let sizes = sizes(pipeline.pipeline());
        let mut builder = Builder {
            prepared: pipeline,
            given,
            sizes,
            layout: Self {
                entries: Vec::new(),
                by_name: HashMap::new(),
                cut: Vec::new(),
            },
        };
        let root = Around {
            parent: None,
            name: pipeline.root_name().into(),
            turns: Arc::from([]),
            stage: None,
            in_rollback: false,
        };
        builder.node(Pipeline::ROOT, &root);
        builder.layout
    }
}

/// How many nodes are in each node, itself included.
fn sizes(pipeline: &Pipeline) -> Vec<usize> {
    let mut sizes = vec![1; pipeline.nodes.len()];
    for id in pipeline.ids().rev() {
        if let Some(parent) = pipeline.node(id).parent {
            sizes[parent.0 as usize] += sizes[id.0 as usize];
        }
    }
    sizes
}

struct Builder<'p> {
    prepared: &'p PreparedPipeline,
    given: &'p Given,
    sizes: Vec<usize>,
    layout: Layout,
}

/// Where an entry goes.
#[derive(Clone)]
struct Around {
    parent: Option<EntryId>,
    /// The name of what is added.
    name: Arc<str>,
    turns: Arc<[Instance]>,
    stage: Option<EntryId>,
    in_rollback: bool,
}

impl Builder<'_> {
    /// Adds a node, as a loop with its turns where it loops. As deep as nodes nest.
    fn node(&mut self, node: NodeId, around: &Around) -> EntryId {
        let of_node = self.prepared.pipeline().node(node);
        if of_node.template.is_some() {
            return self.plain(node, around);
        }
        match turns_of(self.prepared, self.given, node, &around.name, &around.turns) {
            TurnsOf::Nothing => self.plain(node, around),
            TurnsOf::Open(needs) => self.looping(node, around, Looping::Open(needs), &[]),
            TurnsOf::Turns {
                suffixes,
                at_once,
                proceeds,
            } => {
                let added = suffixes
                    .len()
                    .saturating_mul(self.sizes[node.0 as usize] + 1);
                if self.layout.entries.len().saturating_add(added) > MAX_ENTRIES {
                    self.layout.cut.push(Arc::clone(&around.name));
                    return self.looping(node, around, Looping::Open(Vec::new()), &[]);
                }
                let turns = Turns {
                    all: Vec::with_capacity(suffixes.len()),
                    at_once: at_once.max(1),
                    proceeds,
                };
                self.looping(node, around, Looping::Turns(turns), &suffixes)
            }
        }
    }

    /// Adds a loop and its turns.
    fn looping(
        &mut self,
        node: NodeId,
        around: &Around,
        looping: Looping,
        suffixes: &[Box<str>],
    ) -> EntryId {
        let id = self.push(node, around, Kind::Loop);
        let plain = self.plain_name(node, &around.name);
        let turns = suffixes.iter().map(|suffix| {
            let instance = Instance {
                node,
                suffix: suffix.clone(),
            };
            let inside = Around {
                parent: Some(id),
                name: format!("{plain}{suffix}").into(),
                turns: around.turns.iter().cloned().chain([instance]).collect(),
                ..around.clone()
            };
            self.plain(node, &inside)
        });
        let added: Vec<EntryId> = turns.collect();
        let looping = match looping {
            Looping::Turns(turns) => Looping::Turns(Turns {
                all: added,
                ..turns
            }),
            open @ Looping::Open(_) => open,
        };
        self.layout.entries[id].looping = Some(looping);
        self.close(id);
        id
    }

    /// The name without the loop's postfix, which may be written behind the identifier.
    fn plain_name<'n>(&self, node: NodeId, name: &'n str) -> &'n str {
        let of_node = self.prepared.pipeline().node(node);
        let written = of_node.identifier.as_ref().map_or("", |text| &*text.text);
        let plain = identifier(of_node).unwrap_or_default();
        let postfix = written.strip_prefix(plain).unwrap_or_default();
        name.strip_suffix(postfix).unwrap_or(name)
    }

    /// Adds a node itself, or a turn of it, and everything inside.
    fn plain(&mut self, node: NodeId, around: &Around) -> EntryId {
        let of_node = self.prepared.pipeline().node(node);
        let kind = match of_node.kind {
            NodeKind::Pipeline => Kind::Pipeline,
            NodeKind::Stage => Kind::Stage,
            NodeKind::StepGroup => Kind::Group,
            NodeKind::Step => Kind::Step,
        };
        let id = self.push(node, around, kind);
        let stage = if kind == Kind::Stage {
            Some(id)
        } else {
            around.stage
        };
        self.layout.entries[id].stage = stage;
        let mut sections: Vec<&model::Section> = of_node.sections.iter().collect();
        // What undoes comes last, whatever the order of keys.
        sections.sort_by_key(|section| rank(section.kind));
        for section in sections {
            let inside = Around {
                parent: Some(id),
                stage,
                in_rollback: around.in_rollback || section.kind.is_rollback(),
                ..around.clone()
            };
            let list = around_list(&around.name, section.path);
            let mut items = Vec::new();
            self.items(&section.items, &inside, &list, &mut items);
            self.layout.entries[id].lists.push(List {
                kind: section.kind,
                items,
            });
        }
        self.close(id);
        id
    }

    /// Adds the items of a list.
    fn items(&mut self, from: &[model::Item], around: &Around, list: &str, items: &mut Vec<Item>) {
        for item in from {
            match item {
                model::Item::Node(node) => {
                    items.push(Item::One(self.child(*node, around, list)));
                }
                model::Item::Parallel { items: members, .. } => {
                    let mut inside = Vec::new();
                    self.items(members, around, list, &mut inside);
                    let members = inside.iter().flat_map(|item| item.entries().to_vec());
                    let is_there = |member: &EntryId| !self.layout.entries[*member].is_dropped;
                    items.push(Item::Parallel(members.filter(is_there).collect()));
                }
                model::Item::Insert { items: inside, .. }
                | model::Item::StageGroup { items: inside, .. } => {
                    self.items(inside, around, list, items);
                }
            }
        }
    }

    fn child(&mut self, node: NodeId, around: &Around, list: &str) -> EntryId {
        let of_node = self.prepared.pipeline().node(node);
        let located = of_node.identifier.as_ref().or(of_node.name.as_ref());
        let name = match located {
            Some(own) => format!("{list}.{}", own.text).into(),
            None => list.into(),
        };
        let around = Around {
            name,
            ..around.clone()
        };
        self.node(node, &around)
    }

    fn push(&mut self, node: NodeId, around: &Around, kind: Kind) -> EntryId {
        let id = self.layout.entries.len();
        let of_node = self.prepared.pipeline().node(node);
        self.layout.entries.push(Entry {
            node,
            name: Arc::clone(&around.name),
            kind,
            parent: around.parent,
            end: id + 1,
            turns: Arc::clone(&around.turns),
            lists: Vec::new(),
            looping: None,
            stage: around.stage,
            in_rollback: around.in_rollback,
            is_opaque: of_node.template.is_some(),
            is_dropped: of_node.is_dropped,
        });
        self.layout
            .by_name
            .entry(Arc::clone(&around.name))
            .or_insert(id);
        id
    }

    fn close(&mut self, id: EntryId) {
        self.layout.entries[id].end = self.layout.entries.len();
    }
}

/// The name of a list of a node.
fn around_list(name: &str, path: &[&str]) -> String {
    path.iter()
        .fold(name.to_owned(), |name, key| name + "." + key)
}

const fn rank(kind: SectionKind) -> u8 {
    match kind {
        SectionKind::ProvisionerRollbackSteps => 2,
        SectionKind::RollbackSteps => 3,
        SectionKind::ProvisionerSteps => 0,
        _ => 1,
    }
}
