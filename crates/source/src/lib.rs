//! Texts, positions and diagnostics: the ground every other crate stands on.
//!
//! Two kinds of position exist and never mix:
//! [`TextRange`] is a pair of byte offsets into *some* text (a decoded scalar, an expression), and
//! [`Span`] is a `TextRange` in a *file*, which it names. An [`OffsetMap`] turns the first into the second.
//!
//! This crate knows neither YAML nor expressions.
//!
//! ```
//! use pipewright_source::{OffsetMap, SourceFile, Sources, Span, TextRange};
//!
//! let mut sources = Sources::new();
//! let id = sources.add(SourceFile::new("pipeline.yaml", "name: a\ncondition: <+b> == 1\n"));
//!
//! // The condition is decoded text of its own: `b` is at 2..3 of it, and one line down in the file.
//! let condition = OffsetMap::Identity(19);
//! let name = Span::new(id, condition.cover(TextRange::new(2, 3)));
//! assert_eq!(sources.slice(name), "b");
//! let file = sources.get(id).expect("it was added");
//! let place = file.line_index().utf8(name.range.start());
//! assert_eq!((place.line, place.column), (2, 14));
//! ```

#![warn(clippy::disallowed_methods)]

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
pub use suggest::{Outline, closest, near_names};
