//! Reads failure strategies. Actions nest as deep as the file does, which the YAML parser bounds.

use pipewright_yaml::{self as yaml, Tree};

use super::fields::{self, count, listed, located, mapping};
use crate::{
    ActionKind, Count, FailureAction, FailureError, FailureStrategies, FailureStrategy,
    FailureType, Listed, Located, ManualIntervention, Retry,
};

/// The `failureStrategies` of a node.
pub(super) fn strategies(tree: &Tree, node: yaml::NodeId) -> Option<FailureStrategies> {
    let entry = tree.entry(node, "failureStrategies")?;
    Some(FailureStrategies {
        key: tree.span(entry.key),
        span: tree.span(entry.value),
        entries: listed(tree, entry.value, |item| Some(strategy(tree, item))),
    })
}

fn strategy(tree: &Tree, item: yaml::NodeId) -> FailureStrategy {
    let on_failure = tree.find(item, "onFailure");
    let errors = on_failure.and_then(|on| tree.find(on, "errors"));
    FailureStrategy {
        span: tree.span(item),
        errors: errors.map(|errors| listed(tree, errors, |item| error(tree, item))),
        action: match tree.scalar(item) {
            Some(_) => Some(open(tree, item)),
            None => behind(tree, item, "onFailure"),
        },
    }
}

fn error(tree: &Tree, item: yaml::NodeId) -> Option<FailureError> {
    let written = fields::scalar(tree, item)?;
    Some(FailureError {
        kind: FailureType::named(&written.text),
        written,
    })
}

/// The `action` of `holder`, a text such as `<+input>` included; `None` where nothing is written.
fn action(tree: &Tree, holder: yaml::NodeId) -> Option<FailureAction> {
    let action = tree
        .find(holder, "action")
        .filter(|&action| !fields::is_null(tree, action))?;
    let type_name = located(tree, action, "type");
    Some(FailureAction {
        span: tree.span(action),
        is_open: tree.scalar(action).is_some(),
        kind: kind(tree, action, type_name.as_ref()),
        type_name,
    })
}

fn kind(tree: &Tree, action: yaml::NodeId, type_name: Option<&Located>) -> ActionKind {
    match type_name.map(|name| &*name.text) {
        Some("Ignore") => ActionKind::Ignore,
        Some("MarkAsSuccess") => ActionKind::MarkAsSuccess,
        Some("MarkAsFailure") => ActionKind::MarkAsFailure,
        Some("Abort") => ActionKind::Abort,
        Some("StageRollback") => ActionKind::StageRollback,
        Some("StepGroupRollback") => ActionKind::StepGroupRollback,
        Some("PipelineRollback") => ActionKind::PipelineRollback,
        Some("ProceedWithDefaultValues") => ActionKind::ProceedWithDefaultValues,
        Some("Retry") => ActionKind::Retry(Box::new(retry(tree, action))),
        Some("RetryStepGroup") => ActionKind::RetryStepGroup(Box::new(retry(tree, action))),
        Some("ManualIntervention") => {
            ActionKind::ManualIntervention(Box::new(intervention(tree, action)))
        }
        _ => ActionKind::Unknown,
    }
}

fn retry(tree: &Tree, action: yaml::NodeId) -> Retry {
    let spec = mapping(tree, action, "spec");
    Retry {
        is_open: is_text(tree, action, "spec"),
        count: spec.and_then(|spec| number(tree, spec, "retryCount")),
        intervals: spec
            .and_then(|spec| tree.find(spec, "retryIntervals"))
            .map(|list| texts(tree, list)),
        condition: spec.and_then(|spec| located(tree, spec, "condition")),
        on_retry_failure: spec.and_then(|spec| behind(tree, spec, "onRetryFailure")),
    }
}

fn intervention(tree: &Tree, action: yaml::NodeId) -> ManualIntervention {
    let spec = mapping(tree, action, "spec");
    ManualIntervention {
        is_open: is_text(tree, action, "spec"),
        timeout: spec.and_then(|spec| located(tree, spec, "timeout")),
        on_timeout: spec.and_then(|spec| behind(tree, spec, "onTimeout")),
    }
}

/// The action that `key` of an entry or of an action's `spec` holds; an unknown one where a text such as `<+input>`
/// stands for it.
fn behind(tree: &Tree, within: yaml::NodeId, key: &str) -> Option<FailureAction> {
    let holder = tree.find(within, key)?;
    if is_text(tree, within, key) {
        return Some(open(tree, holder));
    }
    action(tree, holder)
}

/// The action of a text that stands for it, or for what holds it.
fn open(tree: &Tree, text: yaml::NodeId) -> FailureAction {
    FailureAction {
        span: tree.span(text),
        is_open: true,
        type_name: None,
        kind: ActionKind::Unknown,
    }
}

/// Whether a text stands where `key` is expected to hold a mapping.
pub(super) fn is_text(tree: &Tree, holder: yaml::NodeId, key: &str) -> bool {
    let value = tree.find(holder, key);
    value.is_some_and(|value| tree.scalar(value).is_some() && !fields::is_null(tree, value))
}

fn texts(tree: &Tree, list: yaml::NodeId) -> Listed<Located> {
    listed(tree, list, |item| fields::scalar(tree, item))
}

pub(super) fn number(tree: &Tree, spec: yaml::NodeId, key: &str) -> Option<Count> {
    let written = located(tree, spec, key)?;
    Some(Count {
        number: count(tree, written.yaml),
        written,
    })
}
