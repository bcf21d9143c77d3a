//! From byte offsets to lines and columns and back.

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

/// The beginnings of the lines of one text.
///
/// A line ends after `\n`, after `\r\n`, and after a lone `\r`, as in YAML.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
}

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, &byte) in bytes.iter().enumerate() {
            let ends_line = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends_line {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self {
            starts,
            length: u32::try_from(text.len()).unwrap_or(u32::MAX),
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
        self.counted(text, offset, |_| 1)
    }

    /// Line and column of `offset` in `text` (the text of this index), the column in UTF-16 units.
    pub fn utf16(&self, text: &str, offset: u32) -> LineColumn {
        self.counted(text, offset, |c| if u32::from(c) > 0xFFFF { 2 } else { 1 })
    }

    fn counted(&self, text: &str, offset: u32, width: impl Fn(char) -> u32) -> LineColumn {
        let LineColumn { line, .. } = self.utf8(offset);
        let start = self.line_start(line).unwrap_or(0) as usize;
        let mut end = (offset.min(self.length)) as usize;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(start..end).unwrap_or("");
        LineColumn {
            line,
            column: 1 + before.chars().map(width).sum::<u32>(),
        }
    }

    /// The byte offset of a 1-based line and a 1-based column in Unicode scalar values;
    /// a column beyond the line gives the line's end. `None` where there is no such line.
    pub fn offset_of_scalar(&self, text: &str, at: LineColumn) -> Option<u32> {
        self.offset_counted(text, at, |_| 1)
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
    fn an_offset_inside_a_character_counts_as_its_start() {
        let text = "😀";
        let index = LineIndex::new(text);
        assert_eq!(index.scalar(text, 2), LineColumn { line: 1, column: 1 });
    }
}
