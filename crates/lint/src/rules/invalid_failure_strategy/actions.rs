//! Actions that are none, that lack a part, or that may not stand where they stand.

use pipewright_model::{
    ActionKind, FailureAction, Listed, Located, ManualIntervention, NodeKind, Retry,
};
use pipewright_source::Diagnostic;

use super::{Owner, REFUSED, RULE, misspelt};
use crate::finding::Findings;
use crate::placeholder::{is_evaluated, is_filled_in_later};
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

/// A place at which some actions are refused.
struct Refusal {
    /// Whether an action stands there.
    holds: fn(Owner<'_>, Behind) -> bool,
    /// The actions.
    actions: &'static [&'static str],
    /// Where that is, at the end of a sentence.
    place: &'static str,
    /// What to write instead.
    help: &'static str,
}

/// What an action stands behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// `onFailure`
    Failure,
    /// `onRetryFailure`
    RetryFailure,
    /// `onTimeout`
    Timeout,
}

const REFUSALS: [Refusal; 5] = [
    Refusal {
        holds: |_, behind| behind == Behind::RetryFailure,
        actions: &[
            "Retry",
            "ProceedWithDefaultValues",
            "StepGroupRollback",
            "RetryStepGroup",
        ],
        place: "after a retry",
        help: "take what shall be done once the retries are used up: `StageRollback`, `Ignore`, `MarkAsFailure`, `ManualIntervention` …",
    },
    Refusal {
        holds: |_, behind| behind == Behind::Timeout,
        actions: &[
            "ManualIntervention",
            "Retry",
            "ProceedWithDefaultValues",
            "StepGroupRollback",
            "RetryStepGroup",
        ],
        place: "after a manual intervention",
        help: "take what shall be done when nobody came: `StageRollback`, `Abort`, `MarkAsFailure`, `Ignore` …",
    },
    Refusal {
        holds: |owner, behind| {
            behind == Behind::Failure && owner.node.kind == NodeKind::Step && owner.is_in_rollback()
        },
        actions: &["StageRollback", "StepGroupRollback"],
        place: "of a step that is itself part of a rollback",
        help: "take `Ignore`, `MarkAsSuccess`, `MarkAsFailure` or `Abort`",
    },
    Refusal {
        holds: |owner, behind| behind == Behind::Failure && owner.node.is_chained(),
        actions: &["Retry", "ManualIntervention", "PipelineRollback"],
        place: "of a stage that runs another pipeline",
        help: "put it into the strategies of the pipeline that is run",
    },
    Refusal {
        holds: |owner, behind| behind == Behind::Failure && !owner.is_in_group(),
        actions: &["RetryStepGroup"],
        place: "outside of a step group",
        help: "put it into the `failureStrategies` of the group that shall run again",
    },
];

/// Looks at an action and at those behind it.
pub(super) fn check(
    context: RuleContext<'_>,
    owner: Owner<'_>,
    action: &FailureAction,
    findings: &mut Findings,
) {
    check_behind(context, owner, Behind::Failure, action, findings);
}

fn check_behind(
    context: RuleContext<'_>,
    owner: Owner<'_>,
    behind: Behind,
    action: &FailureAction,
    findings: &mut Findings,
) {
    let Some(type_name) = &action.type_name else {
        return;
    };
    let refused = |refusal: &&Refusal| {
        refusal.actions.contains(&&*type_name.text) && (refusal.holds)(owner, behind)
    };
    if let Some(refusal) = REFUSALS.iter().find(refused) {
        findings.add(
            RULE.finding(
                type_name.span,
                format!(
                    "`{}` cannot be the action {}",
                    type_name.text, refusal.place
                ),
            )
            .with_label(REFUSED)
            .with_help(refusal.help),
        );
        return;
    }
    match &action.kind {
        ActionKind::Unknown if !is_filled_in_later(&type_name.text) => {
            let message = format!("there is no action {}", wording::quoted(&type_name.text));
            findings.add(misspelt(
                context,
                type_name,
                message,
                &ACTIONS,
                "take one of Harness's actions, such as `StageRollback`",
            ));
        }
        ActionKind::Retry(retry) => {
            findings.extend(lacking(
                type_name,
                &[
                    ("retryCount", retry.is_open || retry.count.is_some()),
                    ("retryIntervals", retry.is_open || retry.intervals.is_some()),
                    (
                        "onRetryFailure",
                        retry.is_open || retry.on_retry_failure.is_some(),
                    ),
                ],
            ));
            findings.extend(not_fixed(retry));
            check_next(
                context,
                owner,
                Behind::RetryFailure,
                retry.on_retry_failure.as_ref(),
                findings,
            );
        }
        ActionKind::RetryStepGroup(retry) => {
            findings.extend(lacking(
                type_name,
                &[
                    ("retryCount", retry.is_open || retry.count.is_some()),
                    ("retryIntervals", retry.is_open || retry.intervals.is_some()),
                ],
            ));
            findings.extend(not_fixed(retry));
        }
        ActionKind::ManualIntervention(wait) => {
            findings.extend(lacking(
                type_name,
                &[
                    ("timeout", wait.is_open || wait.timeout.is_some()),
                    ("onTimeout", wait.is_open || wait.on_timeout.is_some()),
                ],
            ));
            findings.extend(timeout_not_fixed(wait));
            check_next(
                context,
                owner,
                Behind::Timeout,
                wait.on_timeout.as_ref(),
                findings,
            );
        }
        _ => {}
    }
}

fn check_next(
    context: RuleContext<'_>,
    owner: Owner<'_>,
    behind: Behind,
    action: Option<&FailureAction>,
    findings: &mut Findings,
) {
    if let Some(action) = action {
        check_behind(context, owner, behind, action, findings);
    }
}

/// An action without what it needs.
fn lacking(type_name: &Located, parts: &[(&str, bool)]) -> Option<Diagnostic> {
    let missing: Vec<&str> = parts
        .iter()
        .filter(|(_, is_there)| !is_there)
        .map(|(name, _)| *name)
        .collect();
    if missing.is_empty() {
        return None;
    }
    let missing = wording::list(missing, parts.len());
    let finding = RULE
        .finding(
            type_name.span,
            format!("the action `{}` lacks {missing}", type_name.text),
        )
        .with_label(REFUSED)
        .with_help(format!("add {missing} to its `spec`"));
    Some(finding)
}

/// Numbers and times of a retry that an expression stands for: Harness needs them before it evaluates any.
fn not_fixed(retry: &Retry) -> Vec<Diagnostic> {
    let count = retry.count.iter().map(|count| &count.written);
    let intervals = retry.intervals.as_ref();
    let written = intervals.map_or(&[][..], Listed::items);
    count.chain(written).filter_map(evaluated).collect()
}

fn timeout_not_fixed(wait: &ManualIntervention) -> Option<Diagnostic> {
    wait.timeout.as_ref().and_then(evaluated)
}

fn evaluated(written: &Located) -> Option<Diagnostic> {
    if !is_evaluated(&written.text) {
        return None;
    }
    let finding = RULE
        .finding(
            written.span,
            format!(
                "{} is an expression where Harness needs a fixed value",
                wording::quoted(&written.text)
            ),
        )
        .with_label("read before anything is evaluated: Harness does not start the pipeline")
        .with_help("write the number or time itself, or `<+input>` to be asked for it");
    Some(finding)
}
