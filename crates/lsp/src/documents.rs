//! The documents that are open in the editor.

use std::collections::BTreeMap;
use std::sync::Arc;

use gen_lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem};
use pipewright_source::SourceFile;

use crate::encoding::Encoding;

/// A document that is open.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Where its file is, or its URI where it has none.
    pub(crate) place: Arc<str>,
    pub(crate) version: i32,
    /// Its text, under no name.
    pub(crate) text: SourceFile,
}

/// The documents that are open, by their URIs.
#[derive(Debug, Default)]
pub(crate) struct Documents(BTreeMap<String, Document>);

impl Documents {
    pub(crate) fn open(&mut self, of: TextDocumentItem, place: Arc<str>) {
        let document = Document {
            place,
            version: of.version,
            text: SourceFile::new("", of.text),
        };
        self.0.insert(of.uri.0, document);
    }

    pub(crate) fn close(&mut self, uri: &str) -> Option<Document> {
        self.0.remove(uri)
    }

    pub(crate) fn get(&self, uri: &str) -> Option<&Document> {
        self.0.get(uri)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Document)> {
        self.0
            .iter()
            .map(|(uri, document)| (uri.as_str(), document))
    }

    /// The URI and the document of the file at a place.
    pub(crate) fn at(&self, place: &str) -> Option<(&str, &Document)> {
        self.iter().find(|(_, document)| &*document.place == place)
    }

    /// Makes changes in a document, in their order. Whether it is open.
    pub(crate) fn change(
        &mut self,
        uri: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> bool {
        let Some(document) = self.0.get_mut(uri) else {
            return false;
        };
        for change in changes {
            document.text = changed(&document.text, change, encoding);
        }
        document.version = version;
        true
    }
}

fn changed(
    text: &SourceFile,
    change: TextDocumentContentChangeEvent,
    encoding: Encoding,
) -> SourceFile {
    use TextDocumentContentChangeEvent as Change;

    match change {
        Change::TextDocumentContentChangeWholeDocument(whole) => SourceFile::new("", whole.text),
        Change::TextDocumentContentChangePartial(part) => {
            text.edited(encoding.text_range(text, part.range), &part.text)
        }
    }
}
