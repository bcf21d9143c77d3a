//! From walks to a plan: verdicts that hold in every run, races, the other reading, order and reasons.

mod certainty;
mod order;
mod race;
mod reason;
mod unknowns;
mod verdict;

use std::sync::Arc;

use pipewright_analysis::Prepared;
use pipewright_context::PreparedPipeline;
use pipewright_model::{NodeKind, Pipeline};
use pipewright_yaml as yaml;

use crate::layout::EntryId;
use crate::program::Program;
use crate::walk::{Scenario, Walk, loop_condition};
use crate::{Given, Goal, History, Kind, Plan, PlanError, PlanNode, Reading, Verdict};

use certainty::Certainty;
use order::in_order;

/// How many conditions may have been evaluated before no further walks are taken.
const MAX_EVALUATED: usize = 20_000;

/// Which stages, groups and steps of a pipeline would run, and why.
///
/// # Errors
/// If something is asked for that the pipeline does not have, or Harness refuses the pipeline.
pub fn plan(prepared: &Prepared, given: &Given) -> Result<Plan, PlanError> {
    plan_with_history(prepared, given).map(|(plan, _)| plan)
}

/// The same, with how far the run had come when each node started.
///
/// # Errors
/// As for [`plan()`].
pub fn plan_with_history(prepared: &Prepared, given: &Given) -> Result<(Plan, History), PlanError> {
    let prepared = pipeline_of(prepared)?.with_given(&given.values);
    let mut notes = Vec::new();
    let program = Program::new(&prepared, &given.values, given, &mut notes)?;
    let documented = needs_both(&program).then(|| program.documented(&given.values));
    let (asked, other) = match (given.reading, &documented) {
        (Reading::Documented, Some(documented)) => (documented, None),
        (_, documented) => (&program, documented.as_ref()),
    };
    let (mut plan, history) = plan_of(asked, given.reading, other);
    plan.notes.splice(0..0, notes);
    Ok((plan, history))
}

/// The verdicts of some nodes, each with the names that would decide one that is unknown, whether Harness refuses the
/// pipeline or not. `None` where that is not certain, or the plan lists no such node.
pub(crate) fn verdicts_of(
    prepared: &Prepared,
    given: &Given,
    nodes: &[Goal],
) -> Option<Vec<(Verdict, Vec<String>)>> {
    let prepared = pipeline_of(prepared).ok()?.with_given(&given.values);
    let program = Program::unchecked(&prepared, &given.values, given, &mut Vec::new()).ok()?;
    let scenario = Scenario::default();
    let walk = Walk::new(&program, &scenario, false);
    let certainty = Certainty::new(&program, &walk);
    if certainty.partial.is_some() {
        return None;
    }
    let entries = nodes.iter().map(|node| program.layout.find(&node.fqn));
    let verdict = |entry: Option<EntryId>| {
        let entry = entry?;
        Some((certainty.verdicts[entry], certainty.needs[entry].clone()))
    };
    entries.map(verdict).collect()
}

/// The pipeline that is to be planned.
///
/// # Errors
/// If it is a template.
pub(crate) fn pipeline_of(prepared: &Prepared) -> Result<&PreparedPipeline, PlanError> {
    let prepared = prepared.pipeline();
    let root = prepared.pipeline().node(Pipeline::ROOT);
    if root.kind == NodeKind::Pipeline {
        return Ok(prepared);
    }
    Err(PlanError::usage(
        "only a pipeline can be planned, and this is a template",
    ))
}

/// Whether the readings can differ.
fn needs_both(program: &Program<'_>) -> bool {
    let has_groups = || {
        program
            .layout
            .entries
            .iter()
            .any(|entry| entry.kind == Kind::Group)
    };
    let fails =
        || !program.failures.failing.is_empty() || !program.failures.before_steps.is_empty();
    let has_conditions = || {
        program
            .pipeline
            .nodes
            .iter()
            .any(|node| node.when.is_some())
    };
    has_groups() || fails() || has_conditions()
}

fn plan_of(
    program: &Program<'_>,
    reading: Reading,
    other: Option<&Program<'_>>,
) -> (Plan, History) {
    let scenario = Scenario::default();
    let walk = Walk::new(program, &scenario, true);
    let certainty = Certainty::new(program, &walk);
    let races = race::races(program, &walk);
    let other = other.filter(|_| reading == Reading::Engine).map(|other| {
        let walk = Walk::new(other, &scenario, false);
        Certainty::new(other, &walk).verdicts
    });
    let node = |entry: EntryId| {
        let node = node_of(program, &walk, &certainty, entry);
        let documented = other.as_ref().map(|verdicts| verdicts[entry]);
        PlanNode {
            race: walk.cells[entry].race || races[entry],
            documented: documented.filter(|verdict| *verdict != node.verdict),
            ..node
        }
    };
    let order = in_order(&program.layout, &walk);
    let mut places = vec![0; order.len()];
    for (place, entry) in order.iter().enumerate() {
        places[*entry] = place;
    }
    let items = program.layout.items();
    let parent = |entry: EntryId| Some(places[program.layout.entry(entry).parent?]);
    let nodes = order.iter().map(|entry| PlanNode {
        parent: parent(*entry),
        item: items[*entry],
        ..node(*entry)
    });
    let nodes: Vec<PlanNode> = nodes.collect();
    let moment = |entry: &EntryId| {
        let is_there = walk.board.is_there(*entry);
        is_there.then(|| walk.cells[*entry].moment)
    };
    let unknown = order.iter().copied();
    let unknown = unknown.filter(|entry| certainty.verdicts[*entry] == Verdict::Unknown);
    let history = History::new(
        Arc::clone(&program.layout),
        walk.board.changes(),
        unknown.collect(),
        order.iter().map(moment).collect(),
    );
    let plan = Plan {
        status: nodes.first().and_then(|whole| whole.status),
        nodes,
        notes: notes(program, &walk, &certainty),
    };
    (plan, history)
}

