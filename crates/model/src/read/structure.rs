//! Stages, parallel blocks, step groups and steps into one arena (`spec/model.md` §1.2–1.3).

use pipewright_source::Span;
use pipewright_yaml::{self as yaml, Tree};

use super::{failure, fields, strategy, targets};
use crate::{Item, Node, NodeId, NodeKind, Pipeline, Section, SectionKind, YamlVersion};

/// A list of nodes that a kind of node has, and where.
struct List {
    kind: SectionKind,
    path: &'static [&'static str],
}

const PIPELINE_LISTS: &[List] = &[List {
    kind: SectionKind::Stages,
    path: &["stages"],
}];

const STAGE_LISTS: &[List] = &[
    List {
        kind: SectionKind::ProvisionerSteps,
        path: &[
            "spec",
            "infrastructure",
            "infrastructureDefinition",
            "provisioner",
            "steps",
        ],
    },
    List {
        kind: SectionKind::ProvisionerRollbackSteps,
        path: &[
            "spec",
            "infrastructure",
            "infrastructureDefinition",
            "provisioner",
            "rollbackSteps",
        ],
    },
    List {
        kind: SectionKind::ProvisionerSteps,
        path: &["spec", "environment", "provisioner", "steps"],
    },
    List {
        kind: SectionKind::ProvisionerRollbackSteps,
        path: &["spec", "environment", "provisioner", "rollbackSteps"],
    },
    List {
        kind: SectionKind::Steps,
        path: &["spec", "execution", "steps"],
    },
    List {
        kind: SectionKind::RollbackSteps,
        path: &["spec", "execution", "rollbackSteps"],
    },
];

const GROUP_LISTS: &[List] = &[
    List {
        kind: SectionKind::Steps,
        path: &["steps"],
    },
    List {
        kind: SectionKind::RollbackSteps,
        path: &["rollbackSteps"],
    },
];

const fn lists(kind: NodeKind) -> &'static [List] {
    match kind {
        NodeKind::Pipeline => PIPELINE_LISTS,
        NodeKind::Stage => STAGE_LISTS,
        NodeKind::StepGroup => GROUP_LISTS,
        NodeKind::Step => &[],
    }
}

/// The wrapper keys of a list's items, with the kind of node they hold.
const fn wrappers(section: SectionKind) -> &'static [(&'static str, NodeKind)] {
    match section {
        SectionKind::Stages => &[("stage", NodeKind::Stage)],
        _ => &[("step", NodeKind::Step), ("stepGroup", NodeKind::StepGroup)],
    }
}

/// Reads a node of that kind and everything inside it, without sites. Recursion is bounded by the tree's own depth.
pub(super) fn read(tree: &Tree, body: yaml::NodeId, kind: NodeKind) -> Pipeline {
    let mut reader = Reader {
        tree,
        pipeline: Pipeline {
            file: tree.file(),
            version: YamlVersion::V0,
            nodes: Vec::new(),
            sites: Vec::new(),
            nested_parallels: Vec::new(),
            barriers: fields::barriers(tree, body),
        },
    };
    reader.node(body, kind, None);
    reader.pipeline
}

struct Reader<'a> {
    tree: &'a Tree,
    pipeline: Pipeline,
}

/// Where a list's items stand.
#[derive(Clone, Copy)]
struct Place {
    parent: NodeId,
    section: SectionKind,
    /// Whether a parallel block is already around them.
    in_parallel: bool,
    /// Whether that block stands directly inside another one.
    is_dropped: bool,
}

