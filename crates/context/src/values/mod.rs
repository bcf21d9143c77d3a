//! What the names of a run come to at a position: parts of the pipeline as objects that make their members when they
//! are read.

mod before_stage;
mod chained_outputs;
mod exported;
mod given_object;
pub(crate) mod inputs;
mod instance_name;
mod loop_fields;
mod node_fields;
mod node_lists;
mod node_object;
mod outcomes;
mod overrides;
mod path;
mod roots;
mod run_status;
mod settings;
mod short_script;
mod step_output;
mod strategy;
mod variables;

pub(crate) use path::Path;
