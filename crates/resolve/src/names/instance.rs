//! Names in which looping nodes are named by one of their instances: `pipeline.stages.S_0_1.spec.execution.steps.A_2`.

use pipewright_model::{NodeId, NodeKind, Pipeline, Section};

use crate::looping::{Loops, Suffix, plain};
use crate::run_tree::word_for;

/// A looping node and the suffix by which one of its instances is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instance {
    /// The node.
    pub node: NodeId,
    /// What is written behind its identifier, from the `_` on. It may be the suffix of no iteration, see
    /// [`Loops::suffix`].
    pub suffix: Box<str>,
}

/// What a fully qualified name leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Named<'f> {
    /// The innermost node that the name goes through.
    pub node: NodeId,
    /// The instances it names on the way, outermost first.
    pub instances: Vec<Instance>,
    /// What follows the node's own name, without the dot; empty for the node itself.
    pub below: &'f str,
}

impl<'f> Named<'f> {
    /// Follows a fully qualified name from the root on. `None` if it does not begin with the root's name.
    ///
    /// An identifier as it is goes before one with a suffix, a longer identifier before a shorter one, and a suffix
    /// that an iteration has before others. Where a list has no such node, the name ends at the node of the list.
    pub fn find(pipeline: &Pipeline, loops: &Loops, fqn: &'f str) -> Option<Self> {
        let root = pipeline.nodes.first()?;
        let below = behind(fqn, word_for(root.kind, pipeline.version))?;
        let start = Self {
            node: Pipeline::ROOT,
            instances: Vec::new(),
            below,
        };
        Some(start.descend(pipeline, loops))
    }

    /// Goes on as far as there are nodes. Recurses as deep as nodes nest, which the YAML reader bounds.
    fn descend(self, pipeline: &Pipeline, loops: &Loops) -> Self {
        let mut found = self.children(pipeline, loops);
        // The first name that goes furthest; every node is looked at once.
        found.sort_by_key(|(rank, _)| *rank);
        let deeper = found
            .into_iter()
            .map(|(_, child)| child.descend(pipeline, loops))
            .min_by_key(|named| named.below.len());
        deeper.unwrap_or(self)
    }

    /// The nodes directly inside that the name may go through, and how well they fit.
    fn children(&self, pipeline: &Pipeline, loops: &Loops) -> Vec<((u8, usize), Self)> {
        let mut found = Vec::new();
        for section in &pipeline.node(self.node).sections {
            let Some(rest) = in_list(section, self.below) else {
                continue;
            };
            for node in section.nodes() {
                let Some((instance, below)) = named_by(pipeline, node, rest) else {
                    continue;
                };
                let rank = match &instance {
                    None => 0,
                    Some(suffix) => match loops.suffix(node, suffix) {
                        Suffix::NoIteration if loops.iterations(node).is_none() => continue,
                        Suffix::NoIteration => 2,
                        _ => 1,
                    },
                };
                let suffix_length = instance.map_or(0, str::len);
                let instance = instance.map(|suffix| Instance {
                    node,
                    suffix: suffix.into(),
                });
                let named = Self {
                    node,
                    instances: self.instances.iter().cloned().chain(instance).collect(),
                    below,
                };
                found.push(((rank, suffix_length), named));
            }
        }
        found
    }
}

/// What follows the keys of a list.
fn in_list<'f>(section: &Section, name: &'f str) -> Option<&'f str> {
    let mut keys = section.path.iter();
    keys.try_fold(name, |rest, key| {
        behind(rest, key).filter(|rest| !rest.is_empty())
    })
}

/// If `name` begins with the node's name: the suffix behind it, and what follows.
fn named_by<'f>(
    pipeline: &Pipeline,
    node: NodeId,
    name: &'f str,
) -> Option<(Option<&'f str>, &'f str)> {
    let of_node = pipeline.node(node);
    let own = &of_node.identifier.as_ref().or(of_node.name.as_ref())?.text;
    let plain = plain(own);
    if let Some(below) = behind(name, own).or_else(|| behind(name, plain)) {
        return Some((None, below));
    }
    let rest = name.strip_prefix(plain)?;
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    let (suffix, below) = rest.split_at(end);
    let is_suffix = suffix.starts_with('_') && of_node.kind != NodeKind::Pipeline;
    is_suffix.then(|| (Some(suffix), below.strip_prefix('.').unwrap_or(below)))
}

/// What follows a part of a name; empty if nothing does.
fn behind<'f>(name: &'f str, part: &str) -> Option<&'f str> {
    let rest = name.strip_prefix(part)?;
    if rest.is_empty() || rest.starts_with('[') {
        return Some(rest);
    }
    rest.strip_prefix('.')
}
