//! The scalars of a file that are written on several lines: a comment on the line where one begins speaks for all of
//! it, as most of them can hold no comment themselves.

use pipewright_source::{LineIndex, TextRange};
use pipewright_yaml::ScalarStyle;

use crate::rule_context::RuleContext;

/// The lines of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct LongScalar {
    /// The line on which it begins: that of `|` or `>`, or of its first letter or quote.
    pub(crate) header: u32,
    /// The last line of its content.
    last: u32,
    /// Whether a comment may stand at the end of the first line.
    pub(crate) has_header: bool,
}

/// All of a file, in order.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct LongScalars(Vec<LongScalar>);

impl LongScalars {
    pub(crate) fn of(context: RuleContext<'_>) -> Self {
        let (tree, text) = (context.tree(), context.file.text());
        let lines = context.file.line_index();
        let scalars = tree.scalars().filter_map(|(id, scalar)| {
            let has_header = matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded);
            let is_own = tree.file_of(id) == context.analysis.file();
            is_own.then(|| long_scalar(text, lines, tree.raw(id).range, has_header))?
        });
        let mut scalars: Vec<LongScalar> = scalars.collect();
        scalars.sort_by_key(|scalar| (scalar.header, scalar.last));
        Self(scalars)
    }

    /// The one that a line belongs to, if it does.
    pub(crate) fn around(&self, line: u32) -> Option<LongScalar> {
        let begun = self.0.partition_point(|scalar| scalar.header <= line);
        let scalar = *self.0[..begun].last()?;
        (line <= scalar.last).then_some(scalar)
    }

    /// The last line of the one that begins on a line, or that line.
    pub(crate) fn last_of(&self, line: u32) -> u32 {
        let begun = self.0.partition_point(|scalar| scalar.header <= line);
        let last = self.0[..begun].last();
        let beginning = last.filter(|scalar| scalar.header == line);
        beginning.map_or(line, |scalar| scalar.last)
    }
}

fn long_scalar(
    text: &str,
    lines: &LineIndex,
    range: TextRange,
    has_header: bool,
) -> Option<LongScalar> {
    let last = lines.line(range.end().saturating_sub(1).max(range.start()));
    let header = if has_header {
        let before = text[..range.start() as usize].trim_end();
        lines.line(TextRange::of(before.len(), before.len()).start())
    } else {
        lines.line(range.start())
    };
    (header < last).then_some(LongScalar {
        header,
        last,
        has_header,
    })
}
