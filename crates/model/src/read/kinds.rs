//! What each scalar of a node is for and when it is read: one table.

use std::sync::LazyLock;

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

/// The rows that may fit something, a bit for each.
type Rows = u64;

const _: () = assert!(ROWS.len() <= Rows::BITS as usize, "a row has no bit");

/// The rows by one end of their paths: most are out by their first key or their last.
struct Ends {
    by_key: foldhash::HashMap<&'static str, Rows>,
    /// The rows whose path may have any key there.
    any: Rows,
}

static FIRST: LazyLock<Ends> = LazyLock::new(|| Ends::new(|pattern| pattern.first().copied()));
static LAST: LazyLock<Ends> = LazyLock::new(|| Ends::new(|pattern| pattern.last().copied()));

impl Ends {
    fn new(end: impl Fn(&[&'static str]) -> Option<&'static str>) -> Self {
        let mut ends = Self {
            by_key: foldhash::HashMap::default(),
            any: 0,
        };
        for (row, (_, pattern, ..)) in bits() {
            match end(pattern) {
                Some("*" | "**") | None => ends.any |= row,
                Some(key) => *ends.by_key.entry(key).or_default() |= row,
            }
        }
        ends
    }

    /// The rows that may fit a path with that segment at this end.
    fn rows(&self, segment: Option<&PathSegment>) -> Rows {
        let of_key = match segment {
            Some(PathSegment::Key(key)) => self.by_key.get(&**key).copied(),
            Some(PathSegment::Index(_)) | None => None,
        };
        self.any | of_key.unwrap_or_default()
    }
}

/// Every row with its bit.
fn bits() -> impl Iterator<Item = (Rows, &'static Row)> {
    ROWS.iter().enumerate().map(|(at, row)| (1 << at, row))
}

/// The rows that speak of a node.
pub(super) struct OfNode(Rows);

impl OfNode {
    pub(super) fn new(node: &Node) -> Self {
        let type_name = node.type_name.as_ref().map(|name| &*name.text);
        let is_meant = |of: Of| match of {
            Of::Any => true,
            Of::Kind(kind) => node.kind == kind,
            Of::Types(kind, types) => {
                node.kind == kind && type_name.is_some_and(|name| types.contains(&name))
            }
        };
        let rows = bits().filter(|(_, (of, ..))| is_meant(*of));
        Self(rows.fold(0, |rows, (row, _)| rows | row))
    }

    /// What the scalar at `path` below the node's mapping is for, and when it is read.
    pub(super) fn classify(&self, path: &[PathSegment]) -> (SiteKind, Moment) {
        let mut left = self.0 & FIRST.rows(path.first()) & LAST.rows(path.last());
        while left != 0 {
            let (_, pattern, kind, moment) = ROWS[left.trailing_zeros() as usize];
            if matches(pattern, path) {
                return (kind, moment);
            }
            left &= left - 1;
        }
        (SiteKind::Setting, Moment::Running)
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
