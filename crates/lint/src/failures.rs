//! What becomes of the failures of a step (`spec/plan.md` §3).

use pipewright_model::{
    ActionKind, FailureAction, FailureStrategies, FailureType, Listed, Node, NodeId, NodeKind,
    Pipeline,
};

/// What an action makes of a failure, as far as later steps of the stage see it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome<'a> {
    /// No later step of the stage starts.
    Ends(&'a FailureAction),
    /// The stage goes on as after a success.
    Forgets(&'a FailureAction),
    /// Later steps may see a failed stage.
    MayBeSeen,
}

/// What becomes of each failure that a step may have: every outcome that is possible. `None` where that is not known.
pub(crate) fn outcomes_of(pipeline: &Pipeline, step: NodeId) -> Option<Vec<Outcome<'_>>> {
    let levels = levels(pipeline, step)?;
    let mut outcomes = Vec::new();
    for kind in FailureType::ALL {
        if kind == FailureType::AllErrors {
            continue;
        }
        let actions = actions_for(&levels, kind)?;
        if actions.is_empty() {
            outcomes.push(Outcome::MayBeSeen);
        }
        for action in actions {
            outcomes.push(outcome(action)?);
        }
    }
    Some(outcomes)
}

/// Failure strategies that count for a step, and what has them: the step, a group around it, or the stage.
type Level<'a> = (NodeKind, &'a FailureStrategies);

/// The strategies that count for a step, from its own to those of the stage. `None` where some are not known: an
/// expression stands for them, a template has them, or no stage is around.
fn levels(pipeline: &Pipeline, step: NodeId) -> Option<Vec<Level<'_>>> {
    let mut levels = Vec::new();
    for id in pipeline.self_and_ancestors(step) {
        let node: &Node = pipeline.node(id);
        if node.template.is_some() {
            return None;
        }
        let strategies = node.failure_strategies.as_ref();
        levels.extend(strategies.map(|strategies| (node.kind, strategies)));
        if node.kind == NodeKind::Stage {
            let are_known = |(_, level): &Level<'_>| level.entries.is_closed();
            return levels.iter().all(are_known).then_some(levels);
        }
    }
    None
}

/// The actions that may be taken for a failure of that kind: that of the step, or else of the groups, or else of the
/// stage. Which of several groups decides differs between the planners of step types, so each of them may; and where
/// the nearest says nothing, the stage may, too.
fn actions_for<'a>(levels: &[Level<'a>], kind: FailureType) -> Option<Vec<&'a FailureAction>> {
    let mut actions = Vec::new();
    let mut is_nearest = true;
    let mut is_decided = false;
    for (of, level) in levels {
        let action = action_at(level, kind).ok()?;
        match of {
            NodeKind::Step if action.is_some() => return Some(action.into_iter().collect()),
            NodeKind::StepGroup => {
                is_decided |= is_nearest && action.is_some();
                is_nearest = false;
                actions.extend(action);
            }
            _ if !is_decided => actions.extend(action),
            _ => {}
        }
    }
    Some(actions)
}

/// The action of a level, if it has one.
type Action<'a> = Option<&'a FailureAction>;

/// What is written does not tell.
struct NotKnown;

/// The action of one level for a failure of that kind: the entry that names it, or the one for all errors.
fn action_at(level: &FailureStrategies, kind: FailureType) -> Result<Action<'_>, NotKnown> {
    let mut for_all = None;
    for entry in level.entries.items() {
        let Some(Listed::Items(errors)) = &entry.errors else {
            return Err(NotKnown);
        };
        for error in errors {
            let action = entry.action.as_ref().ok_or(NotKnown)?;
            match error.kind.ok_or(NotKnown)? {
                named if named == kind => return Ok(Some(action)),
                FailureType::AllErrors => for_all = Some(action),
                _ => {}
            }
        }
    }
    Ok(for_all)
}

/// What an action makes of a failure in the end; `None` where that is not known.
fn outcome(action: &FailureAction) -> Option<Outcome<'_>> {
    Some(match &action.kind {
        ActionKind::StageRollback | ActionKind::Abort => Outcome::Ends(action),
        ActionKind::Ignore | ActionKind::MarkAsSuccess | ActionKind::ProceedWithDefaultValues => {
            Outcome::Forgets(action)
        }
        ActionKind::Retry(retry) => return outcome(retry.on_retry_failure.as_ref()?),
        ActionKind::Unknown => return None,
        _ => Outcome::MayBeSeen,
    })
}
