//! What would run, as it is asked for and shown.

mod boxes;
mod given;
mod graphs;
mod json;
mod outcomes;
mod page;
mod picture;
mod short_names;
mod tree;
mod until;
mod why;

pub(crate) use given::PlanArguments;
pub(crate) use graphs::{write_dot, write_mermaid};
pub(crate) use json::{refused, write_json, write_outcomes_json, write_until_json};
pub(crate) use outcomes::write_outcomes;
pub(crate) use page::{html, references};
pub(crate) use picture::svg;
pub(crate) use tree::write_tree;
pub(crate) use until::write_until;
pub(crate) use why::write_why;
