//! Harness files in memory, taken the whole way: text, YAML, model, references, templates written out, values.
//!
//! A [`Snapshot`] holds texts by name. Whatever is asked of it is made once and kept until a text changes on which it
//! rests, so that a command that asks one question and an editor that asks after every key stroke are the same thing.
//! It is owned, cheap to clone and may be sent to other threads; it knows neither the file system nor the clock, and no
//! rules.
//!
//! ```
//! use pipewright_analysis::Snapshot;
//!
//! let mut snapshot = Snapshot::default();
//! let pipeline = snapshot.set_text("pipeline.yaml", "
//! pipeline:
//!   identifier: release
//!   variables: [{ name: tag, type: String, value: v1 }]
//!   stages:
//!     - stage: { identifier: Build, type: Custom, spec: {}, description: <+pipeline.variables.tag> }
//! ");
//! let whole = snapshot.written_out(pipeline).expect("the file is a pipeline");
//! let (_, resolution) = whole.analysis().resolved().next().expect("it has one pipeline");
//! assert_eq!(resolution.references[0].path(), "pipeline.variables.tag");
//!
//! // An edit does again what rests on the file, and nothing else.
//! let other = snapshot.set_text("other.yaml", "pipeline: { identifier: other }");
//! let before = snapshot.work();
//! snapshot.set_text("other.yaml", "pipeline: { identifier: another }");
//! snapshot.written_out(pipeline);
//! snapshot.written_out(other);
//! assert_eq!(snapshot.work().parsed - before.parsed, 1);
//! ```

#![warn(clippy::disallowed_methods)]

mod analysis;
mod by_uses;
mod file;
mod file_kind;
mod prepared;
mod snapshot;
mod statistics;
mod text;
mod together;
mod values;
mod work;
mod written_out;

pub use analysis::Analysis;
pub use by_uses::{ByUses, DecidedByUses};
pub use file_kind::FileKind;
pub use prepared::{PrepareError, Prepared};
pub use snapshot::Snapshot;
pub use statistics::{ReferenceCounts, Statistics, TemplateCounts, count};
pub use text::Text;
pub use values::{MAX_FILE_WORK, MAX_TEXT_WORK, SiteValue, SiteValues};
pub use work::Work;
pub use written_out::{Beyond, WrittenOut};
