//! From byte offsets to lines and columns and back.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memchr2_iter;

use crate::TextRange;

/// A position as people and editors count it: both numbers from 1.
///
/// What `column` counts depends on the method that made it: bytes, UTF-16 units or Unicode scalar values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineColumn {
    /// 1-based line.
    pub line: u32,
    /// 1-based column.
    pub column: u32,
}

/// Bytes between two checkpoints: columns in a line of megabytes are counted from the nearest one, not from the line's
/// start.
const CHECKPOINT_BYTES: usize = 1024;

/// How many characters begin before a byte.
#[derive(Clone, Copy, Default, Debug)]
struct Characters {
    /// In Unicode scalar values.
    scalar: u32,
    /// In UTF-16 units.
    utf16: u32,
}

impl Characters {
    /// Counts the characters that begin in `bytes` too: every byte begins one that does not continue one, and four
    /// bytes in UTF-8 are two units in UTF-16.
    fn and(mut self, bytes: &[u8]) -> Self {
        if bytes.is_ascii() {
            let count = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            self.scalar += count;
            self.utf16 += count;
            return self;
        }
        for &byte in bytes {
            let begins = u32::from(byte & 0xC0 != 0x80);
            self.scalar += begins;
            self.utf16 += begins + u32::from(byte >= 0xF0);
        }
        self
    }
}

/// The characters before each checkpoint.
fn checkpoints(bytes: &[u8]) -> Vec<Characters> {
    let mut counted = vec![Characters::default()];
    for chunk in bytes.chunks(CHECKPOINT_BYTES) {
        let before = counted.last().copied().unwrap_or_default();
        counted.push(before.and(chunk));
    }
    counted
}

/// The beginnings of lines behind the line breaks that end in a range.
fn starts_in(bytes: &[u8], range: Range<usize>) -> impl Iterator<Item = u32> {
    let first = range.start;
    let breaks = memchr2_iter(b'\n', b'\r', &bytes[range]);
    breaks.filter_map(move |offset| {
        let at = first + offset;
        let is_end = bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        is_end.then(|| u32::try_from(at + 1).unwrap_or(u32::MAX))
    })
}

