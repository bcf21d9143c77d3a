//! What each scalar of a v1 node is for and when it is read: one table (`spec/v1.md` §9, "Where they stand").

use crate::read::kinds::matches;
use crate::v1::{TEMPLATE_KINDS, is_predicate};
use crate::{Moment, Node, NodeKind, PathSegment, SiteKind};

/// One row: `(kind of node or none for all, path, kind of site, moment)`. In a path `*` is one key or index and `**`
/// any number of them.
type Row = (Option<NodeKind>, &'static [&'static str], SiteKind, Moment);

const ANY: Option<NodeKind> = None;
const PIPELINE: Option<NodeKind> = Some(NodeKind::Pipeline);
const STAGE: Option<NodeKind> = Some(NodeKind::Stage);
const GROUP: Option<NodeKind> = Some(NodeKind::StepGroup);
const STEP: Option<NodeKind> = Some(NodeKind::Step);

/// The first row that fits holds; without one a scalar is a setting read with the node.
#[rustfmt::skip] // One row a line.
const ROWS: &[Row] = {
    use Moment::{Ended, Running, Starting};
    use SiteKind::{ChildOutput, Condition, Evaluated, Loop, Script, Setting, TemplateInput, Text, Variable};
    &[
        (ANY, &["id"], Text, Running),
        (ANY, &["identifier"], Text, Running),
        (ANY, &["name"], Text, Running),
        (ANY, &["desc"], Text, Running),
        (ANY, &["description"], Text, Running),
        (ANY, &["tags", "**"], Text, Running),
        (ANY, &["if"], Condition, Starting),
        (ANY, &["strategy", "if"], Evaluated, Starting),
        (ANY, &["strategy", "while", "condition"], Evaluated, Ended),
        (ANY, &["strategy", "**"], Loop, Starting),
        (ANY, &["on-failure", "**"], Setting, Ended),
        (ANY, &["inputs", "*", "description"], Text, Running),
        (ANY, &["inputs", "**"], Variable, Running),
        (ANY, &["variables", "**"], Variable, Running),
        (ANY, &["template", "with", "**"], TemplateInput, Running),

        (PIPELINE, &["env", "**"], Variable, Running),
        (PIPELINE, &["notifications", "**"], Setting, Ended),
        (STAGE, &["env", "**"], Variable, Running),
        (STAGE, &["exports", "**"], Setting, Ended),
        (STAGE, &["outputs", "**"], Setting, Ended),
        (STAGE, &["chain", "with", "outputs", "*", "value"], ChildOutput, Ended),
        (STAGE, &["*", "with", "**"], TemplateInput, Running),
        (GROUP, &["output", "**"], Setting, Ended),

        (STEP, &["run"], Script, Running),
        (STEP, &["background"], Script, Running),
        (STEP, &["*", "script"], Script, Running),
        (STEP, &["*", "script", "*"], Script, Running),
        (STEP, &["*", "with", "**"], TemplateInput, Running),
    ]
};

/// What the scalar with that text at `path` below the node's mapping is for, and when it is read.
pub(super) fn classify(node: &Node, text: &str, path: &[PathSegment]) -> (SiteKind, Moment) {
    let is_key = |segment: &PathSegment, wanted: &str| matches!(segment, PathSegment::Key(key) if **key == *wanted);
    let path = match path {
        // The keys of a group stand below `group` or beside it.
        [first, rest @ ..] if node.kind == NodeKind::StepGroup && is_key(first, "group") => rest,
        path => path,
    };
    let is_of_template = path
        .first()
        .is_some_and(|first| TEMPLATE_KINDS.iter().any(|kind| is_key(first, kind)));
    let mut rows = ROWS.iter();
    let row = rows.find(|(of, pattern, ..)| {
        of.is_none_or(|kind| kind == node.kind) && matches(pattern, path)
    });
    let (kind, moment) = row.map_or(
        (SiteKind::Setting, Moment::Running),
        |&(.., kind, moment)| (kind, moment),
    );
    match kind {
        SiteKind::Condition | SiteKind::Evaluated if !is_predicate(text) => {
            (SiteKind::Setting, moment)
        }
        // What goes into a child pipeline, a container or an approval is read here.
        SiteKind::TemplateInput if !is_of_template => (SiteKind::Setting, moment),
        kind => (kind, moment),
    }
}
