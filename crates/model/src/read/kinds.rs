//! What each scalar of a node is for and when it is read: one table.

use crate::{Moment, Node, NodeKind, PathSegment, SiteKind};

/// The nodes a row speaks of.
#[derive(Clone, Copy)]
enum Of {
    /// Every node.
    Any,
    /// Nodes of a kind.
    Kind(NodeKind),
    /// Nodes of a kind with one of these types.
    Types(NodeKind, &'static [&'static str]),
}

/// One row: `(nodes, path, kind, moment)`. In a path `*` is one key or index and `**` any number of them.
type Row = (Of, &'static [&'static str], SiteKind, Moment);

const ANY: Of = Of::Any;
const PIPELINE: Of = Of::Kind(NodeKind::Pipeline);
const STAGE: Of = Of::Kind(NodeKind::Stage);
const STEP: Of = Of::Kind(NodeKind::Step);
/// Stages whose `spec` is read when the stage itself runs, as they have no steps of their own.
const WITHOUT_STEPS: Of = Of::Types(NodeKind::Stage, &["Pipeline", "Dynamic"]);
const CHAINED: Of = Of::Types(NodeKind::Stage, &["Pipeline"]);
const HTTP: Of = Of::Types(NodeKind::Step, &["Http"]);
/// Steps whose `spec.command` is the text of a script, not the name of a command.
const WITH_SCRIPT_AS_COMMAND: Of = Of::Types(
    NodeKind::Step,
    &[
        "AIExperiment",
        "AiVerify",
        "Background",
        "Container",
        "Run",
        "RunTests",
        "Test",
    ],
);

/// The first row that fits holds; without one a scalar is a setting read with the node.
#[rustfmt::skip] // One row a line.
const ROWS: &[Row] = {
    use Moment::{Configuring, Ended, Running, Starting};
    use SiteKind::{
        ChildOutput, Condition, EntityInput, Evaluated, ForeignInput, Loop, Script, Setting, TemplateInput, Text, Variable,
    };
    &[
        (ANY, &["name"], Text, Running),
        (ANY, &["identifier"], Text, Running),
        (ANY, &["description"], Text, Running),
        (ANY, &["tags", "**"], Text, Running),
        (ANY, &["variables", "*", "value"], Variable, Running),
        (ANY, &["variables", "*", "default"], Variable, Running),
        (ANY, &["variables", "*", "name"], Text, Running),
        (ANY, &["variables", "*", "description"], Text, Running),
        (ANY, &["template", "templateInputs", "**"], TemplateInput, Running),
        (ANY, &["when", "condition"], Condition, Starting),
        (ANY, &["when", "**"], Setting, Starting),
        (ANY, &["strategy", "when"], Evaluated, Starting),
        (ANY, &["strategy", "**"], Loop, Starting),
        (ANY, &["failureStrategies", "**", "condition"], Evaluated, Ended),
        (ANY, &["failureStrategies", "**"], Setting, Ended),
        (ANY, &["**", "jexlCondition"], Evaluated, Running),

        (PIPELINE, &["properties", "**"], Setting, Configuring),
        (PIPELINE, &["notificationRules", "**"], Setting, Ended),
        (PIPELINE, &["flowControl", "barriers", "*", "name"], Text, Running),

        (CHAINED, &["spec", "outputs", "*", "value"], ChildOutput, Ended),
        (CHAINED, &["spec", "outputs", "*", "name"], Text, Ended),
        (CHAINED, &["spec", "inputs", "**"], ForeignInput, Running),
        (CHAINED, &["spec", "pipelineInputs", "**"], ForeignInput, Running),
        (WITHOUT_STEPS, &["spec", "**"], Setting, Running),
        (STAGE, &["spec", "execution", "**"], Setting, Running),
        (STAGE, &["spec", "**", "serviceInputs", "**"], EntityInput, Configuring),
        (STAGE, &["spec", "**", "environmentInputs", "**"], EntityInput, Configuring),
        (STAGE, &["spec", "**", "serviceOverrideInputs", "**"], EntityInput, Configuring),
        (STAGE, &["spec", "**", "infrastructureDefinitions", "*", "inputs", "**"], EntityInput, Configuring),
        (STAGE, &["spec", "**", "infrastructureDefinition", "inputs", "**"], EntityInput, Configuring),
        (STAGE, &["spec", "**", "spec", "script"], Script, Configuring),
        (STAGE, &["spec", "**", "extractionScript"], Script, Configuring),
        (STAGE, &["spec", "**"], Setting, Configuring),

        (HTTP, &["spec", "outputVariables", "*", "value"], Evaluated, Running),
        (STEP, &["spec", "assertion"], Evaluated, Running),
        (STEP, &["spec", "approvalCriteria", "spec", "expression"], Evaluated, Running),
        (STEP, &["spec", "rejectionCriteria", "spec", "expression"], Evaluated, Running),
        (STEP, &["spec", "**", "spec", "script"], Script, Running),
        (STEP, &["spec", "**", "extractionScript"], Script, Running),
        (WITH_SCRIPT_AS_COMMAND, &["spec", "command"], Script, Running),
        (STEP, &["spec", "preCommand"], Script, Running),
        (STEP, &["spec", "postCommand"], Script, Running),
        (STEP, &["spec", "preFetchCommand"], Script, Running),
        (STEP, &["spec", "script"], Script, Running),
    ]
};

/// What the rows need to know of a node.
pub(super) struct Names<'a> {
    kind: NodeKind,
    type_name: Option<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(node: &'a Node) -> Self {
        Self {
            kind: node.kind,
            type_name: node.type_name.as_ref().map(|name| &*name.text),
        }
    }

    fn are(&self, of: Of) -> bool {
        match of {
            Of::Any => true,
            Of::Kind(kind) => self.kind == kind,
            Of::Types(kind, types) => {
                self.kind == kind && self.type_name.is_some_and(|name| types.contains(&name))
            }
        }
    }
}

/// What the scalar at `path` below the node's mapping is for, and when it is read.
pub(super) fn classify(names: &Names<'_>, path: &[PathSegment]) -> (SiteKind, Moment) {
    let (first, last) = (path.first(), path.last());
    ROWS.iter()
        .find(|&&(of, pattern, ..)| {
            // Most rows are out by their first key or their last.
            may_be(pattern.first(), first)
                && may_be(pattern.last(), last)
                && names.are(of)
                && matches(pattern, path)
        })
        .map_or(
            (SiteKind::Setting, Moment::Running),
            |&(.., kind, moment)| (kind, moment),
        )
}

/// Whether a path whose first segment, or last, is that may match a pattern whose first part, or last, is this.
fn may_be(part: Option<&&str>, segment: Option<&PathSegment>) -> bool {
    match (part, segment) {
        (Some(&"**"), _) | (None, None) => true,
        (Some(part), Some(segment)) => is(part, segment),
        _ => false,
    }
}

/// Recursion is as deep as the pattern is long. `**` tries each rest of the path.
pub(super) fn matches(pattern: &[&str], path: &[PathSegment]) -> bool {
    match (pattern, path) {
        ([], []) | (["**"], _) => true,
        (["**", rest @ ..], _) => (0..=path.len()).any(|skipped| matches(rest, &path[skipped..])),
        ([part, pattern @ ..], [segment, path @ ..]) => is(part, segment) && matches(pattern, path),
        _ => false,
    }
}

fn is(part: &str, segment: &PathSegment) -> bool {
    part == "*" || matches!(segment, PathSegment::Key(key) if **key == *part)
}
