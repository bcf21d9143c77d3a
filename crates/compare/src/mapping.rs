//! The names of a pipeline before and after: which of them are one and the same.

use std::collections::{BTreeMap, HashSet};

use pipewright_model::NodeId;
use pipewright_resolve::{Name, NameKind, list};
use pipewright_yaml::{self as yaml, Tree};

use crate::element::{Element, is_named_by};
use crate::matching::{Matching, name};
use crate::node_settings::Settings;
use crate::part::Part;
use crate::words::with_word;

/// A pair of documents with the nodes and names that are the same in both.
#[derive(Debug)]
pub(crate) struct Mapping<'s> {
    pub(crate) base: Part<'s>,
    pub(crate) head: Part<'s>,
    pub(crate) nodes: Matching,
    /// The nodes whose name is another one, the outermost only: before and after.
    pub(crate) renamed_nodes: Vec<(NodeId, NodeId)>,
    /// The variables and outputs of a node whose name is another one: the node before, and both names below it.
    pub(crate) renamed_members: Vec<Renamed>,
    pub(crate) gone_members: Vec<Name>,
    pub(crate) new_members: Vec<Name>,
    /// The names that differ, the longest first: before and after.
    names: Vec<(String, String)>,
}

/// A variable or output with another name.
#[derive(Clone, Debug)]
pub(crate) struct Renamed {
    pub(crate) node: NodeId,
    pub(crate) from: Name,
    pub(crate) to: Name,
}

impl<'s> Mapping<'s> {
    pub(crate) fn new(base: Part<'s>, head: Part<'s>) -> Self {
        let nodes = Matching::new(&base, &head);
        let mut mapping = Self {
            base,
            head,
            nodes,
            renamed_nodes: Vec::new(),
            renamed_members: Vec::new(),
            gone_members: Vec::new(),
            new_members: Vec::new(),
            names: Vec::new(),
        };
        mapping.compare_nodes();
        mapping.compare_members();
        mapping.collect_names();
        mapping
    }

    /// The name after that a name before is, or has become. Suffixes of loops stay.
    pub(crate) fn to_head(&self, fqn: &str) -> String {
        self.translated(fqn, |(from, to)| (from, to))
    }

    /// The name before of a name after.
    pub(crate) fn to_base(&self, fqn: &str) -> String {
        self.translated(fqn, |(from, to)| (to, from))
    }

    /// Whether a name that a path after leads to is one that was given up: outputs that no step declares may be read,
    /// too.
    pub(crate) fn is_given_up(&self, fqn: &str) -> bool {
        let renamed = self.renamed_members.iter().map(|renamed| &renamed.from);
        let mut given_up = renamed.chain(&self.gone_members);
        let mut taken = self.renamed_members.iter();
        given_up.any(|name| name.fqn == fqn) && taken.all(|renamed| renamed.to.fqn != fqn)
    }

    fn translated<'n>(
        &'n self,
        fqn: &str,
        sides: impl Fn(&'n (String, String)) -> (&'n String, &'n String),
    ) -> String {
        for pair in &self.names {
            let (from, to) = sides(pair);
            if let Some(rest) = fqn.strip_prefix(from.as_str())
                && (rest.is_empty() || rest.starts_with(['.', '[', '_']))
            {
                return format!("{to}{rest}");
            }
        }
        fqn.to_owned()
    }

    fn compare_nodes(&mut self) {
        for (base, head) in self.nodes.pairs() {
            let (before, after) = (self.base.pipeline.node(base), self.head.pipeline.node(head));
            let (Some(outer), Some(outer_head)) = (before.parent, after.parent) else {
                continue;
            };
            let is_moved =
                self.nodes.head_of(outer) != Some(outer_head) || before.section != after.section;
            let is_renamed = name(self.base.pipeline, base) != name(self.head.pipeline, head);
            if is_moved || is_renamed {
                self.renamed_nodes.push((base, head));
            }
        }
    }