fn node_of(
    program: &Program<'_>,
    walk: &Walk<'_, '_>,
    certainty: &Certainty,
    entry: EntryId,
) -> PlanNode {
    let layout = &program.layout;
    let of_entry = layout.entry(entry);
    let cell = &walk.cells[entry];
    let verdict = certainty.verdicts[entry];
    let tree = program.prepared.tree();
    let yaml = program.pipeline.node(of_entry.node).yaml;
    let condition = match of_entry.kind {
        Kind::Pipeline => None,
        Kind::Loop => loop_condition(tree, yaml).map(str::to_owned),
        _ => program.predicates.of(of_entry.node).text.clone(),
    };
    let is_known = !matches!(verdict, Verdict::Unknown | Verdict::NotReached);
    PlanNode {
        fqn: of_entry.name.to_string(),
        parent: None,
        item: 0,
        kind: of_entry.kind,
        verdict,
        status: walk.board.status(entry).filter(|_| is_known),
        reason: reason::reason(program, walk, certainty, entry),
        condition,
        needs: certainty.needs[entry].clone(),
        action: cell.action,
        attempts: cell.starts,
        error_type: cell.fault,
        within: reason::skipped_around(program, walk, entry)
            .filter(|_| verdict == Verdict::NotReached)
            .map(|outer| layout.entry(outer).name.to_string()),
        race: false,
        rollback: of_entry.in_rollback,
        documented: None,
        seen: cell.seen.clone(),
        span: tree.span(yaml),
    }
}

fn notes(program: &Program<'_>, walk: &Walk<'_, '_>, certainty: &Certainty) -> Vec<String> {
    let layout = &program.layout;
    let mut notes = Vec::new();
    let given = program
        .failures
        .failing
        .keys()
        .chain(program.failures.before_steps.keys());
    let mut unused: Vec<EntryId> = given
        .copied()
        .filter(|entry| walk.cells[*entry].starts == 0)
        .collect();
    unused.sort_unstable();
    unused.dedup();
    for entry in unused {
        let name = &layout.entry(entry).name;
        notes.push(format!("failure given for `{name}`, but not started"));
    }
    for (stage, name) in program.conditions.given_too_early() {
        let stage = &layout.entry(stage).name;
        notes.push(format!(
            "`{name}` is given, but the condition of `{stage}` is read before that stage starts, where it is null"
        ));
    }
    for name in &layout.cut {
        notes.push(format!(
            "`{name}` loops so often that its turns are not listed"
        ));
    }
    notes.extend(ignored_settings(program));
    if let Some(partial) = certainty.partial {
        notes.push(format!(
            "{} unknown conditions bear on other nodes, too many to try how all of them may turn out together: {} \
             combinations were tried, and a verdict may rest on more than it says; give some of their values",
            partial.conditions, partial.tried
        ));
    }
    if program.by_dependencies && walk.asks_for_pipeline_rollback() {
        notes.push("a pipeline rollback of stages with `dependsOn` is not followed".to_owned());
    }
    if walk.asks_for_pipeline_rollback() && has_fail_all(program) {
        notes.push("`failAll` of the pipeline rollback is not followed".to_owned());
    }
    notes
}

/// Whether an action of a strategy makes everything fail that runs (`spec/plan.md` §4.5).
fn has_fail_all(program: &Program<'_>) -> bool {
    let (pipeline, tree) = (program.pipeline, program.prepared.tree());
    let fails_all = |strategy: &yaml::NodeId| {
        let keys = ["onFailure", "action", "spec", "failAll"];
        let written = keys
            .into_iter()
            .try_fold(*strategy, |at, key| tree.find(at, key));
        written.and_then(|written| tree.text(written)) == Some("true")
    };
    pipeline.nodes.iter().any(|node| {
        let strategies = tree.find(node.yaml, "failureStrategies");
        let strategies = strategies.map(|strategies| tree.items(strategies));
        strategies.is_some_and(|strategies| strategies.iter().any(fails_all))
    })
}

/// Settings that the engine takes no note of, or that are not followed here.
fn ignored_settings(program: &Program<'_>) -> Vec<String> {
    let (pipeline, tree) = (program.pipeline, program.prepared.tree());
    let mut notes = Vec::new();
    for id in pipeline
        .ids()
        .filter(|id| program.selected.is_in(pipeline, *id))
    {
        let node = pipeline.node(id);
        let strategy = tree.find(node.yaml, "strategy");
        if strategy.is_some_and(|strategy| tree.find(strategy, "maxConcurrency").is_some()) {
            let name = program.prepared.names().fqn(id);
            notes.push(format!(
                "`maxConcurrency` of `{name}` stands beside its loop, where the engine does not read it"
            ));
        }
    }
    notes
}
