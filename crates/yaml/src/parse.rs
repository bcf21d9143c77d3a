//! From text to tree, whatever the text.

use std::collections::HashMap;

use pipewright_source::FileId;

use crate::build::build;
use crate::decode::Source;
use crate::recover::{Recovered, recover};
use crate::{Problem, ProblemKind, Tree, colon, message};

/// Reads a YAML or JSON file. Never fails: what is wrong stands in [`Tree::problems`], and the tree holds everything
/// that could be read around it.
///
/// Time and memory grow linearly with the text, within the limits of [`limits`](crate::limits). Texts of 4 GiB and more
/// have no valid offsets and must be refused by the caller.
///
/// ```
/// use pipewright_source::FileId;
/// let tree = pipewright_yaml::parse(FileId(0), "pipeline:\n  name: \"Build \\u0026 test\"\n");
/// let pipeline = tree.find(tree.roots()[0], "pipeline").expect("the key is there");
/// let name = tree.find(pipeline, "name").expect("the key is there");
/// assert_eq!(tree.text(name), Some("Build & test"));
/// ```
pub fn parse(file: FileId, text: &str) -> Tree {
    let mut built = build(Source::new(text));
    let mut problems = Vec::new();
    let mut recovered = false;
    if let Some(failure) = built.failure.take() {
        let repair = recover(text, failure);
        built = build(Source::repaired(text, &repair.masked, &repair.blanked));
        built
            .problems
            .retain(|problem| !is_doubtful(problem, &repair));
        recovered = repair.gave_up || !repair.blanked.is_empty();
        problems = repair.problems;
    }
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
