//! From text to tree, whatever the text.

use std::collections::HashMap;
use std::ops::Range;

use pipewright_source::{FileId, TextRange};

use crate::build::{Built, build};
use crate::decode::Source;
use crate::flow_cut::in_scalars;
use crate::lost_names::may_name;
use crate::recover::{Recovered, recover, recover_without};
use crate::{Problem, ProblemKind, Tree, colon, message};

/// Reads a YAML or JSON file. Never fails: what is wrong stands in [`Tree::problems`], and the tree holds everything
/// that could be read around it.
///
/// Time and memory grow linearly with the text, within the limits of [`limits`](crate::limits). Texts of 4 GiB and more
/// have no valid offsets and must be refused by the caller.
///
/// ```
/// use pipewright_source::{FileId, TextRange};
/// let tree = pipewright_yaml::parse(FileId(0), "pipeline:\n  name: \"Build \\u0026 test\"\n");
/// let pipeline = tree.find(tree.roots()[0], "pipeline").expect("the key is there");
/// let name = tree.find(pipeline, "name").expect("the key is there");
/// assert_eq!(tree.text(name), Some("Build & test"));
/// ```
pub fn parse(file: FileId, text: &str) -> Tree {
    let mut built = build(Source::new(text));
    match built.failure.take() {
        // Expressions may be cut in two where all of it is YAML.
        None if !in_scalars(text, &built.nodes).is_empty() => {
            repaired(file, text, Recovered::of(text))
        }
        None => finished(file, text, built, None),
        Some(failure) => repaired(file, text, recover(text, failure)),
    }
}

/// [`parse`] for a text of which some lines are no YAML: they are read as if they were blank. The lines are ranges of
/// bytes, in order and apart. What they stand for is not known, so the tree counts as [recovered](Tree::recovered).
///
/// ```
/// use pipewright_source::{FileId, TextRange};
/// let text = "a: 1\n%{ if x }\nb: 2\n";
/// let tree = pipewright_yaml::parse_without(FileId(0), text, vec![5..14]);
/// assert!(tree.recovered() && tree.problems().is_empty());
/// assert!(tree.find(tree.roots()[0], "b").is_some());
/// ```
pub fn parse_without(file: FileId, text: &str, lines: Vec<Range<usize>>) -> Tree {
    repaired(file, text, recover_without(text, lines))
}

/// The tree of a text as far as it was made parsable.
fn repaired(file: FileId, text: &str, mut repair: Recovered) -> Tree {
    let built = build_repaired(text, &repair);
    let cuts = in_scalars(text, &built.nodes);
    if cuts.is_empty() {
        return finished(file, text, built, Some(repair));
    }
    repair.hide(text, &cuts);
    let built = build_repaired(text, &repair);
    finished(file, text, built, Some(repair))
}

fn build_repaired(text: &str, repair: &Recovered) -> Built {
    let mut built = build(Source::repaired(text, &repair.masked, &repair.blanked));
    built
        .problems
        .retain(|problem| !is_doubtful(problem, repair));
    built
}

fn finished(file: FileId, text: &str, mut built: Built, repair: Option<Recovered>) -> Tree {
    let recovered = repair
        .as_ref()
        .is_some_and(|repair| repair.gave_up || !repair.blanked.is_empty());
    let may_lack_names = repair.as_ref().is_some_and(|repair| {
        let mut blanked = repair.blanked.iter();
        repair.gave_up || blanked.any(|blanked| may_name(text, blanked))
    });
    let blanked = repair.as_ref().map_or(&[][..], |repair| &repair.blanked);
    let blanked = blanked.iter();
    let blanked = blanked
        .map(|lines| TextRange::of(lines.start, lines.end))
        .collect();
    let mut problems = repair.map_or_else(Vec::new, |repair| repair.problems);
    let colons = colon::in_keys(text, &built.nodes);
    problems.extend(colons.map(|colon| message::of_unquoted_colon(text, colon)));
    problems.append(&mut built.problems);
    problems.sort_by_key(|problem| problem.range);
    problems.dedup();
    Tree {
        file,
        nodes: built.nodes,
        roots: built.roots,
        comments: built.comments,
        problems,
        aliases: built.aliases,
        recovered,
        may_lack_names,
        blanked,
        origins: Vec::new(),
        replaced: HashMap::new(),
    }
}

/// Whether a key is there twice perhaps only because the line that began another mapping was blanked.
fn is_doubtful(problem: &Problem, repair: &Recovered) -> bool {
    let ProblemKind::DuplicateKey(first) = problem.kind else {
        return false;
    };
    let between = first.end() as usize..problem.range.start() as usize;
    repair
        .blanked
        .iter()
        .any(|line| between.contains(&line.start))
}
