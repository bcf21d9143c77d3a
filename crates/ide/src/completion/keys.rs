//! The keys that the YAML of stages, groups and steps has. The line of the cursor may be what keeps the file from being
//! YAML, so the keys around it are told by their columns.

use std::collections::BTreeSet;

use pipewright_analysis::Snapshot;
use pipewright_model::catalogue::{GROUP_KEYS, Key, PIPELINE_KEYS, stage_type, step_type};
use pipewright_source::{Edit, FileId, Span, TextRange};
use pipewright_yaml::{NodeId, Tree};

use super::{Completion, CompletionKind};
use crate::cursor::touches;

/// What a stage or step is taken for that has no type yet: its keys beside `spec` are those of most.
const MOST_COMMON: (&str, &str) = ("Custom", "ShellScript");

/// The keys that can begin at the cursor: those of the pipeline, stage, group or step around it, or below its `spec`,
/// that are not there yet. Empty where the line has anything else.
pub(super) fn keys(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Completion> {
    let (Some(tree), Some(source)) = (snapshot.tree(file), snapshot.source(file)) else {
        return Vec::new();
    };
    let Some(at) = Begun::find(source.text(), offset) else {
        return Vec::new();
    };
    let mut scalars = tree.scalars();
    let around = scalars.find(|(id, _)| touches(tree.span(*id), file, offset));
    let is_text =
        around.is_some_and(|(id, _)| tree.span(id).range.start() as usize != at.word.start);
    if is_text {
        return Vec::new();
    }
    let Some(path) = around_line(tree, source.text(), &at) else {
        return Vec::new();
    };
    let there = path.siblings.map(|mapping| tree.entries(mapping));
    let there = there.unwrap_or_default().iter();
    let there: BTreeSet<&str> = there.filter_map(|entry| tree.text(entry.key)).collect();
    let span = Span::new(file, TextRange::of(at.word.start, at.word.end));
    let names = path.keys(tree).into_iter();
    let names = names.filter(|name| !there.contains(name));
    let found = names.map(|name| Completion {
        label: name.to_owned(),
        kind: CompletionKind::Key,
        detail: String::new(),
        edit: Edit {
            span,
            replacement: name.to_owned(),
        },
    });
    found.collect()
}

/// A key that is begun.
struct Begun {
    /// What is written of it, up to the cursor.
    word: std::ops::Range<usize>,
    /// Its column.
    column: usize,
    /// Where its line begins.
    line: usize,
}

impl Begun {
    /// The word before the cursor, where nothing else stands on its line but the dash of an item.
    fn find(text: &str, offset: u32) -> Option<Self> {
        let end = offset as usize;
        let line = text.get(..end)?.rfind('\n').map_or(0, |at| at + 1);
        let behind = text.get(end..)?.lines().next().unwrap_or("");
        let start = line + key_column(&text[line..end]);
        let word = &text[start..end];
        let is_word = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_word && behind.trim().is_empty()).then_some(Self {
            word: start..end,
            column: start - line,
            line,
        })
    }
}

/// The column at which a line says something, behind blanks and the dashes of items.
pub(super) fn key_column(line: &str) -> usize {
    let mut rest = line.trim_start_matches(' ');
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches(' ');
    }
    line.len() - rest.len()
}

/// The way to the mapping in which a key is begun.
struct Way<'t> {
    links: Vec<Link<'t>>,
    /// The mapping, where it has another key.
    siblings: Option<NodeId>,
}

/// A key on the way, and the mapping that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Link<'t> {
    pub(super) mapping: NodeId,
    pub(super) key: &'t str,
    /// Whether its value is a list, of which an element is meant.
    is_list: bool,
}

