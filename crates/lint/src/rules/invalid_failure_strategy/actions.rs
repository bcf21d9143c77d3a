//! Actions that are none, that lack a part, or that may not stand where they stand.

use pipewright_model::Located;
use pipewright_simulate::ActionPlace;
use pipewright_source::Diagnostic;

use super::{REFUSED, RULE, misspelt};
use crate::placeholder::is_filled_in_later;
use crate::rule_context::RuleContext;
use crate::wording;

/// The names of all actions.
const ACTIONS: [&str; 11] = [
    "Ignore",
    "MarkAsSuccess",
    "MarkAsFailure",
    "Abort",
    "StageRollback",
    "StepGroupRollback",
    "PipelineRollback",
    "ProceedWithDefaultValues",
    "Retry",
    "RetryStepGroup",
    "ManualIntervention",
];

pub(super) fn unknown(context: RuleContext<'_>, action: &Located) -> Option<Diagnostic> {
    if is_filled_in_later(&action.text) {
        return None;
    }
    let message = format!("there is no action {}", wording::quoted(&action.text));
    Some(misspelt(
        context,
        action,
        message,
        &ACTIONS,
        "take one of Harness's actions, such as `StageRollback`",
    ))
}

pub(super) fn misplaced(action: &Located, place: ActionPlace) -> Option<Diagnostic> {
    let (place, help) = match place {
        ActionPlace::AfterRetry => (
            "after a retry",
            "take what shall be done once the retries are used up: `StageRollback`, `Ignore`, `MarkAsFailure`, `ManualIntervention` …",
        ),
        ActionPlace::AfterIntervention => (
            "after a manual intervention",
            "take what shall be done when nobody came: `StageRollback`, `Abort`, `MarkAsFailure`, `Ignore` …",
        ),
        ActionPlace::InRollback => (
            "of a step that is itself part of a rollback",
            "take `Ignore`, `MarkAsSuccess`, `MarkAsFailure` or `Abort`",
        ),
        ActionPlace::Chained => (
            "of a stage that runs another pipeline",
            "put it into the strategies of the pipeline that is run",
        ),
        ActionPlace::OutsideGroup => (
            "outside of a step group",
            "put it into the `failureStrategies` of the group that shall run again",
        ),
        _ => return None,
    };
    let message = format!("`{}` cannot be the action {place}", action.text);
    let finding = RULE.finding(action.span, message);
    Some(finding.with_label(REFUSED).with_help(help))
}

/// An action without what it needs.
pub(super) fn lacking(action: &Located, parts: &[&str]) -> Diagnostic {
    let missing = wording::list(parts.iter().copied(), parts.len());
    RULE.finding(
        action.span,
        format!("the action `{}` lacks {missing}", action.text),
    )
    .with_label(REFUSED)
    .with_help(format!("add {missing} to its `spec`"))
}

/// A number or time that an expression stands for.
pub(super) fn not_fixed(written: &Located) -> Diagnostic {
    RULE.finding(
        written.span,
        format!(
            "{} is an expression where Harness needs a fixed value",
            wording::quoted(&written.text)
        ),
    )
    .with_label("read before anything is evaluated: Harness does not start the pipeline")
    .with_help("write the number or time itself, or `<+input>` to be asked for it")
}

pub(super) fn no_count(written: &Located) -> Diagnostic {
    RULE.finding(
        written.span,
        format!("{} is no number of retries", wording::quoted(&written.text)),
    )
    .with_label(REFUSED)
    .with_help("write a whole number, such as `2`")
}
