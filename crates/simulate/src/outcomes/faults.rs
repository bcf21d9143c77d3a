//! Which failures are worth trying.

use pipewright_model::{FailureAction, FailureType};

use crate::program::Program;
use crate::strategies::is_same_action;
use crate::{Failure, Kind};

/// A failure of each step and chained stage outside of rollback sections, for each action that it may lead to, in the
/// order of the document. A node that loops fails in all its turns.
pub(super) fn failures(program: &Program<'_>) -> Vec<Failure> {
    let pipeline = program.pipeline;
    let mut failures = Vec::new();
    let mut done = vec![false; pipeline.nodes.len()];
    for entry in &program.layout.entries {
        let node = entry.node;
        let may_fail = !entry.in_rollback
            && !entry.is_opaque
            && !entry.is_dropped
            && matches!(entry.kind, Kind::Step | Kind::Stage)
            && (entry.kind == Kind::Step || pipeline.node(node).is_chained())
            && program.selected.is_in(pipeline, node);
        if !may_fail || std::mem::replace(&mut done[node.0 as usize], true) {
            continue;
        }
        let name = program.prepared.names().fqn(node);
        let kinds = kinds(program, node).into_iter();
        failures.extend(kinds.map(|kind| Failure::new(&*name).fault(kind.as_str())));
    }
    failures
}

/// One type of failure for each action: `Unknown`, if that leads to it.
fn kinds(program: &Program<'_>, node: pipewright_model::NodeId) -> Vec<FailureType> {
    let mut found: Vec<(FailureType, Option<&FailureAction>)> = Vec::new();
    let others = FailureType::ALL.into_iter();
    let others =
        others.filter(|kind| !matches!(kind, FailureType::AllErrors | FailureType::Unknown));
    for kind in std::iter::once(FailureType::Unknown).chain(others) {
        let chosen = program.table(node).and_then(|table| table.get(kind));
        let action = chosen.map(|chosen| chosen.action);
        let is_known = found.iter().any(|(_, known)| match (known, action) {
            (None, None) => true,
            (Some(known), Some(action)) => is_same_action(known, action),
            _ => false,
        });
        if !is_known {
            found.push((kind, action));
        }
    }
    found.into_iter().map(|(kind, _)| kind).collect()
}
