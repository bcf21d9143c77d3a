//! The places of a text that may open or close an island.
//!
//! `grammar/template.pest` says which they are. They are found by looking for their bytes, which takes a hundredth of
//! what a parser takes; the grammar is held against that over made texts.

use pest::Parser as _;

use crate::grammar::template::{Rule, TemplateParser};

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
    bytes: &'t [u8],
    /// Up to where the text is read.
    read: usize,
    /// How many islands are open.
    open: usize,
}

impl<'t> Marks<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            read: 0,
            open: 0,
        }
    }
}

impl Iterator for Marks<'_> {
    type Item = Mark;

    fn next(&mut self) -> Option<Mark> {
        loop {
            let rest = self.bytes.get(self.read..)?;
            let length = match self.open {
                0 => memchr::memchr(b'<', rest)?,
                _ => memchr::memchr2(b'<', b'>', rest)?,
            };
            let at = self.read + length;
            self.read = at + 1;
            if self.bytes[at] == b'>' {
                let before = self.bytes[..at].iter().rev();
                let backslashes = before.take_while(|byte| **byte == b'\\').count();
                if backslashes == 0 {
                    self.open -= 1;
                }
                let kind = MarkKind::Close(backslashes);
                return Some(Mark { at, kind });
            }
            if self.bytes.get(at + 1) == Some(&b'+') {
                self.read = at + 2;
                self.open += 1;
                let kind = MarkKind::Open;
                return Some(Mark { at, kind });
            }
        }
    }
}

/// All marks of a text as the grammar has them, with each `>` where no island is open.
pub(crate) fn marks_of_grammar(text: &str) -> Vec<Mark> {
    let Ok(pairs) = TemplateParser::parse(Rule::template, text) else {
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
            _ => return None,
        };
        Some(Mark { at, kind })
    });
    found.collect()
}

/// Holds the marks of a text against the grammar.
///
/// # Panics
/// Where they differ.
pub(crate) fn check_marks(text: &str) {
    let mut open = 0_usize;
    let mut expected = marks_of_grammar(text);
    expected.retain(|mark| {
        let counts = open > 0 || mark.kind == MarkKind::Open;
        match mark.kind {
            MarkKind::Open => open += 1,
            MarkKind::Close(backslashes) => open -= usize::from(counts && backslashes == 0),
        }
        counts
    });
    let found: Vec<Mark> = Marks::of(text).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fuzzing::{Bytes, Words, made_template};

    proptest! {
        #[test]
        fn marks_are_those_of_the_grammar(
            parts in prop::collection::vec("<|<\\+|>|\\\\|é|a|\\+| ", 0..80),
        ) {
            check_marks(&parts.concat());
        }

        #[test]
        fn marks_of_made_texts_are_those_of_the_grammar(data in prop::collection::vec(any::<u8>(), 0..400)) {
            check_marks(&made_template(Words::default(), &mut Bytes::new(&data)));
        }
    }
}
