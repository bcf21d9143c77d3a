//! What is known about Harness itself: step and stage types with their settings and outputs, and the names an
//! expression can start with.
//!
//! The tables are made from `data/*.json` by the example `generate_catalogue`. They are indexed at the first question;
//! entries are read from the embedded text when asked for. What is not known is said to be not known.

mod names;
mod outcomes;
mod plugins;
mod roots;
mod shape;
mod stages;
mod steps;
mod table;

pub use names::{
    Availability, EXPRESSION_STATUSES, FewValues, GROUP_KEYS, NAMES_WITH_FEW_VALUES, PIPELINE_KEYS,
    RUN_TIME_FIELDS, RunTimeField, is_generated_step, is_local_root, local_roots,
};
pub use outcomes::{is_of_own_stage, is_outcome, is_published, is_stage_outcome};
pub use plugins::plugin_outputs;
pub use roots::{Member, Root, RootKind, close_root, root, roots};
pub use shape::{Membership, Shape};
pub use stages::{StageType, close_stage_type, stage_type, stage_types};
pub use steps::{
    Output, OutputNames, OutputsStatus, SpecKey, StepType, close_step_type, step_type, step_types,
};

/// A key of a node or of its `spec`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Key {
    /// The key as written.
    pub name: &'static str,
    /// Whether the schema demands it.
    pub required: bool,
}

/// Reads a line of keys in which required ones end in `!`.
fn keys(line: &'static str) -> impl Iterator<Item = Key> {
    line.split_ascii_whitespace().map(|word| Key {
        name: word.trim_end_matches('!'),
        required: word.ends_with('!'),
    })
}