/// The beginnings of the lines of one text.
///
/// A line ends after `\n`, after `\r\n`, and after a lone `\r`, as in YAML.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
    /// The characters before byte 0, [`CHECKPOINT_BYTES`], twice that, and so on; counted when a column is asked for.
    checkpoints: OnceLock<Vec<Characters>>,
}

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(starts_in(bytes, 0..bytes.len()));
        Self {
            starts,
            length: u32::try_from(text.len()).unwrap_or(u32::MAX),
            checkpoints: OnceLock::new(),
        }
    }

    /// The index of `text`, which was made of the text of this index: `new` bytes stand where those of `replaced` did.
    pub(crate) fn edited(&self, text: &str, replaced: TextRange, new: u32) -> Self {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let (Some(end), true) = (replaced.start().checked_add(new), length < u32::MAX) else {
            return Self::new(text);
        };
        // A `\r` and a `\n` may meet at an end of the edit, or be parted.
        let line = self
            .starts
            .partition_point(|start| *start <= replaced.start());
        let kept = line.saturating_sub(1).max(1);
        let from = self.starts[kept - 1];
        let behind = self
            .starts
            .partition_point(|start| *start <= replaced.end().saturating_add(1));
        let mut starts = Vec::with_capacity(self.starts.len() + 1);
        starts.extend(&self.starts[..kept]);
        let again = from as usize..text.len().min(end as usize + 1);
        starts.extend(starts_in(text.as_bytes(), again));
        let moved = self.starts[behind..].iter();
        starts.extend(moved.map(|start| start - replaced.end() + end));
        Self {
            starts,
            length,
            checkpoints: OnceLock::new(),
        }
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// The 1-based line of `offset`; offsets beyond the text belong to the last line.
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|&start| start <= offset)).unwrap_or(u32::MAX)
    }

    /// The byte at which the 1-based `line` begins, if there is such a line.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.starts.get((line as usize).checked_sub(1)?).copied()
    }

    /// Line and column of `offset`, the column in bytes.
    pub fn utf8(&self, offset: u32) -> LineColumn {
        let line = self.line(offset);
        let start = self.line_start(line).unwrap_or(0);
        LineColumn {
            line,
            column: offset.min(self.length) - start + 1,
        }
    }

    /// Line and column of `offset` in `text` (the text of this index), the column in Unicode scalar values.
    pub fn scalar(&self, text: &str, offset: u32) -> LineColumn {
        self.counted(text, offset, |characters| characters.scalar)
    }

    /// Line and column of `offset` in `text` (the text of this index), the column in UTF-16 units.
    pub fn utf16(&self, text: &str, offset: u32) -> LineColumn {
        self.counted(text, offset, |characters| characters.utf16)
    }

    fn counted(&self, text: &str, offset: u32, unit: impl Fn(Characters) -> u32) -> LineColumn {
        let LineColumn { line, .. } = self.utf8(offset);
        let start = self.line_start(line).unwrap_or(0) as usize;
        let mut end = offset.min(self.length) as usize;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = |end: usize| unit(self.characters_before(text, end));
        LineColumn {
            line,
            column: 1 + before(end).saturating_sub(before(start)),
        }
    }

    /// The characters that begin before byte `end` of `text`.
    fn characters_before(&self, text: &str, end: usize) -> Characters {
        let checkpoint = end / CHECKPOINT_BYTES;
        let checkpoints = self
            .checkpoints
            .get_or_init(|| checkpoints(text.as_bytes()));
        let counted = checkpoints.get(checkpoint);
        let rest = text.as_bytes().get(checkpoint * CHECKPOINT_BYTES..end);
        counted
            .copied()
            .unwrap_or_default()
            .and(rest.unwrap_or(&[]))
    }

    /// The byte offset of a 1-based line and a 1-based column in Unicode scalar values;
    /// a column beyond the line gives the line's end. `None` where there is no such line.
    pub fn offset_of_scalar(&self, text: &str, at: LineColumn) -> Option<u32> {
        self.offset_counted(text, at, |_| 1)
    }

    /// The same with the column in bytes; one within a character gives its end.
    pub fn offset_of_utf8(&self, text: &str, at: LineColumn) -> Option<u32> {
        self.offset_counted(text, at, |c| u32::try_from(c.len_utf8()).unwrap_or(4))
    }

    /// The same with the column in UTF-16 units.
    pub fn offset_of_utf16(&self, text: &str, at: LineColumn) -> Option<u32> {
        self.offset_counted(text, at, |c| if u32::from(c) > 0xFFFF { 2 } else { 1 })
    }

    fn offset_counted(
        &self,
        text: &str,
        at: LineColumn,
        width: impl Fn(char) -> u32,
    ) -> Option<u32> {
        let start = self.line_start(at.line)?;
        let end = self.line_start(at.line + 1).unwrap_or(self.length);
        let line = text
            .get(start as usize..end as usize)?
            .trim_end_matches(['\n', '\r']);
        let mut column = 1;
        for (byte, c) in line.char_indices() {
            if column >= at.column {
                return Some(start + u32::try_from(byte).ok()?);
            }
            column += width(c);
        }
        Some(start + u32::try_from(line.len()).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_text_has_the_lines_of_a_new_one() {
        let texts = ["a\r\nb\rc\n\nd\r\n", "\n\r\n\r", "a", ""];
        for text in texts {
            let index = LineIndex::new(text);
            for start in 0..=text.len() {
                for end in start..=text.len() {
                    for new in ["", "x", "\n", "\r", "\r\n", "x\n\ry\r"] {
                        let edited = [&text[..start], new, &text[end..]].concat();
                        let length = u32::try_from(new.len()).unwrap();
                        let made = index.edited(&edited, TextRange::of(start, end), length);
                        let read = LineIndex::new(&edited);
                        assert_eq!(made.starts, read.starts, "{text:?} to {edited:?}");
                        assert_eq!(made.length, read.length);
                    }
                }
            }
        }
    }

    #[test]
    fn columns_in_three_units() {
        let text = "a: 1\r\nb: 😀<+x>\rc\n";
        let index = LineIndex::new(text);
        let at = u32::try_from(text.find("<+").unwrap()).unwrap();
        assert_eq!(index.utf8(at), LineColumn { line: 2, column: 8 });
        assert_eq!(index.utf16(text, at), LineColumn { line: 2, column: 6 });
        assert_eq!(index.scalar(text, at), LineColumn { line: 2, column: 5 });
        assert_eq!(index.line_count(), 4);
        assert_eq!(index.line(u32::MAX), 4);
        assert_eq!(
            index.offset_of_scalar(text, LineColumn { line: 2, column: 5 }),
            Some(at)
        );
        assert_eq!(
            index.offset_of_utf16(text, LineColumn { line: 2, column: 6 }),
            Some(at)
        );
        assert_eq!(
            index.offset_of_utf8(text, LineColumn { line: 2, column: 8 }),
            Some(at)
        );
        assert_eq!(
            index.offset_of_scalar(
                text,
                LineColumn {
                    line: 1,
                    column: 99
                }
            ),
            Some(4)
        );
        assert_eq!(
            index.offset_of_scalar(text, LineColumn { line: 9, column: 1 }),
            None
        );
    }

    #[test]
    fn columns_beyond_checkpoints_count_from_the_line() {
        let text = "é😀a".repeat(CHECKPOINT_BYTES) + "\n" + &"😀".repeat(CHECKPOINT_BYTES);
        let index = LineIndex::new(&text);
        for (at, _) in text.char_indices() {
            let start = text[..at]
                .rfind('\n')
                .map_or(0, |line_break| line_break + 1);
            let before = &text[start..at];
            let offset = u32::try_from(at).unwrap();
            let scalar = u32::try_from(before.chars().count()).unwrap();
            let utf16 = u32::try_from(before.encode_utf16().count()).unwrap();
            assert_eq!(index.scalar(&text, offset).column, 1 + scalar);
            assert_eq!(index.utf16(&text, offset).column, 1 + utf16);
        }
    }

    #[test]
    fn an_offset_inside_a_character_counts_as_its_start() {
        let text = "😀";
        let index = LineIndex::new(text);
        assert_eq!(index.scalar(text, 2), LineColumn { line: 1, column: 1 });
    }
}
