//! What stands behind the roots of the catalogue.

use pipewright_model::catalogue::{self, PIPELINE_KEYS, Root, RootKind};

use super::{Part, missing_below, parts, shape_at};
use crate::scope::Scope;
use crate::{List, Segment};

/// The roots whose members depend on the loops around the reader. Of `strategy` only what lies below its members does.
const OF_LOOPS: [&str; 2] = ["matrix", "repeat"];

/// What every pipeline has while it runs.
const OF_EVERY_PIPELINE: [&str; 14] = [
    "currentStatus",
    "execution",
    "executionId",
    "executionUrl",
    "identifier",
    "liveStatus",
    "name",
    // Settings of the codebase, which the catalogue knows.
    "properties",
    "sequenceId",
    "stages",
    "startTs",
    "status",
    "triggerType",
    "triggeredBy",
];

/// What every stage has while it runs.
const OF_EVERY_STAGE: [&str; 9] = [
    "currentStatus",
    "executionUrl",
    "identifier",
    "liveStatus",
    "name",
    "nodeExecutionId",
    "startTs",
    "status",
    "type",
];

/// Whether a path that leads out of a template names something that is there wherever the template is used.
pub(super) fn is_everywhere(segments: &[Segment]) -> bool {
    let mut names = segments.iter().map(Segment::name);
    let (Some(Some(root)), Some(Some(member))) = (names.next(), names.next()) else {
        return false;
    };
    match root {
        "pipeline" => {
            OF_EVERY_PIPELINE.contains(&member) && (member != "stages" || segments.len() == 2)
        }
        "stage" => OF_EVERY_STAGE.contains(&member),
        _ => false,
    }
}

/// The root, and how deep the path leads below it before a name is surely missing. From inside a template
/// (`of_template`) only the pipeline around it is looked at, whose own members are the same wherever the template is
/// used.
pub(super) fn missing(
    scope: &Scope<'_>,
    segments: &[Segment],
    of_template: bool,
) -> Option<(&'static str, usize)> {
    let word = segments.first()?.name()?;
    let root = catalogue::root(word)?;
    let is_asked = if of_template {
        word == "pipeline"
    } else {
        is_fixed(root) && !scope.is_local_root(word)
    };
    if !is_asked {
        return None;
    }
    let behind = parts(segments, 1);
    let depth = missing_below(root.shape(), &behind)?;
    let is_key = |part: &Part<'_>| part.key().is_some_and(|key| PIPELINE_KEYS.contains(&key));
    let is_known = of_template && depth == 0 && behind.first().is_some_and(is_key);
    let is_of_loop = word == "strategy" && depth > 0;
    (!is_known && !is_of_loop).then_some((root.name(), depth))
}

/// Whether the members of a root are the same everywhere.
fn is_fixed(root: Root) -> bool {
    let kind = matches!(
        root.kind(),
        RootKind::Functor | RootKind::Outcome | RootKind::Alias
    );
    kind && !OF_LOOPS.contains(&root.name())
}

/// Whether a name of that list is taken for missing only if a listed one is near. What an alias stands for differs by
/// the type of service and infrastructure, and each kind of trigger brings its own facts: the lists may lack some.
pub(crate) fn needs_near_name(list: List) -> bool {
    let List::Members(name) = list else {
        return false;
    };
    let is_alias = catalogue::root(name).is_some_and(|root| root.kind() == RootKind::Alias);
    is_alias || name == "trigger"
}

/// The names behind a root at that place.
pub(super) fn names(root: &str, around: &[Part<'_>]) -> Vec<&'static str> {
    let shape = catalogue::root(root).and_then(|root| shape_at(root.shape(), around));
    shape
        .map(|shape| shape.names().collect())
        .unwrap_or_default()
}
