//! What columns count, as client and server agreed, and the way between positions and bytes.

use gen_lsp_types::{Position, PositionEncodingKind, Range};
use pipewright_source::{LineColumn, SourceFile, TextRange};

/// What a column counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Encoding {
    Utf8,
    /// What holds where the client does not choose.
    #[default]
    Utf16,
    Utf32,
}

impl Encoding {
    /// The best of those that the client takes: bytes need no counting.
    pub(crate) fn among(offered: &[PositionEncodingKind]) -> Self {
        let kinds = [Self::Utf8, Self::Utf32];
        let offers = |kind: &Self| offered.contains(&kind.kind());
        kinds.into_iter().find(offers).unwrap_or_default()
    }

    pub(crate) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The byte of a position. One beyond its line is the end of the line, one beyond the last line that of the text.
    pub(crate) fn offset(self, file: &SourceFile, at: Position) -> u32 {
        let (text, index) = (file.text(), file.line_index());
        let at = LineColumn {
            line: at.line.saturating_add(1),
            column: at.character.saturating_add(1),
        };
        let offset = match self {
            Self::Utf8 => index.offset_of_utf8(text, at),
            Self::Utf16 => index.offset_of_utf16(text, at),
            Self::Utf32 => index.offset_of_scalar(text, at),
        };
        offset.unwrap_or_else(|| u32::try_from(text.len()).unwrap_or(u32::MAX))
    }

    pub(crate) fn position(self, file: &SourceFile, offset: u32) -> Position {
        let (text, index) = (file.text(), file.line_index());
        let at = match self {
            Self::Utf8 => index.utf8(offset),
            Self::Utf16 => index.utf16(text, offset),
            Self::Utf32 => index.scalar(text, offset),
        };
        Position {
            line: at.line.saturating_sub(1),
            character: at.column.saturating_sub(1),
        }
    }

    pub(crate) fn range(self, file: &SourceFile, range: TextRange) -> Range {
        Range {
            start: self.position(file, range.start()),
            end: self.position(file, range.end()),
        }
    }

    /// The bytes of a range; of one whose ends are exchanged those between them.
    pub(crate) fn text_range(self, file: &SourceFile, range: Range) -> TextRange {
        let (start, end) = (self.offset(file, range.start), self.offset(file, range.end));
        TextRange::new(start.min(end), start.max(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_in_three_encodings() {
        let file = SourceFile::new("a", "a: 1\r\nb: 😀é<+x>\n");
        let at = u32::try_from(file.text().find("<+").unwrap()).unwrap();
        for (encoding, character) in [
            (Encoding::Utf8, 9),
            (Encoding::Utf16, 6),
            (Encoding::Utf32, 5),
        ] {
            let position = Position { line: 1, character };
            assert_eq!(encoding.position(&file, at), position);
            assert_eq!(encoding.offset(&file, position), at);
            let beyond = |line, character| encoding.offset(&file, Position { line, character });
            assert_eq!(beyond(0, u32::MAX), 4);
            // Behind the last line break.
            assert_eq!(beyond(u32::MAX, 0), 20);
            // Within a character it is its end.
            assert!(file.text().is_char_boundary(beyond(1, 4) as usize));
        }
    }

    #[test]
    fn bytes_are_taken_where_the_client_offers_them() {
        let [utf8, utf16, utf32] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
        let among = |offered: &[Encoding]| {
            let kinds: Vec<_> = offered.iter().map(|of| of.kind()).collect();
            Encoding::among(&kinds)
        };
        assert_eq!(among(&[utf16, utf8]), utf8);
        assert_eq!(among(&[utf32, utf16]), utf32);
        assert_eq!(among(&[]), utf16);
        assert_eq!(Encoding::among(&["latin-1".into()]), utf16);
    }
}
