//! Fully qualified names of nodes, and the shortest names that reach a node from another (`spec/model.md` §2, §3.3).

mod instance;

use std::borrow::Cow;

use pipewright_model::{Moment, Node, NodeId, NodeKind, Pipeline, YamlVersion};

pub use instance::{Instance, Named};

use crate::looping::plain;
use crate::run_tree::{RunPart, StartWord, nearest, part_around, word_for};

/// The fully qualified names of a pipeline's nodes.
///
/// The names of a template's content start at the first name that is known there: `stage`, `stepGroup` or `step`.
#[derive(Clone, Debug)]
pub struct Names {
    parts: Vec<Part>,
}

/// What a node adds to the name of the node around it.
#[derive(Clone, Debug)]
struct Part {
    parent: Option<NodeId>,
    /// The keys from the parent to the list that holds the node.
    list: &'static [&'static str],
    /// Its own name; `None` where it has neither identifier nor name.
    own: Option<Box<str>>,
}

impl Names {
    /// Names every node.
    pub fn new(pipeline: &Pipeline) -> Self {
        let mut parts: Vec<Part> = pipeline
            .nodes
            .iter()
            .map(|node| Part {
                parent: node.parent,
                list: &[],
                own: own_name(node, pipeline.version).map(Into::into),
            })
            .collect();
        for section in pipeline.nodes.iter().flat_map(|node| &node.sections) {
            for child in section.nodes() {
                parts[child.0 as usize].list = section.path;
            }
        }
        Self { parts }
    }

    /// The fully qualified name of a node. Takes time and memory by its depth.
    pub fn fqn(&self, node: NodeId) -> String {
        self.instance(node, |_| None)
    }

    /// The fully qualified name of an instance of a node: `suffix` tells what follows the identifiers of the looping
    /// nodes on it.
    pub fn instance<'s>(&self, node: NodeId, suffix: impl Fn(NodeId) -> Option<&'s str>) -> String {
        let mut outward: Vec<Cow<'_, str>> = Vec::new();
        let mut next = Some(node);
        while let Some(node) = next {
            let part = &self.parts[node.0 as usize];
            outward.extend(part.own.as_deref().map(|own| match suffix(node) {
                Some(suffix) => Cow::Owned(format!("{}{suffix}", plain(own))),
                None => Cow::Borrowed(own),
            }));
            outward.extend(part.list.iter().rev().map(|key| Cow::Borrowed(*key)));
            next = part.parent;
        }
        outward.reverse();
        outward.join(".")
    }

    /// The first node of that fully qualified name. Looks at every node.
    pub fn find(&self, fqn: &str) -> Option<NodeId> {
        (0u32..)
            .map(NodeId)
            .zip(&self.parts)
            .filter(|(_, part)| part.own.as_deref().is_some_and(|own| fqn.ends_with(own)))
            .map(|(id, _)| id)
            .find(|id| self.fqn(*id) == fqn)
    }

    /// What follows a node's identifier in the name of an instance.
    pub(crate) fn suffix<'n>(&self, node: NodeId, name: &'n str) -> Option<&'n str> {
        let own = self.parts[node.0 as usize].own.as_deref()?;
        name.strip_prefix(plain(own))
    }

    /// The name of what stands `below` a node.
    pub(crate) fn member(&self, node: NodeId, below: &str) -> String {
        member_of(self.fqn(node), below)
    }

    /// The name of a part of the run: that of its node and the keys down to it.
    pub(crate) fn part(&self, pipeline: &Pipeline, part: RunPart) -> String {
        self.member(part.node(), &part.keys(pipeline).join("."))
    }
}

/// The name of what stands `below` a name: a path, or an index.
pub(crate) fn member_of(name: String, below: &str) -> String {
    if below.is_empty() || below.starts_with('[') {
        name + below
    } else {
        name + "." + below
    }
}

/// What a node's own name is in a path: its identifier, or where that is missing its name; of the root the word for its
/// kind.
fn own_name(node: &Node, version: YamlVersion) -> Option<&str> {
    if node.parent.is_none() {
        return Some(word_for(node.kind, version));
    }
    let located = node.identifier.as_ref().or(node.name.as_ref())?;
    Some(&located.text)
}

/// The shortest usual name that reaches `target` from inside `reader`: `step`, `stepGroup.…`, `steps.…`, `execution.…`,
/// `stage.…`, or the fully qualified name. Whether the target is there when it is read is another matter, see
/// [`crate::Order`].
pub fn relative(pipeline: &Pipeline, names: &Names, reader: NodeId, target: NodeId) -> String {
    candidates(pipeline, names, reader, target)
        .into_iter()
        .min_by_key(|name| name.matches('.').count())
        .unwrap_or_else(|| names.fqn(target))
}

/// Every relative name of `target` from `reader`; of equally short ones the first is the best.
pub(crate) fn candidates(
    pipeline: &Pipeline,
    names: &Names,
    reader: NodeId,
    target: NodeId,
) -> Vec<String> {
    let mut found = Vec::new();
    let full = names.fqn(target);
    // What follows a name, if it leads to the target.
    let below = |outer: &str| {
        full.strip_prefix(outer)
            .filter(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    for kind in [NodeKind::Step, NodeKind::StepGroup, NodeKind::Stage] {
        let rest = nearest(pipeline, reader, kind, Moment::Running)
            .and_then(|outer| below(&names.fqn(outer)));
        found.extend(rest.map(|rest| format!("{}{rest}", word_for(kind, pipeline.version))));
    }
    for word in [StartWord::Steps, StartWord::Execution] {
        let word = word.as_str();
        let part = part_around(pipeline, reader, word, Moment::Running);
        let part = part.map(|part| names.part(pipeline, part));
        found.extend(part.and_then(|part| below(&part).map(|rest| format!("{word}{rest}"))));
    }
    found.push(full.clone());
    found
}
