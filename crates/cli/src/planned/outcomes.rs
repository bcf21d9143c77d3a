//! The outcomes of a pipeline for people: the first as a tree, of the others what differs from it.

use owo_colors::OwoColorize as _;
use pipewright_jexl::Json;
use pipewright_simulate::{Chosen, Outcome, Outcomes, Plan, PlanNode, Tried, Verdict};

use super::boxes::sign;
use super::short_names::ShortNames;
use super::write_tree;
use crate::Streams;
use crate::exit::Failure;
use crate::layout::Layout;
use crate::printable::printable;

/// Writes the outcomes of a pipeline.
pub(crate) fn write_outcomes(
    outcomes: &Outcomes,
    layout: Layout,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let Some(first) = outcomes.outcomes.first() else {
        return Ok(());
    };
    for (place, outcome) in outcomes.outcomes.iter().enumerate() {
        if place > 0 {
            writeln!(streams.output)?;
        }
        let names = ShortNames::new(&outcome.plan, layout);
        let title = format!("{}. {}", place + 1, title(outcome, &names));
        let title = printable(&title);
        writeln!(streams.output, "{}", title.style(layout.palette.strong()))?;
        if place == 0 {
            write_tree(&outcome.plan, layout, streams)?;
        } else {
            write_differences(&first.plan, &outcome.plan, &names, streams)?;
        }
    }
    writeln!(streams.output)?;
    writeln!(streams.output, "{}", printable(&sum(outcomes)))?;
    for note in &outcomes.notes {
        writeln!(streams.errors, "note: {}", printable(note))?;
    }
    Ok(())
}

/// What leads to an outcome, and how the run ends.
fn title(outcome: &Outcome, names: &ShortNames<'_>) -> String {
    let mut given: Vec<String> = outcome.values.iter().map(chosen).collect();
    given.extend(
        outcome
            .failure
            .as_ref()
            .map(|failure| format!("{} {}", names.of(&failure.fqn), failure.said())),
    );
    let status = outcome
        .plan
        .status
        .map_or("only a run can tell", |status| status.as_str());
    if given.is_empty() {
        return format!("nothing fails: {status}");
    }
    format!("{}: {status}", given.join(", "))
}

fn chosen(chosen: &Chosen) -> String {
    let (name, value) = (&chosen.name, said(&chosen.value));
    if chosen.is_any_other {
        format!("{name} is anything else, such as {value}")
    } else {
        format!("{name} is {value}")
    }
}

fn said(value: &Json) -> String {
    match value {
        Json::String(text) => format!("\"{text}\""),
        other => other.to_string(),
    }
}

/// The nodes that come to something else than in the first outcome, apart from those that follow from what they are in.
fn write_differences(
    first: &Plan,
    plan: &Plan,
    names: &ShortNames<'_>,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let before: std::collections::HashMap<&str, &PlanNode> = first
        .nodes
        .iter()
        .map(|node| (node.fqn.as_str(), node))
        .collect();
    let differs = |node: &PlanNode| {
        let before = before.get(node.fqn.as_str());
        before.is_none_or(|before| (before.verdict, before.status) != (node.verdict, node.status))
    };
    for node in plan.nodes.iter().skip(1).filter(|node| differs(node)) {
        let around = node.parent.map(|parent| &plan.nodes[parent]);
        let follows = around.is_some_and(|around| {
            let is_whole = matches!(around.verdict, Verdict::Skipped | Verdict::NotReached);
            is_whole && node.verdict == Verdict::NotReached
                || around.verdict == Verdict::Runs
                    && node.verdict == Verdict::Runs
                    && around.parent.is_some()
                    && differs(around)
        });
        if !follows {
            let (name, reason) = (names.of(&node.fqn), names.shorten(&node.reason));
            let (name, reason) = (printable(name), printable(&reason));
            let (sign, verdict) = (sign(node.verdict), node.verdict.as_str());
            writeln!(streams.output, "   {sign} {name}: {verdict}: {reason}")?;
        }
    }
    Ok(())
}

/// How many there are, and over what.
fn sum(outcomes: &Outcomes) -> String {
    let count = match outcomes.outcomes.len() {
        1 => "1 outcome".to_owned(),
        count => format!("{count} outcomes"),
    };
    let over: Vec<String> = outcomes.tried.iter().map(tried).collect();
    if over.is_empty() {
        return format!("{count} over one failing step at a time");
    }
    format!(
        "{count} over {} and one failing step at a time",
        over.join(", ")
    )
}

/// `env ("prod" or anything else)`
pub(super) fn tried(tried: &Tried) -> String {
    let mut values: Vec<String> = tried.values.iter().map(said).collect();
    values.extend(tried.other.as_ref().map(|_| "anything else".to_owned()));
    format!("{} ({})", tried.name, values.join(" or "))
}