impl Reader<'_> {
    fn node(&mut self, body: yaml::NodeId, kind: NodeKind, around: Option<Place>) -> NodeId {
        let tree = self.tree;
        let id = NodeId(u32::try_from(self.pipeline.nodes.len()).unwrap_or(u32::MAX));
        self.pipeline.nodes.push(Node {
            kind,
            parent: around.map(|place| place.parent),
            section: around.map(|place| place.section),
            identifier: fields::located(tree, body, "identifier"),
            name: fields::located(tree, body, "name"),
            type_name: fields::located(tree, body, "type"),
            yaml: body,
            sections: Vec::new(),
            variables: fields::variables(tree, body),
            when: fields::when(tree, body, kind),
            when_is_open: fields::is_open(tree, body, "when"),
            strategy: strategy::strategy(tree, body),
            failure_strategies: failure::strategies(tree, body),
            services: targets::services(tree, body).filter(|_| kind == NodeKind::Stage),
            environments: targets::environments(tree, body).filter(|_| kind == NodeKind::Stage),
            template: fields::template_use(tree, body),
            depends_on: fields::texts(tree, body, "dependsOn"),
            is_dropped: around.is_some_and(|place| place.is_dropped),
        });
        for list in lists(kind) {
            let Some(written) = written(tree, body, list) else {
                continue;
            };
            let place = Place {
                parent: id,
                section: list.kind,
                in_parallel: false,
                is_dropped: false,
            };
            let items = self.items(&written.elements, place);
            self.pipeline.nodes[id.0 as usize].sections.push(Section {
                kind: list.kind,
                path: list.path,
                items,
                key: written.key,
                span: written.span,
                is_list: written.is_list,
                holds_unread: false,
                is_unordered: false,
            });
        }
        id
    }

    fn items(&mut self, elements: &[yaml::NodeId], place: Place) -> Vec<Item> {
        let mut items = Vec::new();
        for &element in elements {
            self.element(element, place, &mut items);
        }
        items
    }

    /// Adds what one element of a list holds: usually one wrapper, none where the element has no known form.
    fn element(&mut self, element: yaml::NodeId, place: Place, items: &mut Vec<Item>) {
        let tree = self.tree;
        for &(key, kind) in wrappers(place.section) {
            let Some(body) = fields::mapping(tree, element, key) else {
                continue;
            };
            let id = self.node(body, kind, Some(place));
            let node = &mut self.pipeline.nodes[id.0 as usize];
            if let Some(beside) = fields::texts(tree, element, "dependsOn") {
                node.depends_on = Some(beside);
            }
            items.push(Item::Node(id));
        }
        if let Some(yaml::Entry { key, value: block }) = tree
            .entry(element, "parallel")
            .filter(|entry| tree.is_sequence(entry.value))
        {
            let members = self.items(
                tree.items(block),
                Place {
                    in_parallel: true,
                    is_dropped: place.in_parallel,
                    ..place
                },
            );
            if place.in_parallel {
                self.pipeline.nested_parallels.push(tree.span(key));
                items.extend(members);
            } else {
                items.push(Item::Parallel {
                    key: tree.span(key),
                    span: tree.span(block),
                    items: members,
                });
            }
        }
        if let Some(placeholder) = fields::mapping(tree, element, "insert") {
            let list = tree
                .find(placeholder, place.section.as_str())
                .filter(|&list| tree.is_sequence(list));
            let inserted = list.map_or_else(Vec::new, |list| self.items(tree.items(list), place));
            items.push(Item::Insert {
                span: tree.span(placeholder),
                identifier: fields::located(tree, placeholder, "identifier"),
                items: inserted,
            });
        }
    }
}

/// A list as it is written.
struct Written {
    key: Span,
    span: Span,
    is_list: bool,
    elements: Vec<yaml::NodeId>,
}

/// A list of the node whose mapping is `body`. One element that stands in its place, or one or more where its key
/// should be, are none to Harness; they are read all the same, so that what is wrong in them can be told.
fn written(tree: &Tree, body: yaml::NodeId, list: &List) -> Option<Written> {
    let (key, before) = list.path.split_last()?;
    let holder = before
        .iter()
        .try_fold(body, |inner, outer_key| tree.find(inner, outer_key))?;
    let has_element = |mapping| {
        let wraps = |key| fields::mapping(tree, mapping, key).is_some();
        let mut wrapped = wrappers(list.kind).iter();
        wrapped.any(|(key, _)| wraps(key))
            || tree
                .find(mapping, "parallel")
                .is_some_and(|block| tree.is_sequence(block))
    };
    let Some(entry) = tree.entry(holder, key) else {
        let elements = if tree.is_sequence(holder) {
            tree.items(holder).to_vec()
        } else if has_element(holder) {
            vec![holder]
        } else {
            return None;
        };
        return (list.kind == SectionKind::Steps).then(|| Written {
            key: tree.span(holder),
            span: tree.span(holder),
            is_list: false,
            elements,
        });
    };
    let is_list = tree.is_sequence(entry.value);
    let elements = if is_list {
        tree.items(entry.value).to_vec()
    } else if has_element(entry.value) {
        vec![entry.value]
    } else {
        return None;
    };
    Some(Written {
        key: tree.span(entry.key),
        span: tree.span(entry.value),
        is_list,
        elements,
    })
}
