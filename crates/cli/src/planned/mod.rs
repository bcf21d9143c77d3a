//! What would run, as it is asked for and shown.

mod given;
mod json;
mod tree;

pub(crate) use given::{PlanArguments, under_trigger};
pub(crate) use json::{refused, write_json};
pub(crate) use tree::write_tree;
