//! The places of a text that may open or close an island, read piece by piece.

use std::vec::IntoIter;

use pest::Parser as _;

use crate::grammar::template::{Rule, TemplateParser};

/// How many bytes are parsed at a time, and on to where no mark is cut in two. What the parser notes of a piece takes
/// some hundred times its bytes.
const PIECE: usize = 16 * 1024;

/// A place that may open or close an island.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    /// Where the `<+` begins, or where the `>` stands.
    pub(crate) at: usize,
    pub(crate) kind: MarkKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MarkKind {
    Open,
    /// `>` after this many backslashes.
    Close(usize),
}

/// The marks of a text from left to right, but for each `>` where no island is open.
pub(crate) struct Marks<'t> {
    text: &'t str,
    /// How many bytes a piece has at least, but the last.
    piece: usize,
    /// Up to where the text is read.
    read: usize,
    found: IntoIter<Mark>,
    /// How many islands are open.
    open: usize,
}

impl<'t> Marks<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self::in_pieces(text, PIECE)
    }

    fn in_pieces(text: &'t str, piece: usize) -> Self {
        Self {
            text,
            piece,
            read: 0,
            found: Vec::new().into_iter(),
            open: 0,
        }
    }

    /// Where the next piece stands; `None` if there is no mark any more.
    fn next_piece(&self) -> Option<(usize, usize)> {
        let rest = self.text.get(self.read..)?;
        let plain = match self.open {
            0 => memchr::memmem::find(rest.as_bytes(), b"<+")?,
            _ => memchr::memchr2(b'<', b'>', rest.as_bytes())?,
        };
        let start = self.read + rest.get(..plain)?.trim_end_matches('\\').len();
        Some((start, self.end_of_piece(start + self.piece)))
    }

    /// The first place from `wanted` on where no mark is cut in two.
    fn end_of_piece(&self, wanted: usize) -> usize {
        let begins_a_mark = |at: usize| matches!(self.text.as_bytes()[at - 1], b'<' | b'\\');
        (wanted..self.text.len())
            .find(|at| self.text.is_char_boundary(*at) && !begins_a_mark(*at))
            .unwrap_or(self.text.len())
    }
}

impl Iterator for Marks<'_> {
    type Item = Mark;

    fn next(&mut self) -> Option<Mark> {
        loop {
            for mark in self.found.by_ref() {
                match mark.kind {
                    MarkKind::Close(_) if self.open == 0 => continue,
                    MarkKind::Close(0) => self.open -= 1,
                    MarkKind::Close(_) => {}
                    MarkKind::Open => self.open += 1,
                }
                return Some(mark);
            }
            let (start, end) = self.next_piece()?;
            self.found = marks_of_piece(self.text.get(start..end)?, start).into_iter();
            self.read = end;
        }
    }
}

/// All marks of a piece that begins at `start`.
pub(crate) fn marks_of_piece(piece: &str, start: usize) -> Vec<Mark> {
    let Ok(pairs) = TemplateParser::parse(Rule::template, piece) else {
        return Vec::new();
    };
    let found = pairs.flatten().filter_map(|pair| {
        let span = pair.as_span();
        let (at, kind) = match pair.as_rule() {
            Rule::open => (span.start(), MarkKind::Open),
            Rule::close => (
                span.end() - 1,
                MarkKind::Close(span.end() - span.start() - 1),
            ),
            Rule::template | Rule::text | Rule::EOI => return None,
        };
        Some(Mark {
            at: start + at,
            kind,
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fuzzing::{Bytes, Words, made_template};

    /// The marks of a text that is read as a whole.
    fn marks_of_whole(text: &str) -> Vec<Mark> {
        let mut open = 0_usize;
        let mut marks = marks_of_piece(text, 0);
        marks.retain(|mark| {
            let counts = open > 0 || mark.kind == MarkKind::Open;
            match mark.kind {
                MarkKind::Open => open += 1,
                MarkKind::Close(backslashes) => open -= usize::from(counts && backslashes == 0),
            }
            counts
        });
        marks
    }

    proptest! {
        #[test]
        fn pieces_have_the_marks_of_the_whole_text(
            parts in prop::collection::vec("<|<\\+|>|\\\\|é|a|\\+| ", 0..80),
            piece in 1_usize..12,
        ) {
            let text = parts.concat();
            let pieces: Vec<Mark> = Marks::in_pieces(&text, piece).collect();
            prop_assert_eq!(pieces, marks_of_whole(&text));
        }

        #[test]
        fn pieces_of_made_texts_have_the_marks_of_the_whole(
            data in prop::collection::vec(any::<u8>(), 0..400),
            piece in 1_usize..40,
        ) {
            let text = made_template(Words::default(), &mut Bytes::new(&data));
            let pieces: Vec<Mark> = Marks::in_pieces(&text, piece).collect();
            prop_assert_eq!(pieces, marks_of_whole(&text));
        }
    }
}
