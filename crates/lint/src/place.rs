//! Where a finding stands, told so that lines may move: by the path through the file's YAML and the expression it is
//! in.

use std::collections::HashMap;

use pipewright_analysis::Snapshot;
use pipewright_source::{Diagnostic, FileId, TextRange};
use pipewright_syntax::Island;
use pipewright_yaml::{NodeId, Part, Resolved, Tree};

use crate::{Analysis, Text};

/// The longest text that is kept, in characters.
const LONGEST_TEXT: usize = 400;

/// The place of a finding in its file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// The keys from the root of the file, with a `.` between them. An element of a list has its identifier or name in
    /// brackets, where it has one, otherwise its number: `pipeline.stages[Build].stage.type`.
    pub path: String,
    /// The outermost expression around the finding, or what it marks where there is none, as it reads whatever the
    /// quotes and line breaks of the file, with one blank for each run of blanks. Of a part of a
    /// mapping, the key that the part begins with.
    pub text: String,
}

/// Where the findings in a snapshot stand. Keeps what it looked up in a file for the next finding.
#[derive(Debug)]
pub struct Places<'s> {
    snapshot: &'s Snapshot,
    /// The texts of each file by their scalars.
    texts: HashMap<FileId, HashMap<NodeId, &'s Text>>,
}

impl<'s> Places<'s> {
    /// The places of findings that were found in this snapshot.
    pub fn new(snapshot: &'s Snapshot) -> Self {
        Self {
            snapshot,
            texts: HashMap::new(),
        }
    }

    /// The place of a finding.
    pub fn place(&mut self, finding: &Diagnostic) -> Place {
        let (id, range) = (finding.span.file, finding.span.range);
        let analysis = self.snapshot.analysis(id);
        let path = analysis.map_or_else(String::new, |analysis| path(analysis.tree(), range));
        let text = analysis.and_then(|analysis| self.text_at(analysis, range));
        let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
        Place {
            path,
            text: words.join(" ").chars().take(LONGEST_TEXT).collect(),
        }
    }

    /// What a range of the file reads, as far as one text holds it.
    fn text_at(&mut self, analysis: &'s Analysis, range: TextRange) -> Option<&'s str> {
        let tree = analysis.tree();
        let node = tree.parts_around(range).last()?.node();
        // Nothing reads the same whether it is written or not.
        let is_nothing = tree.resolve(node) == Some(Resolved::Null);
        let Some(scalar) = tree.scalar(node).filter(|_| !is_nothing) else {
            let begins = |key: NodeId| tree.get(key).range.start() == range.start();
            let is_part = !range.contains_range(tree.get(node).range);
            let mut entries = tree.entries(node).iter().filter(|_| is_part);
            let key = entries.find(|entry| begins(entry.key))?.key;
            return tree.text(key);
        };
        let around = self.expression_around(analysis, node, range);
        let decoded = around.or_else(|| scalar.map.decoded(range));
        let within = |range: TextRange| {
            let end = (range.end() as usize).min(scalar.value.len());
            scalar.value.get(range.start() as usize..end)
        };
        decoded.and_then(within).or(Some(&scalar.value))
    }

    /// The outermost expression that a range of the file stands in, in the text of its scalar.
    fn expression_around(
        &mut self,
        analysis: &'s Analysis,
        scalar: NodeId,
        range: TextRange,
    ) -> Option<TextRange> {
        let tree = analysis.tree();
        let texts = self.texts.entry(analysis.file()).or_insert_with(|| {
            let texts = analysis.texts().iter();
            texts.map(|text| (text.scalar, text)).collect()
        });
        let text = texts.get(&scalar)?;
        let written = |island: &Island| tree.cover_of(text.scalar, island.range).range;
        let islands = &text.template().islands;
        let begun = islands.partition_point(|island| written(island).start() <= range.start());
        let parent = |island: &&Island| island.parent.and_then(|id| text.template().get(id));
        let inner = islands[..begun].last();
        let around = std::iter::successors(inner, parent).last()?;
        let holds = written(around).contains_range(range);
        holds.then_some(around.range)
    }
}

fn path(tree: &Tree, range: TextRange) -> String {
    let mut path = String::new();
    if tree.roots().len() > 1
        && let Some((document, _)) = tree.root_around(range)
    {
        path = format!("[{document}]");
    }
    for part in tree.parts_around(range) {
        match part {
            Part::Key(entry) | Part::Value(entry) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(tree.text(entry.key).unwrap_or_default());
            }
            Part::Item(number, item) => {
                let name = item_name(tree, item);
                let name = name.map_or_else(|| number.to_string(), str::to_owned);
                path.extend(["[", &name, "]"]);
            }
        }
    }
    path
}

/// What an element of a list is called, itself or as the one thing in it: `- stage: { identifier: Build }`.
///
/// `None` where it has neither identifier nor name.
pub fn item_name(tree: &Tree, item: NodeId) -> Option<&str> {
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
