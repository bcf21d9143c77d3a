//! YAML to a tree in which every scalar knows its exact bytes.
//!
//! This crate knows nothing of Harness but one habit of its users: expressions `<+ … >` with an unquoted colon inside.
//!
//! ```
//! use pipewright_source::{FileId, TextRange};
//!
//! let file = "run: |\n  echo <+a>\n  echo <+b>\n";
//! let tree = pipewright_yaml::parse(FileId(0), file);
//! let run = tree.find(tree.roots()[0], "run").expect("the key is there");
//! assert_eq!(tree.text(run), Some("echo <+a>\necho <+b>\n"));
//!
//! // An offset in the decoded text leads to the bytes it was written in, the indentation left out.
//! let place = tree.cover_of(run, TextRange::of(15, 19));
//! assert_eq!(place.range.slice(file), "<+b>");
//!
//! // A typing mistake costs a line, not the file.
//! let tree = pipewright_yaml::parse(FileId(0), "a: 1\nb: [\nc: 3\n");
//! assert!(tree.recovered());
//! assert!(tree.find(tree.roots()[0], "c").is_some());
//! ```

#![warn(clippy::disallowed_methods)]

mod around;
mod assemble;
mod build;
mod colon;
mod decode;
mod duplicates;
mod edit;
mod edited;
mod events;
mod expansion;
mod flow_cut;
#[doc(hidden)]
pub mod fuzzing;
mod graft;
pub mod limits;
mod lines;
mod lost_names;
mod merge;
mod message;
mod open;
mod outline;
mod parse;
mod plain;
mod recover;
mod resolve;
mod short_text;
mod tree;

pub use around::Part;
pub use edit::{Editor, New};
pub use edited::parse_edited;
pub use graft::Extent;
pub use parse::{parse, parse_or_without, parse_without};
pub use tree::{
    Comment, Entry, Node, NodeId, NodeKind, Problem, ProblemKind, Resolved, Scalar, ScalarStyle,
    Tree,
};
