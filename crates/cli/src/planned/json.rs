//! A plan as one JSON object.

use pipewright_simulate::{Plan, PlanNode, Refusal};
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
