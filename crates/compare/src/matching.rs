//! Which node of a pipeline before is which one after: by identifier, then by content, then by position.

use std::collections::HashMap;

use pipewright_model::{NodeId, NodeKind, Pipeline, SectionKind};
use pipewright_yaml::{self as yaml, Tree};

use crate::node_settings::{Settings, scalars, settings};
use crate::part::Part;
use crate::words::with_word;

/// The part of its settings that a node with another identifier must have kept to be the same one, in hundredths.
const ENOUGH_KEPT: usize = 60;

/// How many bytes of a text say as much as one short setting: a script tells two steps apart, `shell: Bash` does not.
const TELLING_LENGTH: usize = 8;

/// How many short settings a long text stands for at most.
const MOST_WEIGHT: usize = 50;

/// How many pairs of nodes with other identifiers are held against each other.
const MAX_PAIRS: usize = 20_000;

/// The nodes of two pipelines that are the same.
#[derive(Debug)]
pub(crate) struct Matching {
    to_head: Vec<Option<NodeId>>,
    to_base: Vec<Option<NodeId>>,
    pub(crate) base_settings: Vec<Settings>,
    pub(crate) head_settings: Vec<Settings>,
}

impl Matching {
    pub(crate) fn new(base: &Part<'_>, head: &Part<'_>) -> Self {
        let of = |part: &Part<'_>| -> Vec<Settings> {
            let ids = part.pipeline.ids();
            let all = ids.map(|id| settings(part.tree(), part.pipeline, id));
            let mut all: Vec<Settings> = all.collect();
            if let (Some(inputs), Some(root)) = (part.inputs_beside(), all.first_mut()) {
                root.extend(scalars(part.tree(), "inputs", inputs));
            }
            all
        };
        let mut matcher = Matcher {
            base,
            head,
            found: Self {
                to_head: vec![None; base.pipeline.nodes.len()],
                to_base: vec![None; head.pipeline.nodes.len()],
                base_settings: of(base),
                head_settings: of(head),
            },
            pairs: 0,
        };
        if !base.pipeline.nodes.is_empty() && !head.pipeline.nodes.is_empty() {
            matcher.pair(Pipeline::ROOT, Pipeline::ROOT);
            matcher.moved();
            matcher.renamed();
        }
        matcher.found
    }

    /// The node after that a node before is.
    pub(crate) fn head_of(&self, base: NodeId) -> Option<NodeId> {
        *self.to_head.get(base.0 as usize)?
    }

    /// The node before that a node after is.
    pub(crate) fn base_of(&self, head: NodeId) -> Option<NodeId> {
        *self.to_base.get(head.0 as usize)?
    }

    /// The pairs, in the order before.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (NodeId, NodeId)> {
        let all = (0u32..).map(NodeId).zip(&self.to_head);
        all.filter_map(|(base, head)| Some((base, (*head)?)))
    }
}

struct Matcher<'m, 's> {
    base: &'m Part<'s>,
    head: &'m Part<'s>,
    found: Matching,
    pairs: usize,
}

impl Matcher<'_, '_> {
    /// Two nodes are the same, and so is what has the same identifiers in them.
    fn pair(&mut self, base: NodeId, head: NodeId) {
        let mut left = vec![(base, head)];
        while let Some((base, head)) = left.pop() {
            self.found.to_head[base.0 as usize] = Some(head);
            self.found.to_base[head.0 as usize] = Some(base);
            let inside = children(self.head.pipeline, head);
            let mut by_name: HashMap<(SectionKind, &str), NodeId> = HashMap::new();
            for (section, child) in inside {
                if let Some(name) = name(self.head.pipeline, child)
                    && self.found.base_of(child).is_none()
                {
                    by_name.entry((section, name)).or_insert(child);
                }
            }
            for (section, child) in children(self.base.pipeline, base) {
                let Some(name) = name(self.base.pipeline, child) else {
                    continue;
                };
                let same = by_name.get(&(section, name)).copied();
                let same = same.filter(|same| {
                    let (one, other) = (
                        self.base.pipeline.node(child),
                        self.head.pipeline.node(*same),
                    );
                    one.kind == other.kind && self.found.head_of(child).is_none()
                });
                if let Some(same) = same {
                    by_name.remove(&(section, name));
                    left.push((child, same));
                }
            }
        }
    }

    /// Pairs nodes that stand elsewhere with their identifier, where only one has it on each side.
    fn moved(&mut self) {
        let unmatched = |pipeline: &Pipeline, is_matched: &dyn Fn(NodeId) -> bool| {
            let mut by_name: HashMap<(NodeKind, String), Vec<NodeId>> = HashMap::new();
            for id in pipeline.ids().filter(|id| !is_matched(*id)) {
                if let Some(name) = name(pipeline, id) {
                    let kind = pipeline.node(id).kind;
                    by_name.entry((kind, name.to_owned())).or_default().push(id);
                }
            }
            by_name
        };
        let base = unmatched(self.base.pipeline, &|id| self.found.head_of(id).is_some());
        let head = unmatched(self.head.pipeline, &|id| self.found.base_of(id).is_some());
        for id in self.base.pipeline.ids() {
            let Some(name) = name(self.base.pipeline, id) else {
                continue;
            };
            let key = (self.base.pipeline.node(id).kind, name.to_owned());
            if let (Some([one]), Some([other])) = (
                base.get(&key).map(Vec::as_slice),
                head.get(&key).map(Vec::as_slice),
            ) && self.found.head_of(*one).is_none()
                && self.found.base_of(*other).is_none()
                && self.have_one_type(*one, *other)
            {
                self.pair(*one, *other);
            }
        }
    }