    fn compare_members(&mut self) {
        let members = |part: &Part<'_>| -> Vec<Name> {
            let listed = list(part.tree(), part.pipeline, &part.resolution.names, false);
            let is_member =
                |name: &Name| matches!(name.kind, NameKind::Variable | NameKind::Output);
            listed.into_iter().filter(is_member).collect()
        };
        let (base, head) = (members(&self.base), members(&self.head));
        let known: HashSet<(NodeId, &[Box<str>])> = head
            .iter()
            .map(|name| (name.node, name.parts.as_slice()))
            .collect();
        let before: HashSet<(NodeId, &[Box<str>])> = base
            .iter()
            .filter_map(|name| Some((self.nodes.head_of(name.node)?, name.parts.as_slice())))
            .collect();
        let is_gone = |name: &&Name| {
            let node = self.nodes.head_of(name.node);
            node.is_some_and(|node| !known.contains(&(node, name.parts.as_slice())))
        };
        let is_new = |name: &&Name| {
            self.nodes.base_of(name.node).is_some()
                && !before.contains(&(name.node, name.parts.as_slice()))
        };
        let mut gone: Vec<Name> = base.iter().filter(is_gone).cloned().collect();
        let mut new: Vec<Name> = head.iter().filter(is_new).cloned().collect();
        let mut renamed = Vec::new();
        for how in [Likeness::Content, Likeness::Position] {
            gone.retain(|from| {
                let Some(node) = self.nodes.head_of(from.node) else {
                    return true;
                };
                let mut candidates = new.iter().enumerate().filter(|(_, to)| {
                    to.node == node && to.kind == from.kind && self.are_alike(from, to, how)
                });
                let Some((at, _)) = candidates.next() else {
                    return true;
                };
                let to = new.remove(at);
                renamed.push(Renamed {
                    node: from.node,
                    from: from.clone(),
                    to,
                });
                false
            });
        }
        self.renamed_members = renamed;
        self.gone_members = gone;
        self.new_members = new;
    }

    /// Whether a variable or output before is the one after but for its name.
    fn are_alike(&self, from: &Name, to: &Name, how: Likeness) -> bool {
        let (Some(old), Some(new)) = (from.parts.last(), to.parts.last()) else {
            return false;
        };
        if from.parts.len() != to.parts.len() {
            return false;
        }
        let before = &self.nodes.base_settings[from.node.0 as usize];
        let before = content(self.base.tree(), before, from);
        let after = &self.nodes.head_settings[to.node.0 as usize];
        let after = content(self.head.tree(), after, to);
        if before.is_empty() || before.len() != after.len() {
            return false;
        }
        let mut same = before.iter().zip(&after);
        same.all(|((path, text), (other_path, other))| {
            let is_own_name = text == &&**old && other == &&**new;
            // Its value may read itself.
            let reads_itself = || with_word(text, old, new) == with_word(other, old, new);
            path == other_path
                && (text == other
                    || reads_itself()
                    || (is_own_name && (is_named_by(path) || how == Likeness::Position)))
        })
    }

    fn collect_names(&mut self) {
        let mut names: Vec<(String, String)> = Vec::new();
        for (base, head) in &self.renamed_nodes {
            names.push((self.base.fqn(*base), self.head.fqn(*head)));
        }
        for renamed in &self.renamed_members {
            names.push((renamed.from.fqn.clone(), renamed.to.fqn.clone()));
            // Paths name an input of v1 among the variables, too.
            names.extend(as_variable(&renamed.from).zip(as_variable(&renamed.to)));
        }
        names.retain(|(from, to)| from != to);
        // What stands in something renamed has the longer name.
        names.sort_by(|one, other| other.0.len().cmp(&one.0.len()).then_with(|| one.cmp(other)));
        self.names = names;
    }

    /// The identifiers of nodes, variables and outputs that are other ones now: before and after.
    pub(crate) fn renamed_identifiers(&self) -> Vec<(String, String)> {
        let nodes = self.renamed_nodes.iter().filter_map(|(base, head)| {
            Some((
                name(self.base.pipeline, *base)?.to_owned(),
                name(self.head.pipeline, *head)?.to_owned(),
            ))
        });
        let members = self.renamed_members.iter().filter_map(|renamed| {
            Some((
                renamed.from.parts.last()?.to_string(),
                renamed.to.parts.last()?.to_string(),
            ))
        });
        let mut found: Vec<(String, String)> = nodes.chain(members).collect();
        found.retain(|(from, to)| from != to);
        found
    }

    /// The path that a setting of a node has after, if the variable or output that it declares has another name.
    pub(crate) fn renamed_path(&self, node: NodeId, path: &str) -> String {
        let mut own = self.renamed_members.iter().filter(|one| one.node == node);
        let renamed = own.find_map(|one| {
            let element = Element::in_path(path, &one.from)?;
            Some(element.named(one.to.parts.last()?))
        });
        renamed.unwrap_or_else(|| path.to_owned())
    }
}

/// The name that an input of v1 has among the variables. `None` of anything else.
fn as_variable(name: &Name) -> Option<String> {
    let [list, input] = name.parts.as_slice() else {
        return None;
    };
    let node = name.fqn.strip_suffix(&format!(".{list}.{input}"))?;
    (**list == *"inputs").then(|| format!("{node}.variables.{input}"))
}

/// By what two names of a node are one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// All but the name is the same.
    Content,
    /// So is the value, or it is the name.
    Position,
}

/// The settings of what declares a name, by their paths in it.
fn content<'t>(tree: &'t Tree, settings: &Settings, name: &Name) -> BTreeMap<String, &'t str> {
    let found = settings
        .iter()
        .filter_map(|(path, at): (_, &yaml::NodeId)| {
            let element = Element::in_path(path, name)?;
            Some((element.named(""), tree.text(*at)?))
        });
    found.collect()
}
