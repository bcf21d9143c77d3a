//! Where the name at the cursor stands in its file.

use pipewright_analysis::Snapshot;
use pipewright_source::{FileId, Span};

use crate::{definition, references};

/// A place of the file that has the name at the cursor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Highlight {
    /// The name, without quotes.
    pub span: Span,
    /// Whether it is declared there; else it is read.
    pub is_declaration: bool,
}

/// Every place of the file that has the name at the cursor, declared or read, from its beginning. Empty where no name
/// is.
pub fn highlight(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Highlight> {
    let declared = definition(snapshot, file, offset).into_iter();
    let declared = declared.map(|of| Highlight {
        span: of.name,
        is_declaration: true,
    });
    let read = references(snapshot, file, offset).into_iter();
    let read = read.map(|span| Highlight {
        span,
        is_declaration: false,
    });
    let mut found: Vec<Highlight> = declared.chain(read).collect();
    found.retain(|place| place.span.file == file);
    found.sort_by_key(|place| place.span);
    found
}
