//! YAML to a tree in which every scalar knows its exact bytes.
//!
//! This crate knows nothing of Harness but one habit of its users: expressions `<+ … >` with an unquoted colon inside.

mod build;
mod colon;
mod decode;
mod duplicates;
mod events;
mod expansion;
mod graft;
pub mod limits;
mod lines;
mod merge;
mod message;
mod parse;
mod recover;
mod resolve;
mod tree;

pub use graft::Extent;
pub use parse::parse;
pub use tree::{
    Comment, Entry, Node, NodeId, NodeKind, Problem, ProblemKind, Resolved, Scalar, ScalarStyle,
    Tree,
};
