//! Reads `on-failure` of v1 nodes: one strategy, a list of them, or an expression.

use pipewright_yaml::{self as yaml, Tree};

use crate::read::failure::{is_text, number};
use crate::read::fields::{is_null, listed, located, scalar};
use crate::v1::{ERRORS, PROCEED_WITH_DEFAULT};
use crate::{
    ActionKind, FailureAction, FailureError, FailureStrategies, FailureStrategy, Listed, Located,
    ManualIntervention, Retry, may_hold_expression,
};

/// The `on-failure` of a node.
pub(super) fn strategies(tree: &Tree, node: yaml::NodeId) -> Option<FailureStrategies> {
    let entry = tree.entry(node, "on-failure")?;
    let entries = if tree.is_mapping(entry.value) {
        Listed::Items(vec![strategy(tree, entry.value)])
    } else {
        listed(tree, entry.value, |item| Some(strategy(tree, item)))
    };
    Some(FailureStrategies {
        key: tree.span(entry.key),
        span: tree.span(entry.value),
        entries,
    })
}

fn strategy(tree: &Tree, item: yaml::NodeId) -> FailureStrategy {
    let errors = tree
        .find(item, "errors")
        .map(|errors| match scalar(tree, errors) {
            Some(one) if !may_hold_expression(&one.text) => Listed::Items(vec![error(one)]),
            _ => listed(tree, errors, |item| scalar(tree, item).map(error)),
        });
    FailureStrategy {
        span: tree.span(item),
        errors,
        action: action(tree, item, "action"),
    }
}

fn error(written: Located) -> FailureError {
    let kind = ERRORS.iter().find(|(name, _)| *name == &*written.text);
    FailureError {
        kind: kind.map(|(_, kind)| *kind),
        written,
    }
}

/// The action below `key`: a word, or a mapping whose key is the word. `None` where nothing is written.
fn action(tree: &Tree, holder: yaml::NodeId, key: &str) -> Option<FailureAction> {
    let action = tree
        .find(holder, key)
        .filter(|&action| !is_null(tree, action))?;
    let first = tree.entries(action).first();
    let word = first.map_or_else(|| scalar(tree, action), |entry| scalar(tree, entry.key));
    Some(FailureAction {
        span: tree.span(action),
        is_open: word
            .as_ref()
            .is_some_and(|word| may_hold_expression(&word.text)),
        kind: kind(tree, action, word.as_ref()),
        type_name: word,
    })
}

fn kind(tree: &Tree, action: yaml::NodeId, word: Option<&Located>) -> ActionKind {
    match word.map(|word| &*word.text) {
        Some("ignore") => ActionKind::Ignore,
        Some("success") => ActionKind::MarkAsSuccess,
        Some("fail") => ActionKind::MarkAsFailure,
        Some("abort") => ActionKind::Abort,
        Some("stage-rollback") => ActionKind::StageRollback,
        Some("pipeline-rollback") => ActionKind::PipelineRollback,
        Some(PROCEED_WITH_DEFAULT) => ActionKind::ProceedWithDefaultValues,
        Some("retry") => ActionKind::Retry(Box::new(retry(tree, action, "retry"))),
        Some("retry-step-group") => {
            ActionKind::RetryStepGroup(Box::new(retry(tree, action, "retry-step-group")))
        }
        Some("manual-intervention") => {
            let settings = tree.find(action, "manual-intervention");
            ActionKind::ManualIntervention(Box::new(ManualIntervention {
                is_open: is_text(tree, action, "manual-intervention"),
                timeout: settings.and_then(|settings| located(tree, settings, "timeout")),
                on_timeout: settings
                    .and_then(|settings| self::action(tree, settings, "timeout-action")),
            }))
        }
        _ => ActionKind::Unknown,
    }
}

fn retry(tree: &Tree, action: yaml::NodeId, key: &str) -> Retry {
    let settings = tree.find(action, key);
    let interval = settings.and_then(|settings| tree.find(settings, "interval"));
    Retry {
        is_open: is_text(tree, action, key),
        count: settings.and_then(|settings| number(tree, settings, "attempts")),
        intervals: interval.map(|interval| match scalar(tree, interval) {
            Some(one) if !may_hold_expression(&one.text) => Listed::Items(vec![one]),
            _ => listed(tree, interval, |item| scalar(tree, item)),
        }),
        condition: None,
        on_retry_failure: settings
            .and_then(|settings| self::action(tree, settings, "failure-action")),
    }
}
