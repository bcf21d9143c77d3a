//! What each scalar of a node is for and when it is read: one table.

use crate::{Node, NodeKind, PathSegment, Phase, SiteKind};

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

/// One row: `(nodes, path, kind, phase)`. In a path `*` is one key or index and `**` any number of them.
type Row = (Of, &'static [&'static str], SiteKind, Phase);

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
    use Phase::{AfterNode, BeforeExecution, BeforeNode, Node};
    use SiteKind::{
        ChildOutput, Condition, Evaluated, ForeignInput, Loop, Script, Setting, TemplateInput, Text, Variable,
    };
    &[
        (ANY, &["name"], Text, Node),
        (ANY, &["identifier"], Text, Node),
        (ANY, &["description"], Text, Node),
        (ANY, &["tags", "**"], Text, Node),
        (ANY, &["variables", "*", "value"], Variable, Node),
        (ANY, &["variables", "*", "default"], Variable, Node),
        (ANY, &["variables", "*", "name"], Text, Node),
        (ANY, &["variables", "*", "description"], Text, Node),
        (ANY, &["template", "templateInputs", "**"], TemplateInput, Node),
        (ANY, &["when", "condition"], Condition, BeforeNode),
        (ANY, &["when", "**"], Setting, BeforeNode),
        (ANY, &["strategy", "when"], Evaluated, BeforeNode),
        (ANY, &["strategy", "**"], Loop, BeforeNode),
        (ANY, &["failureStrategies", "**", "condition"], Evaluated, AfterNode),
        (ANY, &["failureStrategies", "**"], Setting, AfterNode),
        (ANY, &["**", "jexlCondition"], Evaluated, Node),

        (PIPELINE, &["properties", "**"], Setting, BeforeExecution),
        (PIPELINE, &["notificationRules", "**"], Setting, AfterNode),
        (PIPELINE, &["flowControl", "barriers", "*", "name"], Text, Node),

        (CHAINED, &["spec", "outputs", "*", "value"], ChildOutput, AfterNode),
        (CHAINED, &["spec", "outputs", "*", "name"], Text, AfterNode),
        (CHAINED, &["spec", "inputs", "**"], ForeignInput, Node),
        (CHAINED, &["spec", "pipelineInputs", "**"], ForeignInput, Node),
        (WITHOUT_STEPS, &["spec", "**"], Setting, Node),
        (STAGE, &["spec", "execution", "**"], Setting, Node),
        (STAGE, &["spec", "**", "serviceInputs", "**"], ForeignInput, BeforeExecution),
        (STAGE, &["spec", "**", "environmentInputs", "**"], ForeignInput, BeforeExecution),
        (STAGE, &["spec", "**", "serviceOverrideInputs", "**"], ForeignInput, BeforeExecution),
        (STAGE, &["spec", "**", "infrastructureDefinitions", "*", "inputs", "**"], ForeignInput, BeforeExecution),
        (STAGE, &["spec", "**", "infrastructureDefinition", "inputs", "**"], ForeignInput, BeforeExecution),
        (STAGE, &["spec", "**", "spec", "script"], Script, BeforeExecution),
        (STAGE, &["spec", "**", "extractionScript"], Script, BeforeExecution),
        (STAGE, &["spec", "**"], Setting, BeforeExecution),

        (HTTP, &["spec", "outputVariables", "*", "value"], Evaluated, Node),
        (STEP, &["spec", "assertion"], Evaluated, Node),
        (STEP, &["spec", "approvalCriteria", "spec", "expression"], Evaluated, Node),
        (STEP, &["spec", "rejectionCriteria", "spec", "expression"], Evaluated, Node),
        (STEP, &["spec", "**", "spec", "script"], Script, Node),
        (STEP, &["spec", "**", "extractionScript"], Script, Node),
        (WITH_SCRIPT_AS_COMMAND, &["spec", "command"], Script, Node),
        (STEP, &["spec", "preCommand"], Script, Node),
        (STEP, &["spec", "postCommand"], Script, Node),
        (STEP, &["spec", "preFetchCommand"], Script, Node),
        (STEP, &["spec", "script"], Script, Node),
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
pub(super) fn classify(names: &Names<'_>, path: &[PathSegment]) -> (SiteKind, Phase) {
    ROWS.iter()
        .find(|&&(of, pattern, ..)| names.are(of) && matches(pattern, path))
        .map_or((SiteKind::Setting, Phase::Node), |&(.., kind, phase)| {
            (kind, phase)
        })
}

/// Recursion is as deep as the pattern is long. `**` tries each rest of the path.
fn matches(pattern: &[&str], path: &[PathSegment]) -> bool {
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
