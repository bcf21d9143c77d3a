//! The names in `on-failure` of v1 YAML (`spec/v1.md` §4). What else Harness refuses there is not public.

use pipewright_model::v1::{ACTIONS, ACTIONS_WITH_SETTINGS, ERRORS, PROCEED_WITH_DEFAULT};
use pipewright_model::{ActionKind, FailureAction, Listed, Pipeline};

use super::misspelt;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::rule_context::RuleContext;
use crate::wording;

/// Looks at the errors and actions of all nodes.
pub(super) fn check(context: RuleContext<'_>, pipeline: &Pipeline, findings: &mut Findings) {
    let strategies = pipeline
        .nodes
        .iter()
        .filter_map(|node| node.failure_strategies.as_ref());
    for entry in strategies.flat_map(|strategies| strategies.entries.items()) {
        for error in entry.errors.as_ref().map_or(&[][..], Listed::items) {
            let text = &*error.written.text;
            if error.kind.is_some() || text == PROCEED_WITH_DEFAULT || is_filled_in_later(text) {
                continue;
            }
            let names: Vec<&str> = ERRORS
                .iter()
                .map(|(name, _)| *name)
                .chain([PROCEED_WITH_DEFAULT])
                .collect();
            let message = format!("there is no error type {}", wording::quoted(text));
            findings.add(misspelt(
                context,
                &error.written,
                message,
                &names,
                "`all` is every error there is",
            ));
        }
        if let Some(action) = &entry.action {
            check_action(context, action, findings);
        }
    }
}

fn check_action(context: RuleContext<'_>, action: &FailureAction, findings: &mut Findings) {
    let next = match &action.kind {
        ActionKind::Retry(retry) | ActionKind::RetryStepGroup(retry) => {
            retry.on_retry_failure.as_ref()
        }
        ActionKind::ManualIntervention(wait) => wait.on_timeout.as_ref(),
        _ => None,
    };
    if let Some(next) = next {
        check_action(context, next, findings);
    }
    let Some(name) = &action.type_name else {
        return;
    };
    let names: Vec<&str> = ACTIONS.into_iter().chain(ACTIONS_WITH_SETTINGS).collect();
    if names.contains(&&*name.text) || is_filled_in_later(&name.text) {
        return;
    }
    let message = format!("there is no action {}", wording::quoted(&name.text));
    findings.add(misspelt(
        context,
        name,
        message,
        &names,
        "take one of Harness's actions, such as `stage-rollback`",
    ));
}
