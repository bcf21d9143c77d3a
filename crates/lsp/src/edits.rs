//! Edits of files as the protocol has them.

use std::collections::{BTreeMap, HashMap};

use gen_lsp_types::{
    DocumentChange, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use pipewright_lint::written;
use pipewright_source::{Edit, FileId, SourceFile, TextRange};

use crate::convert::Seen;

/// Edits of any files, each once. Where the client takes versions, each document's are for the text that they were made
/// of: one that changed meanwhile is left alone.
pub(crate) fn workspace_edit(
    seen: Seen<'_>,
    edits: &[Edit],
    takes_versions: bool,
) -> WorkspaceEdit {
    let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.span.file).or_default().push(edit);
    }
    let of_files = by_file.into_iter().filter_map(|(id, edits)| {
        let edits = text_edits(seen, seen.source(id)?, edits);
        Some((id, seen.uri(id)?, edits))
    });
    if !takes_versions {
        let changes: HashMap<Uri, Vec<TextEdit>> =
            of_files.map(|(_, uri, edits)| (uri, edits)).collect();
        return WorkspaceEdit {
            changes: Some(changes),
            ..WorkspaceEdit::default()
        };
    }
    let changes = of_files.map(|(id, uri, edits)| {
        DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: seen.version(id),
                text_document_identifier: TextDocumentIdentifier { uri },
            },
            edits: edits.into_iter().map(Into::into).collect(),
        })
    });
    WorkspaceEdit {
        document_changes: Some(changes.collect()),
        ..WorkspaceEdit::default()
    }
}

/// Edits of one file in its order, those that are there twice once.
pub(crate) fn text_edits<'e>(
    seen: Seen<'_>,
    file: &SourceFile,
    edits: impl IntoIterator<Item = &'e Edit>,
) -> Vec<TextEdit> {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let edits = edits.into_iter().map(|edit| {
        let (range, new_text) = whole_breaks(file, edit.span.range, &written(file, edit));
        TextEdit {
            range: seen.encoding.range(file, range),
            new_text,
        }
    });
    edits.collect()
}

/// The same edit with ends at positions of the protocol, which cannot stand between the two characters of a line break.
fn whole_breaks(file: &SourceFile, range: TextRange, text: &str) -> (TextRange, String) {
    let splits = |at: u32| {
        let (before, behind) = file.text().split_at(at as usize);
        before.ends_with('\r') && behind.starts_with('\n')
    };
    let (start, before) = if splits(range.start()) {
        (range.start() - 1, "\r")
    } else {
        (range.start(), "")
    };
    let (end, behind) = if splits(range.end()) {
        (range.end() + 1, "\n")
    } else {
        (range.end(), "")
    };
    (TextRange::new(start, end), [before, text, behind].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_within_a_line_break_moves_out_of_it() {
        let file = SourceFile::new("a", "ab\r\ncd\r\n");
        let moved = |start, end, text| {
            let (range, text) = whole_breaks(&file, TextRange::new(start, end), text);
            (range.to_usize(), text)
        };
        assert_eq!(moved(2, 2, "x"), (2..2, "x".to_owned()));
        assert_eq!(moved(3, 3, "x"), (2..4, "\rx\n".to_owned()));
        assert_eq!(moved(1, 3, "x"), (1..4, "x\n".to_owned()));
        assert_eq!(moved(4, 6, "x"), (4..6, "x".to_owned()));
    }
}
