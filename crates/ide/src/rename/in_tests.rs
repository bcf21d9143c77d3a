//! Names in files of tests (`*.test.yaml`): full names, alone, at the beginning of an expression or inside it, and the
//! stages that a test leaves out.

use std::collections::HashSet;

use pipewright_analysis::Snapshot;
use pipewright_model::YamlVersion;
use pipewright_resolve::StartWord;
use pipewright_simulate::expect::{beside, is_of_tests};
use pipewright_source::{FileId, Span, TextRange};
use pipewright_yaml::{NodeId, Tree};

use super::RenameError;
use super::declared_names::{Owner, owners};
use super::subject::Subject;
use crate::DeclarationKind;
use crate::cursor::{content, resolved};
use crate::declared::MATRIX;

/// The keys whose texts may be identifiers of stages.
const OF_STAGES: [&str; 2] = ["skipStages", "onlyStages"];

/// Where tests of the pipelines that have the subject name it.
///
/// # Errors
/// [`RenameError::InTest`] where a test may name it otherwise than by its full name, and [`RenameError::NotWritten`].
pub(super) fn find(snapshot: &Snapshot, subject: &Subject) -> Result<Vec<Span>, RenameError> {
    let mut found = Vec::new();
    for (place, id) in snapshot.ids().filter(|(place, _)| is_of_tests(place)) {
        let Some(tree) = snapshot.tree(id) else {
            continue;
        };
        let pipeline_of = |mapping: NodeId| {
            let path = tree.text(tree.find(mapping, "pipeline")?)?;
            snapshot.id(&beside(place, path))
        };
        for root in tree.roots() {
            let tests = tree.find(*root, "tests");
            for test in tests.map_or(&[][..], |tests| tree.items(tests)) {
                let pipeline = pipeline_of(*test).or_else(|| pipeline_of(*root));
                let names = pipeline.map(|pipeline| Names::of(snapshot, pipeline, subject));
                if let Some(names) = names.filter(|names| !names.full.is_empty()) {
                    names.find(tree, *test, subject, &mut found)?;
                }
            }
        }
    }
    Ok(found)
}

/// What the subject is called in a pipeline.
struct Names {
    /// Its full names: several where templates write it out in several places.
    full: Vec<String>,
    /// The identifiers of the pipeline's nodes.
    identifiers: HashSet<String>,
}

impl Names {
    fn of(snapshot: &Snapshot, pipeline: FileId, subject: &Subject) -> Self {
        let mut names = Self {
            full: Vec::new(),
            identifiers: HashSet::new(),
        };
        for of in resolved(snapshot, pipeline) {
            let owners = owners(&of, subject);
            if owners.is_empty() || !of.is_own() {
                continue;
            }
            let identifiers = of.pipeline.nodes.iter().flat_map(|node| &node.identifier);
            names
                .identifiers
                .extend(identifiers.map(|identifier| identifier.text.to_string()));
            for owner in owners {
                match owner {
                    Owner::List(node) => names.full.push(of.node(node).fqn),
                    Owner::Members(node) => {
                        let members = of.members(node);
                        let meant = members.filter(|of| subject.declared.contains(&of.name));
                        names.full.extend(meant.map(|of| of.fqn));
                    }
                }
            }
        }
        names
    }

    /// Adds the places in a test. Looks at every collection once, so that aliases cost nothing twice.
    fn find(
        &self,
        tree: &Tree,
        test: NodeId,
        subject: &Subject,
        found: &mut Vec<Span>,
    ) -> Result<(), RenameError> {
        let mut seen = HashSet::new();
        let mut left = vec![test];
        while let Some(node) = left.pop() {
            if !seen.insert(tree.target(node)) {
                continue;
            }
            if let Some(text) = tree.text(node) {
                self.find_in_text(tree, node, text, subject, found)?;
            }
            left.extend(tree.items(node));
            for entry in tree.entries(node) {
                left.extend([entry.key, entry.value]);
                let key = tree.text(entry.key).unwrap_or_default();
                if subject.kind == DeclarationKind::Stage && OF_STAGES.contains(&key) {
                    let stages = tree.items(entry.value).iter();
                    let meant = stages.filter(|stage| tree.text(**stage) == Some(&subject.name));
                    found.extend(meant.map(|stage| content(tree, *stage)));
                }
            }
        }
        Ok(())
    }

    fn find_in_text(
        &self,
        tree: &Tree,
        scalar: NodeId,
        text: &str,
        subject: &Subject,
        found: &mut Vec<Span>,
    ) -> Result<(), RenameError> {
        for full in &self.full {
            for range in self.ends_of(full, text, subject) {
                let written = tree.ranges_of(scalar, range);
                let [only] = written.as_slice() else {
                    return Err(RenameError::NotWritten(tree.span(scalar)));
                };
                found.push(*only);
            }
        }
        if is_named_otherwise(text, subject) {
            return Err(RenameError::InTest(content(tree, scalar)));
        }
        Ok(())
    }

    /// Where the last part of a full name stands in a text, without what a loop puts behind it.
    fn ends_of(&self, full: &str, text: &str, subject: &Subject) -> Vec<TextRange> {
        let parts: Vec<&str> = full.split('.').collect();
        let Some((first, last)) = parts.first().zip(parts.len().checked_sub(1)) else {
            return Vec::new();
        };
        let starts = text.match_indices(first).map(|(start, _)| start);
        let starts = starts.filter(|start| {
            let before = text[..*start].chars().next_back();
            !before.is_some_and(|before| is_part_of_name(before) || before == '.')
        });
        let end = |start: usize| {
            let mut at = start;
            for (place, part) in parts.iter().enumerate() {
                let rest = &text[at..];
                let word = &rest[..rest.find(|c| !is_part_of_name(c)).unwrap_or(rest.len())];
                let may_loop = place < last || subject.is_node();
                let is_instance = || {
                    let behind = word.strip_prefix(part);
                    behind.is_some_and(|behind| behind.starts_with('_'))
                        && !self.identifiers.contains(word)
                };
                if word != *part && !(may_loop && is_instance()) {
                    return None;
                }
                if place == last {
                    return Some(TextRange::of(at, at + part.len()));
                }
                at += word.len();
                at += text[at..].starts_with('.').then_some(1)?;
            }
            None
        };
        starts.filter_map(end).collect()
    }
}

const fn is_part_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$')
}

/// Whether an expression may read the subject by a path that begins where the test evaluates it (`at`), or by its name
/// in quotes.
fn is_named_otherwise(text: &str, subject: &Subject) -> bool {
    let name = &*subject.name;
    let is_it = |part: &str| {
        let behind = part.strip_prefix(name);
        behind
            .is_some_and(|behind| behind.is_empty() || subject.is_node() && behind.starts_with('_'))
    };
    let mut paths = text.split(|c| !is_part_of_name(c) && c != '.');
    let is_relative = paths.any(|path| {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let word = StartWord::of(first, YamlVersion::V1);
        let is_relative = first == MATRIX || word.is_some_and(|of| of != StartWord::Pipeline);
        is_relative && rest.split('.').any(is_it)
    });
    let mut quoted = text
        .match_indices(['[', '('])
        .map(|(at, _)| &text[at + 1..]);
    is_relative
        || quoted.any(|inside| {
            let inside = inside.strip_prefix(['"', '\'']);
            let end = inside.and_then(|inside| inside.find(['"', '\'']).map(|end| &inside[..end]));
            end.is_some_and(is_it)
        })
}
