//! What of a document belongs together: pieces to fold away, pieces around a place, places of a name, links.

use gen_lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentLink, FoldingRange, Position, Range,
    SelectionRange,
};
use pipewright_ide as ide;
use pipewright_source::FileId;

use crate::convert::Seen;

/// The pieces that can be folded away, by whole lines.
pub(crate) fn folds(seen: Seen<'_>, id: FileId) -> Vec<FoldingRange> {
    let Some(file) = seen.source(id) else {
        return Vec::new();
    };
    let folds = ide::folds(&seen.project.snapshot, id).into_iter();
    let folds = folds.map(|range| {
        let Range { start, end } = seen.encoding.range(file, range);
        FoldingRange {
            start_line: start.line,
            end_line: end.line,
            ..FoldingRange::default()
        }
    });
    folds.collect()
}

/// The pieces around each position, the innermost first; where there is none the position itself.
pub(crate) fn selections(seen: Seen<'_>, id: FileId, at: &[Position]) -> Vec<SelectionRange> {
    let Some(file) = seen.source(id) else {
        return Vec::new();
    };
    let around = |position: &Position| {
        let offset = seen.encoding.offset(file, *position);
        let pieces = ide::selection(&seen.project.snapshot, id, offset);
        let outwards = pieces.iter().rev();
        let chain = outwards.fold(None, |parent, range| {
            Some(SelectionRange {
                range: seen.encoding.range(file, *range),
                parent: parent.map(Box::new),
            })
        });
        chain.unwrap_or(SelectionRange {
            range: Range {
                start: *position,
                end: *position,
            },
            parent: None,
        })
    };
    at.iter().map(around).collect()
}

/// Every place in the document of the name at a byte.
pub(crate) fn highlights(seen: Seen<'_>, id: FileId, offset: u32) -> Vec<DocumentHighlight> {
    let found = ide::highlight(&seen.project.snapshot, id, offset).into_iter();
    let found = found.filter_map(|of| {
        let kind = if of.is_declaration {
            DocumentHighlightKind::Write
        } else {
            DocumentHighlightKind::Read
        };
        Some(DocumentHighlight {
            range: seen.range(of.span)?,
            kind: Some(kind),
        })
    });
    found.collect()
}

/// The names that stand for other files, with these.
pub(crate) fn links(seen: Seen<'_>, id: FileId) -> Vec<DocumentLink> {
    let found = ide::links(&seen.project.snapshot, id).into_iter();
    let found = found.filter_map(|of| {
        let name = seen.source(of.file)?.name().to_owned();
        Some(DocumentLink {
            range: seen.range(of.span)?,
            target: Some(seen.uri(of.file)?),
            tooltip: Some(name),
            data: None,
        })
    });
    found.collect()
}
