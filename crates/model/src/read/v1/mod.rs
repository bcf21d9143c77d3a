//! From pipelines and templates of v1 YAML to the same nodes as from v0 (`spec/v1.md` §2–§4): the key of an item says
//! what it is, a group's content stands below `group`, and names leave out `spec` and `execution`.

mod failure;
mod fields;
mod kinds;
mod strategy;

use pipewright_yaml::{self as yaml, Tree};

use super::{fields as shared, sites};
use crate::v1::{self, TEMPLATE_KINDS};
use crate::{
    Item, Located, Node, NodeId, NodeKind, Pipeline, Section, SectionKind, Template, YamlVersion,
};

/// The pipeline below `pipeline`, or what a template holds, with its sites.
pub(super) fn pipeline(tree: &Tree, body: yaml::NodeId, kind: NodeKind) -> Pipeline {
    let mut reader = Reader {
        tree,
        pipeline: Pipeline {
            file: tree.file(),
            version: YamlVersion::V1,
            nodes: Vec::new(),
            sites: Vec::new(),
            nested_parallels: Vec::new(),
            barriers: fields::barriers(tree, body),
        },
    };
    reader.node(body, kind, None);
    let mut pipeline = reader.pipeline;
    pipeline.sites = sites::of_nodes(tree, &pipeline.nodes, |node| {
        move |scalar, path| kinds::classify(node, tree.text(scalar).unwrap_or_default(), path)
    });
    pipeline
}

/// The template below `template`. It has neither identifier nor version: these come from where it is stored.
pub(super) fn template(tree: &Tree, body: yaml::NodeId) -> Template {
    const CONTENTS: [(&str, NodeKind); 4] = [
        ("pipeline", NodeKind::Pipeline),
        ("stage", NodeKind::Stage),
        ("step", NodeKind::Step),
        ("group", NodeKind::StepGroup),
    ];
    let mut contents = CONTENTS.iter();
    let content = contents.find_map(|&(key, kind)| {
        let content = shared::mapping(tree, body, key)?;
        let mut content = pipeline(tree, content, kind);
        if let Some(root) = content.nodes.first_mut() {
            root.variables.splice(..0, fields::inputs(tree, body));
        }
        Some(content.into())
    });
    Template {
        identifier: None,
        version_label: None,
        type_name: None,
        content,
    }
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
}

impl Place {
    /// What its items are, but for those that are groups.
    const fn kind(self) -> NodeKind {
        match self.section {
            SectionKind::Stages => NodeKind::Stage,
            _ => NodeKind::Step,
        }
    }
}

