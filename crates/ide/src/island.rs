//! The expression at the cursor.

use pipewright_analysis::{Analysis, Text};
use pipewright_source::{FileId, Span, TextRange};
use pipewright_yaml::Tree;

use crate::cursor::touches;

/// A text that holds expressions, in the file.
#[derive(Clone, Copy)]
pub(crate) struct Written<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) text: &'a Text,
    /// Its scalar, decoded.
    pub(crate) decoded: &'a str,
}

/// The texts of a file by itself.
pub(crate) fn texts(analysis: &Analysis) -> impl Iterator<Item = Written<'_>> {
    let tree = &**analysis.tree();
    analysis.texts().iter().filter_map(move |text| {
        let decoded = tree.text(text.scalar)?;
        Some(Written {
            tree,
            text,
            decoded,
        })
    })
}

/// The text in whose scalar the cursor stands.
pub(crate) fn text_at(analysis: &Analysis, file: FileId, offset: u32) -> Option<Written<'_>> {
    texts(analysis).find(|of| touches(of.tree.span(of.text.scalar), file, offset))
}

impl Written<'_> {
    /// Where a part of the decoded text stands in the file.
    pub(crate) fn cover(&self, range: TextRange) -> Span {
        self.tree.cover_of(self.text.scalar, range)
    }

    /// Whether the bytes of the file are the decoded text, so that an edit may replace them.
    pub(crate) fn is_verbatim(&self, range: TextRange) -> bool {
        let scalar = self.tree.scalar(self.text.scalar);
        scalar.is_some_and(|scalar| scalar.map.is_verbatim(range))
    }
}
