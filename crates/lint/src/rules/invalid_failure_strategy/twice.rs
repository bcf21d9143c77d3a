//! One error with two actions.

use pipewright_model::{
    ActionKind, FailureAction, FailureError, FailureStrategy, FailureType, Listed, Located,
    NodeKind, Retry,
};
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
            (Some(before), Some(action)) => is_same(before, action),
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
fn is_same(one: &FailureAction, other: &FailureAction) -> bool {
    let text = |action: &FailureAction| action.type_name.as_ref().map(|name| name.text.clone());
    if text(one) != text(other) {
        return matches!(one.kind, ActionKind::Unknown)
            || matches!(other.kind, ActionKind::Unknown);
    }
    let same_behind =
        |one: &Option<FailureAction>, other: &Option<FailureAction>| match (one, other) {
            (Some(one), Some(other)) => is_same(one, other),
            (None, None) => true,
            _ => false,
        };
    match (&one.kind, &other.kind) {
        (ActionKind::Retry(one), ActionKind::Retry(other))
        | (ActionKind::RetryStepGroup(one), ActionKind::RetryStepGroup(other)) => {
            retry_texts(one) == retry_texts(other)
                && same_behind(&one.on_retry_failure, &other.on_retry_failure)
        }
        (ActionKind::ManualIntervention(one), ActionKind::ManualIntervention(other)) => {
            let timeout = |text: &Option<Located>| text.as_ref().map(|text| text.text.clone());
            timeout(&one.timeout) == timeout(&other.timeout)
                && same_behind(&one.on_timeout, &other.on_timeout)
        }
        _ => true,
    }
}

fn retry_texts(retry: &Retry) -> Vec<&str> {
    let count = retry.count.iter().map(|count| &*count.written.text);
    let intervals = retry.intervals.as_ref().map_or(&[][..], Listed::items);
    let condition = retry.condition.iter();
    count
        .chain(intervals.iter().chain(condition).map(|text| &*text.text))
        .collect()
}
