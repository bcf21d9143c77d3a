//! The colon that ends an expression too early: `image: <+input>.default(nginx: 1.25)`.
//!
//! In a plain scalar, a colon and a blank make a key, so that the expression is cut in two. The parser's own error
//! would speak of mappings.

use std::ops::Range;

use pipewright_source::{OffsetMap, TextRange};

use crate::lines::{line_at, value_start};
use crate::open::{begins_cel, first_open, is_comparison, is_open};
use crate::{Entry, Node, NodeKind, Scalar, ScalarStyle};

/// The colons of a line that are looked at. Each may need the whole line, and a line may have as many as there are
/// bytes.
const MOST_COLONS: usize = 100;

/// A colon inside an expression in a plain scalar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct UnquotedColon {
    /// The byte of the colon.
    pub(crate) at: u32,
    /// The scalar that wants quotes.
    pub(crate) scalar: TextRange,
}

/// The colon inside an expression in a plain scalar on the line where the parser failed at `at`, if that is why.
pub(crate) fn unquoted_colon(text: &str, at: usize) -> Option<UnquotedColon> {
    let line = line_at(text, at);
    // A colon before the first expression of the line cuts none.
    let first = line.start + first_open(&text[line.clone()])?;
    let colons = text[first..line.end]
        .match_indices(": ")
        .map(|(offset, _)| first + offset);
    colons
        .take_while(|colon| *colon <= at)
        .take(MOST_COLONS)
        .find_map(|colon| cuts(text, &line, colon))
}

fn cuts(text: &str, line: &Range<usize>, colon: usize) -> Option<UnquotedColon> {
    let start = value_start(text, line.start, colon);
    let end = start + plain_end(&text[start..line.end]);
    let (before, after) = (text.get(start..colon)?, text.get(colon + 1..end)?);
    let is_plain = !before.starts_with(['"', '\'', '|', '>', '{', '[', '#', '&', '*', '!']);
    (is_plain && splits_expression(before, after)).then(|| UnquotedColon {
        at: TextRange::of(colon, colon).start(),
        scalar: TextRange::of(start, end),
    })
}

/// The mappings that came about because a colon cut an expression: `- <+input>.default(a: b)` is YAML, but a mapping
/// with the key `<+input>.default(a`.
pub(crate) fn in_keys<'n>(
    text: &'n str,
    all: &'n [Node],
) -> impl Iterator<Item = UnquotedColon> + 'n {
    let holds_expressions = first_open(text).is_some();
    let nodes = if holds_expressions { all } else { &[] };
    let entries = (0u32..).zip(nodes).flat_map(|(id, node)| {
        let entries: &[Entry] = match &node.kind {
            NodeKind::Mapping(entries) => entries,
            _ => &[],
        };
        // A merged entry is older than its mapping, and was looked at in its own.
        entries.iter().filter(move |entry| entry.key.0 > id)
    });
    entries.filter_map(|entry| {
        let (key, value) = (&all[entry.key.0 as usize], &all[entry.value.0 as usize]);
        let (before, after) = (plain_text(key)?, plain_text(value)?);
        if !splits_expression(before, after) {
            return None;
        }
        let scalar = key.range.cover(value.range);
        let between = TextRange::new(key.range.end(), value.range.start()).slice(text);
        let blanks = between.find(':').unwrap_or(0);
        let at = key.range.end() + TextRange::of(blanks, blanks).start();
        Some(UnquotedColon { at, scalar })
    })
}

pub(crate) fn plain_text(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar(Scalar {
            value,
            style: ScalarStyle::Plain,
            map: OffsetMap::Identity(_),
        }) => Some(value),
        _ => None,
    }
}

/// Whether an expression is open at the end of `before` and closed in `after`.
fn splits_expression(before: &str, after: &str) -> bool {
    is_open(before) && closes(after)
}

/// The length of the plain text without the comment and the blanks after it.
fn plain_end(text: &str) -> usize {
    text.find(" #")
        .map_or(text, |comment| &text[..comment])
        .trim_end()
        .len()
}

/// Whether `text` closes more than it opens.
fn closes(text: &str) -> bool {
    let mut depth = 0_i32;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'<' if text[at..].starts_with("<+") => depth += 1,
            b'$' if begins_cel(text.as_bytes(), at) => depth += 1,
            b'}' if text[at..].starts_with("}}") => depth -= 1,
            b'(' => depth += 1,
            b'>' if !is_comparison(text.as_bytes(), at) => depth -= 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return true;
        }
    }
    false
}
