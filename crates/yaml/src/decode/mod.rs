//! Decodes the bytes of a scalar once more to know where each piece of its value came from.
//!
//! The parser's value decides. If decoding here gives anything else, the map degrades to the whole scalar, so that a
//! place is sometimes coarse and never wrong.

mod block;
mod flow;
mod recorder;
mod repaired;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use pipewright_source::{OffsetMap, TextRange};

use crate::{Scalar, ScalarStyle};

pub(crate) use block::block_text;

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
    repaired: Option<(&'t str, &'t [Range<usize>])>,
}

impl<'t> Source<'t> {
    /// A file as it is.
    pub(crate) fn new(original: &'t str) -> Self {
        Self {
            original,
            repaired: None,
        }
    }

    /// A file of which the parser reads a copy of the same length: `blanked` is blank there, and single ASCII
    /// characters may be others.
    pub(crate) fn repaired(original: &'t str, copy: &'t str, blanked: &'t [Range<usize>]) -> Self {
        debug_assert_eq!(original.len(), copy.len());
        Self {
            original,
            repaired: Some((copy, blanked)),
        }
    }

    /// What the parser reads.
    pub(crate) fn read(&self) -> &'t str {
        self.repaired.map_or(self.original, |(copy, _)| copy)
    }

    fn is_as_written(&self, copy: &str, range: TextRange) -> bool {
        let range = range.to_usize();
        self.original.as_bytes().get(range.clone()) == copy.as_bytes().get(range)
    }

    /// A scalar as the file has it, of what was read, and the bytes it was written in.
    pub(crate) fn scalar(
        self,
        value: Arc<str>,
        style: ScalarStyle,
        map: OffsetMap,
        range: TextRange,
    ) -> (Scalar, TextRange) {
        let (value, map, range) = match self.repaired {
            None => (value, map, range),
            // Most of a file needs no repair.
            Some((copy, _)) if self.is_as_written(copy, range) => (value, map, range),
            Some((_, blanked)) => repaired::restore(self.original, blanked, value, map, range),
        };
        (Scalar { value, style, map }, range)
    }
}

/// The scalar with its map, and the bytes it was written in.
pub(crate) fn scalar(source: Source<'_>, parsed: &Parsed<'_>) -> (Scalar, TextRange) {
    let (value, map, range) = decode(source.read(), parsed);
    source.scalar(value, parsed.style, map, range)
}

/// The text between quotes, or that of a plain scalar, with its map.
pub(crate) fn flow_text(text: &str, inner: TextRange, style: ScalarStyle) -> (String, OffsetMap) {
    flow::decode(text, inner, style).finish()
}

fn decode(text: &str, parsed: &Parsed<'_>) -> (Arc<str>, OffsetMap, TextRange) {
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
            let (decoded, map) = flow_text(text, inner, style);
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