/// Looks for the key before the line that has the same column, or else for the one that everything is below.
fn around_line<'t>(tree: &'t Tree, text: &str, at: &Begun) -> Option<Way<'t>> {
    let mut end = at.line;
    // The dash of an item begins a mapping of its own.
    let is_first = text[at.line..at.word.start].trim_end().ends_with('-');
    let dash = text[at.line..at.word.start].rfind("- ");
    let column = dash.filter(|_| is_first).unwrap_or(at.column);
    while let Some(before) = end.checked_sub(1) {
        let start = text[..before].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..before].trim_end();
        let first = key_column(line);
        end = start;
        let says = line.get(first..).unwrap_or("");
        if says.is_empty() || says.starts_with('#') || first > column {
            continue;
        }
        let is_sibling = first == column && !is_first;
        let mut links = way(tree, start + first)?;
        let last = *links.last()?;
        if is_sibling {
            links.pop();
        } else if first == column {
            // Items of a list may stand in the column of its key.
            continue;
        }
        return Some(Way {
            links,
            siblings: is_sibling.then_some(last.mapping),
        });
    }
    None
}

/// The keys that lead to the one that begins at a byte, itself included.
pub(super) fn way(tree: &Tree, start: usize) -> Option<Vec<Link<'_>>> {
    let begins = |id: NodeId| tree.span(id).range.start() as usize;
    let mut links = Vec::new();
    let mut roots = tree.roots().iter().copied();
    let mut node = roots.rfind(|root| begins(*root) <= start)?;
    loop {
        if tree.is_sequence(node) {
            let mut items = tree.items(node).iter().copied();
            node = items.rfind(|item| begins(*item) <= start)?;
            continue;
        }
        let mut entries = tree.entries(node).iter();
        let entry = entries.rfind(|entry| begins(entry.key) <= start)?;
        links.push(Link {
            mapping: node,
            key: tree.text(entry.key)?,
            is_list: tree.is_sequence(entry.value),
        });
        if begins(entry.key) == start {
            return Some(links);
        }
        let below = tree.target(entry.value) == entry.value && begins(entry.value) <= start;
        if !below || !(tree.is_mapping(entry.value) || tree.is_sequence(entry.value)) {
            return None;
        }
        node = entry.value;
    }
}

/// The names of keys, and `spec`.
fn with_spec(keys: impl Iterator<Item = Key>) -> Vec<&'static str> {
    keys.map(|key| key.name).chain(["spec"]).collect()
}

impl Way<'_> {
    /// The names of the keys that the catalogue has there.
    fn keys(&self, tree: &Tree) -> Vec<&'static str> {
        let Some(last) = self.links.last() else {
            return Vec::new();
        };
        let type_in = |mapping: NodeId| tree.find(mapping, "type").and_then(|of| tree.text(of));
        let own_type = || self.siblings.and_then(type_in);
        match last.key {
            "pipeline" if self.links.len() == 1 => return PIPELINE_KEYS.to_vec(),
            "stepGroup" => return GROUP_KEYS.to_vec(),
            "step" => {
                let of = own_type().and_then(step_type);
                let of = of.or_else(|| step_type(MOST_COMMON.1));
                return of.map_or_else(Vec::new, |of| with_spec(of.keys()));
            }
            "stage" => {
                let of = own_type().and_then(stage_type);
                let of = of.or_else(|| stage_type(MOST_COMMON.0));
                return of.map_or_else(Vec::new, |of| with_spec(of.keys()));
            }
            _ => {}
        }
        let Some(at) = self
            .links
            .windows(2)
            .rposition(|pair| pair[1].key == "spec" && matches!(pair[0].key, "step" | "stage"))
        else {
            return Vec::new();
        };
        let (node, spec) = (self.links[at], self.links[at + 1]);
        let below = &self.links[at + 2..];
        let Some(of_type) = type_in(spec.mapping) else {
            return Vec::new();
        };
        if node.key == "stage" {
            let of = stage_type(of_type).filter(|_| below.is_empty());
            let names = of.map(|of| of.spec_keys().map(|key| key.name).collect());
            return names.unwrap_or_default();
        }
        let mut before = String::new();
        for link in below {
            before.push_str(link.key);
            before.push_str(if link.is_list { "[]." } else { "." });
        }
        let paths = step_type(of_type).into_iter().flat_map(|of| of.spec_keys());
        let names = paths.filter_map(|key| {
            let rest = key.path.strip_prefix(&*before)?;
            let name = rest.split(['.', '[']).next().unwrap_or(rest);
            (!name.is_empty() && name != "*").then_some(name)
        });
        names.collect()
    }
}