    /// Pairs nodes of the same list that have kept their content under another identifier.
    fn renamed(&mut self) {
        // What is paired may hold further ones, which are looked at when their turn comes.
        let mut at = 0;
        while at < self.found.to_head.len() {
            let base = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
            at += 1;
            if let Some(head) = self.found.head_of(base) {
                self.renamed_in(base, head);
            }
        }
    }

    fn renamed_in(&mut self, base: NodeId, head: NodeId) {
        let gone = children(self.base.pipeline, base);
        let gone = gone.filter(|(_, child)| self.found.head_of(*child).is_none());
        let gone: Vec<(SectionKind, NodeId)> = gone.collect();
        if gone.is_empty() {
            return;
        }
        let new = children(self.head.pipeline, head);
        let new = new.filter(|(_, child)| self.found.base_of(*child).is_none());
        let new: Vec<(SectionKind, NodeId)> = new.collect();
        let mut candidates = Vec::new();
        for (number, (section, one)) in gone.iter().enumerate() {
            for (place, (other_section, other)) in new.iter().enumerate() {
                self.pairs += 1;
                if self.pairs > MAX_PAIRS {
                    return;
                }
                if section != other_section || !self.have_one_type(*one, *other) {
                    continue;
                }
                let kept = self.kept(*one, *other);
                if kept >= ENOUGH_KEPT {
                    let away = number.abs_diff(place);
                    candidates.push((100 - kept.min(100), away, *one, *other));
                }
            }
        }
        candidates.sort_by_key(|(lost, away, one, other)| (*lost, *away, *one, *other));
        for (_, _, one, other) in candidates {
            if self.found.head_of(one).is_none() && self.found.base_of(other).is_none() {
                self.pair(one, other);
            }
        }
    }

    fn have_one_type(&self, base: NodeId, head: NodeId) -> bool {
        let (base, head) = (self.base.pipeline.node(base), self.head.pipeline.node(head));
        base.kind == head.kind && base.type_text() == head.type_text()
    }

    /// How much of its own settings and of what stands in it a node has kept, in hundredths. Its name says nothing.
    fn kept(&self, base: NodeId, head: NodeId) -> usize {
        let is_telling = |path: &str| !matches!(path, "name" | "type");
        let (own, other) = (
            &self.found.base_settings[base.0 as usize],
            &self.found.head_settings[head.0 as usize],
        );
        let weight = |tree: &Tree, at: &yaml::NodeId| {
            let text = tree.text(*at).unwrap_or_default();
            1 + (text.len() / TELLING_LENGTH).min(MOST_WEIGHT)
        };
        let weight_of = |tree: &Tree, settings: &Settings| -> usize {
            let telling = settings.iter().filter(|(path, _)| is_telling(path));
            telling.map(|(_, at)| weight(tree, at)).sum()
        };
        let (base_tree, head_tree) = (self.base.tree(), self.head.tree());
        let (was, is) = (
            name(self.base.pipeline, base).unwrap_or_default(),
            name(self.head.pipeline, head).unwrap_or_default(),
        );
        let are_same = |one: Option<&str>, other: Option<&str>| {
            one == other
                || one.zip(other).is_some_and(|(one, other)| {
                    with_word(one, was, is) == with_word(other, was, is)
                })
        };
        let same = own.iter().filter(|(path, at)| {
            let there = other.get(*path);
            is_telling(path)
                && there.is_some_and(|there| are_same(base_tree.text(**at), head_tree.text(*there)))
        });
        let same: usize = same.map(|(_, at)| weight(base_tree, at)).sum();
        let inside = |pipeline: &Pipeline, id| -> Vec<String> {
            let children = children(pipeline, id);
            let named = children.filter_map(|(_, child)| name(pipeline, child));
            named.map(str::to_owned).collect()
        };
        let (mine, others) = (
            inside(self.base.pipeline, base),
            inside(self.head.pipeline, head),
        );
        let same = same + mine.iter().filter(|name| others.contains(name)).count();
        let own = weight_of(base_tree, own) + mine.len();
        let other = weight_of(head_tree, other) + others.len();
        match own.max(other) {
            // Nothing but a type and a name: the same for want of a difference.
            0 => 100,
            most => same * 100 / most,
        }
    }
}

/// What stands in a node, with the list it is in.
fn children(
    pipeline: &Pipeline,
    node: NodeId,
) -> impl Iterator<Item = (SectionKind, NodeId)> + use<'_> {
    let sections = pipeline.node(node).sections.iter();
    sections.flat_map(|section| {
        let nodes = section.nodes();
        nodes.into_iter().map(move |child| (section.kind, child))
    })
}

/// The identifier of a node, or where it has none its name.
pub(crate) fn name(pipeline: &Pipeline, node: NodeId) -> Option<&str> {
    let of_node = pipeline.node(node);
    let named = of_node.identifier.as_ref().or(of_node.name.as_ref())?;
    Some(&named.text)
}
