//! From places in files to the words of the protocol.

use gen_lsp_types::{Location, Range, Uri};
use pipewright_source::{FileId, SourceFile, Span, TextRange};

use crate::documents::Documents;
use crate::encoding::Encoding;
use crate::project::Project;
use crate::uri;

/// A project as its client sees it.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) project: &'a Project,
    pub(crate) documents: &'a Documents,
    pub(crate) encoding: Encoding,
}

impl Seen<'_> {
    pub(crate) fn source(&self, id: FileId) -> Option<&SourceFile> {
        self.project.snapshot.source(id)
    }

    /// The place of a file.
    fn place(&self, id: FileId) -> Option<&str> {
        let mut ids = self.project.snapshot.ids();
        ids.find(|(_, other)| *other == id).map(|(place, _)| place)
    }

    /// The URI of a file, as the editor names it.
    pub(crate) fn uri(&self, id: FileId) -> Option<Uri> {
        let place = self.place(id)?;
        if let Some((open, _)) = self.documents.at(place) {
            return Some(Uri(open.to_owned()));
        }
        Some(Uri(self.project.uri_of(place)))
    }

    /// The version of a file that is open.
    pub(crate) fn version(&self, id: FileId) -> Option<i32> {
        let (_, document) = self.documents.at(self.place(id)?)?;
        Some(document.version)
    }

    /// A range of a file as it is; empty where the span is.
    pub(crate) fn range(&self, span: Span) -> Option<Range> {
        Some(self.encoding.range(self.source(span.file)?, span.range))
    }

    /// A range that editors draw: one that is empty takes the character behind it in, or that before it at the end of
    /// a line.
    pub(crate) fn drawn(&self, span: Span) -> Option<Range> {
        let file = self.source(span.file)?;
        Some(self.encoding.range(file, not_empty(file, span.range)))
    }

    pub(crate) fn location(&self, span: Span) -> Option<Location> {
        Some(Location {
            uri: self.uri(span.file)?,
            range: self.range(span)?,
        })
    }
}

impl Project {
    /// The URI of the file at a place that is not open: below the folder as the editor names that.
    fn uri_of(&self, place: &str) -> String {
        let folder = self.folder.as_ref();
        let below = folder.and_then(|folder| Some((folder, place.strip_prefix(&*folder.place)?)));
        let path = below.map(|(folder, below)| {
            let path = folder.path.to_string_lossy().replace('\\', "/");
            path.trim_end_matches('/').to_owned() + below
        });
        uri::of_path(path.as_deref().unwrap_or(place))
    }
}

/// A range, or where it is empty the character behind it or before it.
pub(crate) fn not_empty(file: &SourceFile, range: TextRange) -> TextRange {
    let text = file.text();
    let at = (range.start() as usize).min(text.len());
    if !range.is_empty() || !text.is_char_boundary(at) {
        return range;
    }
    let is_break = |c: &char| matches!(c, '\n' | '\r');
    let behind = text[at..].chars().next();
    let before = text[..at].chars().next_back();
    if let Some(behind) = behind.filter(|c| !is_break(c)) {
        TextRange::of(at, at + behind.len_utf8())
    } else if let Some(before) = before {
        TextRange::of(at - before.len_utf8(), at)
    } else {
        TextRange::of(at, at + behind.map_or(0, char::len_utf8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_range_takes_a_character_in() {
        let file = SourceFile::new("a", "é: 1\n\nb");
        let drawn = |at| not_empty(&file, TextRange::empty(at)).to_usize();
        assert_eq!(drawn(0), 0..2);
        assert_eq!(drawn(5), 4..5, "the last one of the line");
        assert_eq!(drawn(6), 5..6, "an empty line has the break before it");
        assert_eq!(drawn(8), 7..8, "the end of the text");
        assert_eq!(not_empty(&file, TextRange::new(2, 4)).to_usize(), 2..4);
        let breaks = SourceFile::new("a", "\n");
        assert_eq!(not_empty(&breaks, TextRange::empty(0)).to_usize(), 0..1);
    }
}
