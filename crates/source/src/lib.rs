//! Texts, positions and diagnostics: the ground every other crate stands on.
//!
//! Two kinds of position exist and never mix:
//! [`TextRange`] is a pair of byte offsets into *some* text (a decoded scalar, an expression), and
//! [`Span`] is a `TextRange` in a *file*, which it names. An [`OffsetMap`] turns the first into the second.
//!
//! This crate knows neither YAML nor expressions.

mod diagnostic;
mod file;
mod line_index;
mod offset_map;
mod range;
mod suggest;

pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
pub use file::{FileId, SourceFile, Sources};
pub use line_index::{LineColumn, LineIndex};
pub use offset_map::{OffsetMap, Segment};
pub use range::{Span, TextRange};
pub use suggest::closest;
