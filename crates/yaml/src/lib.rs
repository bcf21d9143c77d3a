//! YAML to a tree in which every scalar knows its exact bytes.
//!
//! This crate knows nothing of Harness.

mod tree;

pub use tree::{
    Comment, Entry, Node, NodeId, NodeKind, Problem, ProblemKind, Resolved, Scalar, ScalarStyle,
    Tree,
};
