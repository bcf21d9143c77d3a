//! Where a finding stands, told so that lines may move: by the path through the file's YAML and the expression it is in.

use pipewright_analysis::Snapshot;
use pipewright_source::{Diagnostic, TextRange};
use pipewright_yaml::{NodeId, NodeKind, Tree};

use crate::Options;
use crate::rule_context::RuleContext;

/// The longest text that is kept, in characters.
const LONGEST_TEXT: usize = 400;

/// The place of a finding in its file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// The keys from the root of the file, with a `.` between them. An element of a list has its identifier or name in
    /// brackets, where it has one, otherwise its number: `pipeline.stages[Build].stage.type`.
    pub path: String,
    /// The outermost expression around the finding, or what it marks where there is none, with one blank for each run
    /// of blanks and line breaks.
    pub text: String,
}

/// The place of a finding that was found in this snapshot.
pub fn place(snapshot: &Snapshot, finding: &Diagnostic) -> Place {
    let (id, range) = (finding.span.file, finding.span.range);
    let options = Options::default();
    let context = RuleContext::alone(snapshot, id, &options);
    let path = context.map_or_else(String::new, |context| path(context.tree(), range));
    let around = context.and_then(|context| expression_around(context, range));
    let file = snapshot.source(id);
    let text = file.map_or("", |file| around.unwrap_or(range).slice(file.text()));
    let words: Vec<&str> = text.split_whitespace().collect();
    Place {
        path,
        text: words.join(" ").chars().take(LONGEST_TEXT).collect(),
    }
}

/// The outermost expression of the file's text that a range stands in.
fn expression_around(context: RuleContext<'_>, range: TextRange) -> Option<TextRange> {
    let texts = context.analysis.texts().iter();
    let mut texts =
        texts.filter(|text| context.tree().raw(text.scalar).range.contains_range(range));
    let text = texts.next()?;
    let roots = text.template().roots();
    let mut places = roots.map(|(_, island)| context.written(text.scalar, island).range);
    places.find(|place| place.contains_range(range))
}

fn path(tree: &Tree, range: TextRange) -> String {
    let mut path = String::new();
    let holds = |id: NodeId| tree.raw(id).range.contains_range(range);
    let roots = tree.roots();
    let Some(document) = roots.iter().position(|root| holds(*root)) else {
        return path;
    };
    if roots.len() > 1 {
        path = format!("[{document}]");
    }
    let mut node = roots[document];
    loop {
        match &tree.raw(node).kind {
            NodeKind::Mapping(entries) => {
                let mut entries = entries.iter();
                let Some(entry) = entries.find(|entry| holds(entry.key) || holds(entry.value))
                else {
                    return path;
                };
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(tree.text(entry.key).unwrap_or_default());
                if holds(entry.key) {
                    return path;
                }
                node = entry.value;
            }
            NodeKind::Sequence(items) => {
                let Some(place) = items.iter().position(|item| holds(*item)) else {
                    return path;
                };
                node = items[place];
                let name = name_of(tree, node);
                let name = name.map_or_else(|| place.to_string(), str::to_owned);
                path.extend(["[", &name, "]"]);
            }
            _ => return path,
        }
    }
}

/// What an element of a list is called, itself or as the one thing in it: `- stage: { identifier: Build }`.
fn name_of(tree: &Tree, item: NodeId) -> Option<&str> {
    let named = |id: NodeId| {
        let name = tree
            .find(id, "identifier")
            .or_else(|| tree.find(id, "name"))?;
        tree.text(name)
    };
    let only = match tree.entries(item) {
        [only] => Some(only.value),
        _ => None,
    };
    named(item).or_else(|| named(only?))
}
