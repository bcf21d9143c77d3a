//! The stages that build: they clone a codebase, and their steps have the variables of the stage in their environment.

use pipewright_model::Node;

const TYPES: [&str; 4] = ["CI", "IACM", "IDP", "SecurityTests"];

/// Whether a stage builds, by its type.
pub(crate) fn builds(stage: &Node) -> bool {
    TYPES.contains(&stage.type_text())
}
