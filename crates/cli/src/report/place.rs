//! Places in files, as every JSON output tells them.

use pipewright_source::{SourceFile, Span};
use serde::Serialize;

/// A range of bytes with the lines and columns people know.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Range {
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// `byte` from 0, `line` and `column` from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Position {
    pub(crate) byte: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Range {
    /// The place of a span of that file.
    pub(crate) fn new(file: &SourceFile, span: Span) -> Self {
        let position = |byte: u32| {
            let at = file.line_index().scalar(file.text(), byte);
            Position {
                byte,
                line: at.line,
                column: at.column,
            }
        };
        Self {
            start: position(span.range.start()),
            end: position(span.range.end()),
        }
    }
}
