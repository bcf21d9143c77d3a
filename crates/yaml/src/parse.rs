//! From text to tree, whatever the text.

use std::collections::HashMap;
use std::ops::Range;

use pipewright_source::{FileId, TextRange};

use crate::build::{Built, build, build_by_parser};
use crate::decode::Source;
use crate::events::Failure;
use crate::flow_cut::{in_scalars, may_be_cut};
use crate::lost_names::may_name;
use crate::outline::Outlines;
use crate::recover::{Recovered, recover, recover_without, unexplained};
use crate::{Problem, ProblemKind, Tree, colon, message, plain};

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
    parse_or_without(file, text, |_| None)
}

/// [`parse`], but where the parser first stops `lines` is asked, with what is wrong there: the lines that it gives are
/// left out, as by [`parse_without`], and nothing else is tried. It is not asked where this crate knows the mistake: an
/// expression that is cut in two, a colon without quotes, a text that is indented too little.
///
/// ```
/// use pipewright_source::FileId;
/// let text = "a: 1\n%{ if x }\nb: 2\n";
/// let tree = pipewright_yaml::parse_or_without(FileId(0), text, |problem| {
///     (problem.range.start() == 5).then(|| vec![5..14])
/// });
/// assert!(tree.recovered() && tree.problems().is_empty());
/// ```
pub fn parse_or_without(
    file: FileId,
    text: &str,
    lines: impl FnOnce(&Problem) -> Option<Vec<Range<usize>>>,
) -> Tree {
    if let Some(built) = plain::read(Source::new(text)) {
        return by_lines(file, text, built);
    }
    match by_parser(text) {
        Ok(built) => made_whole(file, text, built),
        Err((outlines, failure)) => {
            let problem = unexplained(text, &outlines, &failure);
            match problem.as_ref().and_then(lines) {
                Some(lines) => parse_without(file, text, lines),
                None => repaired(file, text, recover(text, outlines, failure)),
            }
        }
    }
}

/// The tree of a text that was read line by line.
fn by_lines(file: FileId, text: &str, built: Built) -> Tree {
    if built.nodes.iter().any(|node| may_be_cut(text, node)) {
        return made_whole(file, text, built);
    }
    let tree = finished(file, text, built, None);
    Tree {
        is_ordinary: tree.problems.is_empty(),
        ..tree
    }
}

/// The tree of a text that is YAML, the expressions in one piece that are cut in two.
fn made_whole(file: FileId, text: &str, built: Built) -> Tree {
    if in_scalars(text, &built.nodes).is_empty() {
        finished(file, text, built, None)
    } else {
        repaired(file, text, Recovered::of(text))
    }
}

/// Builds the nodes of a text that is not read line by line, or tells where it stops to be YAML. Where most of it is
/// plain lines, the parser reads only the rest to find that place.
fn by_parser(text: &str) -> Result<Built, (Outlines, Failure)> {
    let mut outlines = Outlines::default();
    outlines.advance(text, text.len());
    let failure = (outlines.end() > text.len() / 4 * 3)
        .then(|| outlines.probe(text))
        .flatten();
    if let Some(failure) = failure {
        return Err((outlines, failure));
    }
    let mut built = build_by_parser(Source::new(text));
    match built.failure.take() {
        Some(failure) => Err((outlines, failure)),
        None => Ok(built),
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
        is_ordinary: false,
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
