//! A plan, or the outcomes of a pipeline, as one JSON object.

use std::collections::BTreeMap;

use pipewright_jexl::Json;
use pipewright_simulate::{Goal, Outcome, Outcomes, Plan, PlanNode, Refusal, Tried, Until};
use serde::Serialize;

use crate::Streams;
use crate::exit::Failure;
use crate::files::Files;
use crate::printable::json_lines;
use crate::report::Range;

#[derive(Serialize)]
struct Document<'a> {
    status: Option<&'static str>,
    nodes: Vec<Node<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

#[derive(Serialize)]
struct Node<'a> {
    fqn: &'a str,
    kind: &'static str,
    verdict: &'static str,
    status: Option<&'static str>,
    reason: &'a str,
    condition: Option<&'a str>,
    needs: &'a [String],
    action: Option<&'static str>,
    attempts: u32,
    #[serde(rename = "errorType")]
    error_type: Option<&'static str>,
    within: Option<&'a str>,
    race: bool,
    rollback: bool,
    documented: Option<&'static str>,
}

impl<'a> Node<'a> {
    fn new(node: &'a PlanNode) -> Self {
        Self {
            fqn: &node.fqn,
            kind: node.kind.as_str(),
            verdict: node.verdict.as_str(),
            status: node.status.map(pipewright_simulate::Status::as_str),
            reason: &node.reason,
            condition: node.condition.as_deref(),
            needs: &node.needs,
            action: node.action,
            attempts: node.attempts,
            error_type: node.error_type.map(pipewright_simulate::Fault::as_str),
            within: node.within.as_deref(),
            race: node.race,
            rollback: node.rollback,
            documented: node.documented.map(pipewright_simulate::Verdict::as_str),
        }
    }
}

/// Outcomes, as `{"outcomes":[…],"tried":{…},"complete":true}`.
#[derive(Serialize)]
struct All<'a> {
    outcomes: Vec<One<'a>>,
    tried: BTreeMap<&'a str, Values<'a>>,
    complete: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

/// An outcome: what is given and fails, how many combinations lead there, and the plan.
#[derive(Serialize)]
struct One<'a> {
    given: BTreeMap<&'a str, &'a Json>,
    fail: BTreeMap<&'a str, &'a str>,
    combinations: usize,
    status: Option<&'static str>,
    nodes: Vec<Node<'a>>,
}

/// The values that were tried for a name; `other` stands for all that no condition compares with.
#[derive(Serialize)]
struct Values<'a> {
    values: &'a [Json],
    other: Option<&'a Json>,
}

/// What gives a node a verdict, or why nothing does.
#[derive(Serialize)]
struct Search<'a> {
    fqn: &'a str,
    verdict: &'static str,
    found: Option<One<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    reasons: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    tried: Option<BTreeMap<&'a str, Values<'a>>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

impl<'a> One<'a> {
    fn new(outcome: &'a Outcome) -> Self {
        let values = outcome.values.iter();
        let failure = outcome.failure.iter();
        Self {
            given: values
                .map(|chosen| (&*chosen.name, &chosen.value))
                .collect(),
            fail: failure
                .map(|failure| (&*failure.fqn, &*failure.fault))
                .collect(),
            combinations: outcome.combinations,
            status: outcome.plan.status.map(pipewright_simulate::Status::as_str),
            nodes: outcome.plan.nodes.iter().map(Node::new).collect(),
        }
    }
}

fn tried(tried: &[Tried]) -> BTreeMap<&str, Values<'_>> {
    let mut by_name = BTreeMap::new();
    for one in tried {
        let values = Values {
            values: &one.values,
            other: one.other.as_ref(),
        };
        by_name.insert(&*one.name, values);
    }
    by_name
}

/// What Harness refuses before anything runs.
#[derive(Serialize)]
struct Refused<'a> {
    error: &'a str,
    fqn: &'a str,
    file: &'a str,
    span: Range,
}

/// Writes a plan.
pub(crate) fn write_json(plan: &Plan, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let document = Document {
        status: plan.status.map(pipewright_simulate::Status::as_str),
        nodes: plan.nodes.iter().map(Node::new).collect(),
        notes: &plan.notes,
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

/// Writes the outcomes of a pipeline.
pub(crate) fn write_outcomes_json(
    outcomes: &Outcomes,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let document = All {
        outcomes: outcomes.outcomes.iter().map(One::new).collect(),
        tried: tried(&outcomes.tried),
        complete: outcomes.is_complete,
        notes: &outcomes.notes,
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

/// Writes what gives a node a verdict, or why nothing does.
pub(crate) fn write_until_json(
    goal: &Goal,
    until: &Until,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let mut document = Search {
        fqn: &goal.fqn,
        verdict: goal.verdict.as_str(),
        found: None,
        reasons: &[],
        tried: None,
        notes: &[],
    };
    match until {
        Until::So(outcome) => document.found = Some(One::new(outcome)),
        Until::Nothing {
            reasons,
            tried: names,
            notes,
            ..
        } => {
            document.reasons = reasons;
            document.tried = Some(tried(names));
            document.notes = notes;
        }
        _ => {}
    }
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

/// Writes what Harness refuses.
pub(crate) fn refused(
    refusal: &Refusal,
    files: &Files,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let (file, span) = files.place(refusal.span);
    let document = Refused {
        error: &refusal.error,
        fqn: &refusal.fqn,
        file,
        span,
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}