impl Reader<'_> {
    /// Reads a node and everything inside it. Recursion is bounded by the tree's own depth.
    fn node(&mut self, item: yaml::NodeId, kind: NodeKind, around: Option<Place>) -> NodeId {
        let tree = self.tree;
        let id = NodeId(u32::try_from(self.pipeline.nodes.len()).unwrap_or(u32::MAX));
        // The keys of a group stand below `group` or beside it.
        let content = match kind {
            NodeKind::StepGroup => shared::mapping(tree, item, "group").unwrap_or(item),
            _ => item,
        };
        let located =
            |key| shared::located(tree, item, key).or_else(|| shared::located(tree, content, key));
        let type_name = match kind {
            NodeKind::Pipeline => None,
            _ => fields::kind(tree, item, kind),
        };
        // An ordinary stage has no type.
        let type_name = type_name.filter(|name| kind != NodeKind::Stage || &*name.text != "steps");
        let is_templated = |name: &Located| TEMPLATE_KINDS.contains(&&*name.text);
        let template = match &type_name {
            Some(name)
                if is_templated(name) || (kind == NodeKind::Stage && &*name.text == "approval") =>
            {
                fields::template_use(tree, item, &name.text)
            }
            None if kind == NodeKind::Pipeline => fields::template_use(tree, item, "template"),
            _ => None,
        };
        let own = |node| shared::is_written(tree, node, "if").then_some(node);
        let with_if = own(item).or_else(|| own(content)).unwrap_or(item);
        let holder = |key| {
            if tree.find(item, key).is_some() {
                item
            } else {
                content
            }
        };
        self.pipeline.nodes.push(Node {
            kind,
            parent: around.map(|place| place.parent),
            section: around.map(|place| place.section),
            identifier: located("id").or_else(|| located("identifier")),
            name: located("name"),
            type_name,
            yaml: item,
            sections: Vec::new(),
            variables: fields::variables(tree, item),
            when: fields::when(tree, with_if),
            when_is_open: false,
            strategy: strategy::strategy(tree, holder("strategy"))
                .or_else(|| strategy::of_targets(tree, item).filter(|_| kind == NodeKind::Stage)),
            failure_strategies: failure::strategies(tree, holder("on-failure")),
            services: None,
            environments: None,
            template,
            depends_on: None,
            is_dropped: false,
        });
        match kind {
            NodeKind::Pipeline => self.list(id, item, "stages", SectionKind::Stages),
            NodeKind::Stage => {
                self.list(id, item, "steps", SectionKind::Steps);
                self.list(id, item, "rollback", SectionKind::RollbackSteps);
                self.note_needs(id);
            }
            NodeKind::StepGroup => self.list(id, content, "steps", SectionKind::Steps),
            NodeKind::Step => {}
        }
        id
    }

    fn list(&mut self, owner: NodeId, holder: yaml::NodeId, key: &str, kind: SectionKind) {
        let tree = self.tree;
        let Some(entry) = tree
            .entry(holder, key)
            .filter(|entry| tree.is_sequence(entry.value))
        else {
            return;
        };
        let place = Place {
            parent: owner,
            section: kind,
        };
        let mut items = Vec::new();
        let mut holds_unread = false;
        for &element in tree.items(entry.value) {
            holds_unread |= !self.element(element, place, false, &mut items);
        }
        let path: &'static [&'static str] = match kind {
            SectionKind::Stages => &["stages"],
            SectionKind::RollbackSteps => &["rollback"],
            _ => &["steps"],
        };
        let is_unordered = kind == SectionKind::Stages && self.any_needs(&items);
        self.pipeline.nodes[owner.0 as usize]
            .sections
            .push(Section {
                kind,
                path,
                items,
                key: tree.span(entry.key),
                span: tree.span(entry.value),
                is_list: true,
                holds_unread,
                is_unordered,
            });
    }

    /// Adds what one element of a list holds; `false` where it is a text or anything else that is no mapping.
    fn element(
        &mut self,
        element: yaml::NodeId,
        place: Place,
        in_parallel: bool,
        items: &mut Vec<Item>,
    ) -> bool {
        let tree = self.tree;
        if !tree.is_mapping(element) {
            return false;
        }
        // An item of several kinds is a node, whose other kinds are told as a mistake.
        let is_only = |key: &str| {
            let others = v1::kinds(place.kind()).iter().filter(|kind| **kind != key);
            !others
                .into_iter()
                .any(|kind| tree.find(element, kind).is_some())
        };
        let list = |key| {
            let block = tree.entry(element, key).filter(|_| is_only(key))?;
            let inner = match place.section {
                SectionKind::Stages => "stages",
                _ => "steps",
            };
            let list = tree.find(block.value, inner).unwrap_or(block.value);
            Some((block, list))
        };
        if let Some((block, list)) = list("parallel") {
            let mut members = Vec::new();
            let mut is_read = tree.is_sequence(list);
            for &member in tree.items(list) {
                is_read &= self.element(member, place, true, &mut members);
            }
            if in_parallel {
                items.extend(members);
            } else {
                items.push(Item::Parallel {
                    key: tree.span(block.key),
                    span: tree.span(block.value),
                    items: members,
                });
            }
            return is_read;
        }
        if place.section == SectionKind::Stages
            && let Some((block, list)) = list("group")
        {
            let mut members = Vec::new();
            let mut is_read = tree.is_sequence(list);
            for &member in tree.items(list) {
                is_read &= self.element(member, place, false, &mut members);
            }
            let id = |node| shared::located(tree, node, "id");
            items.push(Item::StageGroup {
                span: tree.span(block.value),
                identifier: id(block.value).or_else(|| id(element)),
                items: members,
            });
            return is_read;
        }
        let kind = match place.kind() {
            NodeKind::Step if tree.find(element, "group").is_some() => NodeKind::StepGroup,
            kind => kind,
        };
        items.push(Item::Node(self.node(element, kind, Some(place))));
        true
    }

    fn any_needs(&self, items: &[Item]) -> bool {
        let mut nodes = Vec::new();
        crate::pipeline::collect_nodes(items, &mut nodes);
        nodes.iter().any(|&node| self.has_needs(node))
    }

    fn has_needs(&self, node: NodeId) -> bool {
        let item = self.pipeline.nodes[node.0 as usize].yaml;
        let kind = self.pipeline.nodes[node.0 as usize].type_name.as_ref();
        let inner = kind.and_then(|kind| self.tree.find(item, &kind.text));
        [Some(item), inner]
            .into_iter()
            .flatten()
            .any(|holder| shared::is_written(self.tree, holder, "needs"))
    }

    /// How `needs` and the order of lists go together is not known, so one step with `needs` leaves the order of all
    /// steps of its stage open.
    fn note_needs(&mut self, stage: NodeId) {
        let first = stage.0 as usize;
        let ids = (stage.0..)
            .map(NodeId)
            .take(self.pipeline.nodes.len() - first);
        if ids.skip(1).any(|node| self.has_needs(node)) {
            for node in &mut self.pipeline.nodes[first..] {
                for section in &mut node.sections {
                    section.is_unordered = true;
                }
            }
        }
    }
}
