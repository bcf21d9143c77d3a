//! Byte ranges, with and without the file they belong to.

use std::ops::Range;

use crate::FileId;

/// A half-open range of byte offsets into one text: a file, a decoded scalar or an expression.
///
/// Offsets are 0-based UTF-8 bytes; `end` is exclusive and never before `start`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TextRange {
    start: u32,
    end: u32,
}

impl TextRange {
    /// The range from `start` up to, not including, `end`. An `end` before `start` gives an empty range at `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end: if end < start { start } else { end },
        }
    }

    /// The same from `usize` offsets; offsets beyond 4 GiB are cut to the largest `u32`
    /// (files are refused long before, see the size limit of the `workspace` crate).
    pub fn of(start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self::new(cut(start), cut(end))
    }

    /// An empty range at `offset`.
    pub const fn empty(offset: u32) -> Self {
        Self {
            start: offset,
            end: offset,
        }
    }

    /// First byte of the range.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// First byte after the range.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the range covers no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies inside; the end does not.
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains_range(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The range moved right by `by` bytes.
    #[must_use]
    pub const fn shift(self, by: u32) -> Self {
        Self::new(self.start.saturating_add(by), self.end.saturating_add(by))
    }

    /// As indexes for slicing.
    pub const fn to_usize(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of the range, or the empty text where the range does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.to_usize()).unwrap_or("")
    }
}

impl std::fmt::Debug for TextRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A byte range in a named file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Span {
    /// The file the range is in.
    pub file: FileId,
    /// The bytes of that file.
    pub range: TextRange,
}

impl Span {
    /// The range `range` of `file`.
    pub const fn new(file: FileId, range: TextRange) -> Self {
        Self { file, range }
    }
}
