//! Names under which steps publish something for others (`spec/model.md` §3.4).

use std::collections::HashSet;
use std::sync::LazyLock;

use super::roots::{RootKind, root, roots};
use super::stages::stage_types;
use super::steps::step_types;

/// The outcomes that are known by name alone, and the first names of what steps publish for their stage.
static FOR_STAGES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let outcomes = roots()
        .filter(|root| matches!(root.kind(), RootKind::Outcome | RootKind::Alias))
        .map(|root| root.name());
    let of_steps = step_types()
        .flat_map(|step| step.outputs())
        .filter(|output| output.at_stage)
        .map(|output| first_name(output.path))
        // Steps that publish an `output` have one of their own; of stages their types tell.
        .filter(|name| *name != "output");
    outcomes.chain(of_steps).collect()
});

/// The first names of everything that some type of step or stage publishes.
static BY_ANY_TYPE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let of_steps = step_types().flat_map(|step| step.outputs());
    let of_steps = of_steps.map(|output| output.path);
    let of_stages = stage_types().flat_map(|stage| stage.outputs());
    of_steps.chain(of_stages).map(first_name).collect()
});

fn first_name(path: &'static str) -> &'static str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// Whether a name is made as those of outcomes are: what builds push is `artifact_STEP`, and what steps of one type
/// publish ends in `Outcome` by habit.
fn is_made_as_outcome(name: &str) -> bool {
    name.starts_with("artifact_") || name.ends_with("Outcome")
}

/// Whether an outcome of that name may have been published somewhere around any node (`spec/model.md` §8.18).
pub fn is_outcome(name: &str) -> bool {
    root(name).is_some_and(|root| root.kind() == RootKind::Outcome)
        || matches!(name, "output" | "infrastructure")
        || is_made_as_outcome(name)
}

/// Whether an outcome of that name stays in the stage that publishes it, so that nothing is called so before its stage
/// starts. What CI knows of the code is published for the whole pipeline.
pub fn is_of_own_stage(name: &str) -> bool {
    is_outcome(name) && name != "codebase"
}

/// Whether an outcome of that name may be published by a step of any stage for the stage as a whole, so that it is
/// visible at the stage and through everything inside it: `artifacts`, `pcf`, `artifact_Push`.
pub fn is_stage_outcome(name: &str) -> bool {
    is_made_as_outcome(name) || FOR_STAGES.contains(name)
}

/// Whether some type of step or stage publishes something of that name: `output`, `plan`, `artifacts`.
pub fn is_published(name: &str) -> bool {
    is_stage_outcome(name) || BY_ANY_TYPE.contains(name)
}
