//! What may become of the failures of a step, as far as that is written (`spec/plan.md` §3).

use pipewright_model::{
    ActionKind, FailureAction, FailureStrategies, FailureType, Listed, NodeId, NodeKind, Pipeline,
};

use super::Table;
use super::list::conflicts;

/// What an action makes of a failure, as far as later steps of the stage see it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Fate<'a> {
    /// No later step of the stage starts.
    Ends(&'a FailureAction),
    /// The stage goes on as after a success.
    Forgets(&'a FailureAction),
    /// Later steps may see a failed stage.
    MayBeSeen,
}

/// What becomes of each failure that a step may have: every fate that is possible. `None` where that is not known: an
/// expression stands for strategies, a template has them, Harness refuses them, or no stage is around.
///
/// Which of several groups decides differs between the planners of step types, so each of them may; and where the
/// nearest says nothing, the stage may, too.
pub fn fates(pipeline: &Pipeline, step: NodeId) -> Option<Vec<Fate<'_>>> {
    let levels = levels(pipeline, step)?;
    let mut fates = Vec::new();
    for kind in FailureType::ALL {
        if kind == FailureType::AllErrors {
            continue;
        }
        let actions = actions_for(&levels, kind);
        if actions.is_empty() {
            fates.push(Fate::MayBeSeen);
        }
        for action in actions {
            fates.push(fate(action)?);
        }
    }
    Some(fates)
}

/// The strategies of the step, of a group around it, or of the stage.
type Level<'a> = (NodeKind, Table<'a>);

/// The strategies that count for a step, from its own to those of the stage.
fn levels(pipeline: &Pipeline, step: NodeId) -> Option<Vec<Level<'_>>> {
    let mut levels = Vec::new();
    for id in pipeline.self_and_ancestors(step) {
        let node = pipeline.node(id);
        if node.template.is_some() {
            return None;
        }
        if let Some(strategies) = &node.failure_strategies {
            if !are_known(strategies) {
                return None;
            }
            let conflicts = conflicts([(id, strategies)]);
            if conflicts.iter().any(|of| of.kind != FailureType::AllErrors) {
                return None;
            }
            levels.push((node.kind, Table::of([(id, strategies)])));
        }
        if node.kind == NodeKind::Stage {
            return Some(levels);
        }
    }
    None
}

/// Whether everything in a list is read: no expression, and nothing misspelt.
fn are_known(strategies: &FailureStrategies) -> bool {
    let Listed::Items(entries) = &strategies.entries else {
        return false;
    };
    entries.iter().all(|entry| {
        let errors = matches!(&entry.errors, Some(Listed::Items(errors))
            if errors.iter().all(|error| error.kind.is_some()));
        errors && entry.action.is_some()
    })
}

/// The actions that may be taken for a failure of that kind: that of the step, or else of the groups, or else of the
/// stage.
fn actions_for<'a>(levels: &[Level<'a>], kind: FailureType) -> Vec<&'a FailureAction> {
    let mut actions = Vec::new();
    let mut is_nearest = true;
    let mut is_decided = false;
    for (of, table) in levels {
        let action = table.get(kind).map(|chosen| chosen.action);
        match of {
            NodeKind::Step if action.is_some() => return action.into_iter().collect(),
            NodeKind::StepGroup => {
                is_decided |= is_nearest && action.is_some();
                is_nearest = false;
                actions.extend(action);
            }
            _ if !is_decided => actions.extend(action),
            _ => {}
        }
    }
    actions
}

/// What an action makes of a failure in the end; `None` where that is not known.
fn fate(action: &FailureAction) -> Option<Fate<'_>> {
    Some(match &action.kind {
        ActionKind::StageRollback | ActionKind::Abort => Fate::Ends(action),
        ActionKind::Ignore | ActionKind::MarkAsSuccess | ActionKind::ProceedWithDefaultValues => {
            Fate::Forgets(action)
        }
        ActionKind::Retry(retry) => return fate(retry.on_retry_failure.as_ref()?),
        ActionKind::Unknown => return None,
        _ => Fate::MayBeSeen,
    })
}
