//! Edits of a file as YAML, which keep its styles, comments and layout. Line breaks that an edit adds are `\n`.

mod insert;
mod lines;
mod scalar;

use pipewright_source::{Edit, Span, TextRange};

use crate::{NodeId, NodeKind, Tree};

pub use insert::New;

/// Makes edits of one file.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'a> {
    tree: &'a Tree,
    text: &'a str,
}

impl<'a> Editor<'a> {
    /// Edits the file that `tree` was read from, which holds `text`.
    pub const fn new(tree: &'a Tree, text: &'a str) -> Self {
        Self { tree, text }
    }

    fn edit(self, range: TextRange, replacement: impl Into<String>) -> Edit {
        Edit {
            span: Span::new(self.tree.file(), range),
            replacement: replacement.into(),
        }
    }

    fn insertion(self, at: usize, text: impl Into<String>) -> Edit {
        self.edit(TextRange::of(at, at), text)
    }

    /// The bytes of a node of this file, aliases followed; `None` for one that was written in another.
    fn own_range(self, id: NodeId) -> Option<TextRange> {
        let id = self.tree.target(id);
        (self.tree.file_of(id) == self.tree.file()).then(|| self.tree.raw(id).range)
    }

    /// Whether the node at `range` stands inside brackets or braces.
    pub fn is_in_flow(self, range: TextRange) -> bool {
        let root = self.tree.root_around(range).map(|(_, root)| root);
        let parts = self.tree.parts_around(range).map(crate::Part::node);
        let mut around = root.into_iter().chain(parts);
        around.any(|id| {
            let node = self.tree.raw(id);
            let is_scalar = matches!(node.kind, NodeKind::Scalar(_));
            let begins_flow = || node.range.slice(self.text).starts_with(['[', '{']);
            !is_scalar && node.range != range && begins_flow()
        })
    }

    /// The line around a byte, up to that byte.
    fn line_before(self, at: usize) -> &'a str {
        let before = &self.text[..at];
        let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        &before[start..]
    }
}

/// So many blanks.
fn blanks(count: usize) -> String {
    " ".repeat(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with edits, which do not overlap.
    pub(super) fn with(text: &str, edits: &[Edit]) -> String {
        let mut edits: Vec<&Edit> = edits.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.range.start()));
        let mut text = text.to_owned();
        for edit in edits {
            text.replace_range(edit.span.range.to_usize(), &edit.replacement);
        }
        text
    }
}
