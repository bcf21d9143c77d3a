//! One error with two actions.

use pipewright_model::{
    ActionKind, FailureAction, FailureError, FailureStrategy, FailureType, Listed, NodeKind,
};
use pipewright_simulate::is_same_action;
use pipewright_source::Diagnostic;

use super::{Owner, REFUSED, RULE};

/// The same error in two entries that say different things. Of a group, `AllErrors` may stand twice.
pub(super) fn check(owner: Owner<'_>, entries: &[FailureStrategy]) -> Vec<Diagnostic> {
    let mut first: Vec<(FailureType, &FailureError, Option<&FailureAction>)> = Vec::new();
    let mut found = Vec::new();
    let all = entries.iter().flat_map(|entry| {
        let errors = entry.errors.as_ref().map_or(&[][..], Listed::items);
        errors
            .iter()
            .map(move |error| (error, entry.action.as_ref()))
    });
    for (error, action) in all {
        let Some(kind) = error.kind else { continue };
        let before = first.iter().find(|(known, ..)| *known == kind);
        let Some((_, before, before_action)) = before else {
            first.push((kind, error, action));
            continue;
        };
        let may_stand_twice =
            owner.node.kind == NodeKind::StepGroup && kind == FailureType::AllErrors;
        let says_the_same = match (before_action, action) {
            (Some(before), Some(action)) => may_be_same(before, action),
            _ => true,
        };
        if may_stand_twice || says_the_same {
            continue;
        }
        let finding = RULE
            .finding(
                error.written.span,
                format!(
                    "`{}` has two actions in one list of strategies",
                    kind.as_str()
                ),
            )
            .with_label(REFUSED)
            .with_help("keep one of the two entries")
            .with_related(before.written.span, "the other entry");
        found.push(finding);
    }
    found
}

/// Whether two actions are the same, with all that they hold. What is not known may be the same.
fn may_be_same(one: &FailureAction, other: &FailureAction) -> bool {
    let is_unknown = |action: &FailureAction| matches!(action.kind, ActionKind::Unknown);
    is_unknown(one) || is_unknown(other) || is_same_action(one, other)
}
