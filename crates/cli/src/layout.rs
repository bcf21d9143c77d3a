//! How to lay out what people read.

use textwrap::{Options, WordSeparator, WordSplitter};

use crate::colour::Palette;

/// Nobody reads prose in wider lines.
const PROSE_COLUMNS: usize = 100;

/// How to lay out what people read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// Colours, or none.
    pub(crate) palette: Palette,
    /// Columns of the screen.
    pub(crate) columns: usize,
    /// Whether characters beyond ASCII are drawn.
    pub(crate) unicode: bool,
}

impl Layout {
    /// The columns of a paragraph.
    pub(crate) fn prose_columns(self) -> usize {
        self.columns.min(PROSE_COLUMNS)
    }

    /// Stands between a node and one inside it.
    pub(crate) const fn deeper(self) -> &'static str {
        if self.unicode { " › " } else { " > " }
    }

    /// What stands in front of a member of a tree, of the last one, and of what is in one that is not the last.
    pub(crate) const fn branches(self) -> [&'static str; 3] {
        if self.unicode {
            ["├─ ", "└─ ", "│  "]
        } else {
            ["|- ", "`- ", "|  "]
        }
    }

    /// Stands for what was cut away.
    pub(crate) const fn cut(self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }
}

/// How prose is wrapped everywhere: words stay whole, because names and expressions are copied from the screen.
pub(crate) fn wrapping<'a>(columns: usize) -> Options<'a> {
    Options::new(columns)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
}
