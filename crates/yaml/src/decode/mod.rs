//! Decodes the bytes of a scalar once more to know where each piece of its value came from.
//!
//! The parser's value decides. If decoding here gives anything else, the map degrades to the whole scalar, so that a
//! place is sometimes coarse and never wrong.

mod block;
mod flow;
mod recorder;

use std::borrow::Cow;

use pipewright_source::{OffsetMap, Segment, TextRange};

use crate::{Scalar, ScalarStyle};

/// A scalar as the parser gave it.
pub(crate) struct Parsed<'t> {
    pub(crate) value: Cow<'t, str>,
    pub(crate) style: ScalarStyle,
    /// The bytes the parser names.
    pub(crate) range: TextRange,
    /// The end of what came before: a block scalar's header stands between it and `range`.
    pub(crate) after: u32,
}

/// What the file says and what the parser reads of it.
#[derive(Clone, Copy)]
pub(crate) struct Source<'t> {
    original: &'t str,
    masked: Option<&'t str>,
}

impl<'t> Source<'t> {
    /// A file as it is.
    pub(crate) fn new(original: &'t str) -> Self {
        Self {
            original,
            masked: None,
        }
    }

    /// A file of which the parser reads a copy of the same length, with other ASCII characters where it is not YAML.
    pub(crate) fn masked(original: &'t str, masked: &'t str) -> Self {
        debug_assert_eq!(original.len(), masked.len());
        Self {
            original,
            masked: Some(masked),
        }
    }

    /// What the parser reads.
    pub(crate) fn read(&self) -> &'t str {
        self.masked.unwrap_or(self.original)
    }
}

/// The scalar with its map, and the bytes it was written in.
pub(crate) fn scalar(source: Source<'_>, parsed: &Parsed<'_>) -> (Scalar, TextRange) {
    let style = parsed.style;
    let (value, map, range) = decode(source.read(), parsed);
    if source.masked.is_none() {
        return (Scalar { value, style, map }, range);
    }
    let (value, map, range) = unmask(source.original, value, map, range);
    (Scalar { value, style, map }, range)
}

fn decode(text: &str, parsed: &Parsed<'_>) -> (Box<str>, OffsetMap, TextRange) {
    let Parsed {
        value,
        style,
        range,
        after,
    } = parsed;
    let (style, range) = (*style, *range);
    let decoded = match style {
        // An absent value is `~` to the parser.
        ScalarStyle::Plain if range.is_empty() => {
            return ("".into(), OffsetMap::Identity(range.start()), range);
        }
        ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
            let quote = u32::from(style != ScalarStyle::Plain);
            let inner = TextRange::new(range.start() + quote, range.end().saturating_sub(quote));
            if inner.slice(text) == value {
                return ((&**value).into(), OffsetMap::Identity(inner.start()), range);
            }
            let (decoded, map) = flow::decode(text, inner, style).finish();
            (decoded == *value).then_some((decoded, map, range))
        }
        ScalarStyle::Literal | ScalarStyle::Folded => {
            block::decode(text, range.start(), *after, style, value)
        }
    };
    match decoded {
        Some((value, map, range)) => (value.into(), map, range),
        None => ((&**value).into(), OffsetMap::Whole(range), range),
    }
}

/// Puts back into a value what the file says where the parser read a mask.
fn unmask(
    original: &str,
    value: Box<str>,
    map: OffsetMap,
    range: TextRange,
) -> (Box<str>, OffsetMap, TextRange) {
    let segments = match &map {
        OffsetMap::Identity(start) => {
            let whole = TextRange::of(0, value.len());
            vec![Segment {
                decoded: whole,
                source: whole.shift(*start),
                verbatim: true,
            }]
        }
        OffsetMap::Segments(segments) => segments.clone(),
        OffsetMap::Whole(_) => return (value, map, range),
    };
    let mut written = String::with_capacity(value.len());
    for segment in segments {
        let piece = if segment.verbatim {
            original.get(segment.source.to_usize())
        } else {
            Some(segment.decoded.slice(&value))
        };
        let Some(piece) = piece else {
            // A mask of blanks may be cut where the file has the middle of a character.
            let range = widen(original, range);
            return (value, OffsetMap::Whole(range), range);
        };
        written.push_str(piece);
    }
    (written.into(), map, range)
}

fn widen(text: &str, range: TextRange) -> TextRange {
    let (mut start, mut end) = (range.start() as usize, range.end() as usize);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    TextRange::of(start, end)
}
