//! What a change changes, as one JSON object.

use std::collections::BTreeMap;

use pipewright_analysis::Snapshot;
use pipewright_compare::{
    Came, Comparison, Difference, OrderDifference, Reader, SettingDifference, VerdictDifference,
    given_values,
};
use pipewright_jexl::Json;
use pipewright_simulate::{Failure as Failing, Status};
use pipewright_source::{Diagnostic, Span};
use serde::Serialize;

use super::Sides;
use crate::Streams;
use crate::exit::Failure;
use crate::printable::json_lines;
use crate::report::{Nodes, Range, findings};

/// The version of the shape.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    base: &'a str,
    head: &'a str,
    pipelines: Vec<Part<'a>>,
    templates: Vec<Part<'a>>,
    others: Vec<Part<'a>>,
    compared: usize,
}

#[derive(Serialize)]
struct Part<'a> {
    file: &'a str,
    identifier: &'a str,
    change: &'static str,
    names: Names<'a>,
    findings: Findings,
    verdicts: Vec<Verdict<'a>>,
    settings: Vec<AnotherValue<'a>>,
    order: Vec<Order<'a>>,
    values: Vec<Rendered<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<Refused<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

#[derive(Serialize)]
struct Names<'a> {
    gone: Vec<Gone<'a>>,
    new: Vec<New<'a>>,
    renamed: Vec<Renamed<'a>>,
}

#[derive(Serialize)]
struct Gone<'a> {
    fqn: &'a str,
    readers: Vec<Reading<'a>>,
}

#[derive(Serialize)]
struct New<'a> {
    fqn: &'a str,
}

#[derive(Serialize)]
struct Renamed<'a> {
    from: &'a str,
    to: &'a str,
    moved: bool,
    readers: Vec<Reading<'a>>,
}

#[derive(Serialize)]
struct Reading<'a> {
    file: &'a str,
    fqn: &'a str,
    path: &'a str,
    span: Option<Range>,
}

#[derive(Serialize)]
struct Findings {
    new: serde_json::Value,
    gone: serde_json::Value,
}

#[derive(Serialize)]
struct Verdict<'a> {
    fqn: &'a str,
    given: BTreeMap<&'a str, &'a Json>,
    fail: BTreeMap<&'a str, &'a str>,
    before: Became<'a>,
    after: Became<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<&'a str>,
    #[serde(rename = "inputSet", skip_serializing_if = "Option::is_none")]
    input_set: Option<&'a str>,
    within: Option<&'a str>,
}

#[derive(Serialize)]
struct Became<'a> {
    verdict: &'static str,
    status: Option<&'static str>,
    reason: &'a str,
    condition: Option<&'a str>,
    needs: &'a [String],
}

#[derive(Serialize)]
struct AnotherValue<'a> {
    fqn: &'a str,
    setting: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    file: &'a str,
    span: Option<Range>,
}

#[derive(Serialize)]
struct Rendered<'a> {
    fqn: &'a str,
    given: BTreeMap<&'a str, &'a Json>,
    before: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct Order<'a> {
    fqn: &'a str,
    other: &'a str,
    before: &'static str,
    after: &'static str,
}

#[derive(Serialize)]
struct Refused<'a> {
    before: Option<&'a str>,
    after: Option<&'a str>,
}

/// What was asked.
pub(crate) struct Asked<'a> {
    pub(crate) base: &'a str,
    pub(crate) head: &'a str,
    /// The values that are given in any case.
    pub(crate) values: &'a [(String, Json)],
    /// What fails in any case.
    pub(crate) failures: &'a [Failing],
}

impl<'a> Asked<'a> {
    fn given(&self) -> BTreeMap<&'a str, &'a Json> {
        let values = self.values.iter();
        values.map(|(name, value)| (name.as_str(), value)).collect()
    }

    fn fail(&self) -> BTreeMap<&'a str, &'a str> {
        let failures = self.failures.iter();
        failures
            .map(|failure| (&*failure.fqn, &*failure.fault))
            .collect()
    }
}

/// Writes what differs.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_diff_json(
    comparison: &Comparison,
    sides: &Sides,
    asked: &Asked<'_>,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let parts = |of: &'_ [Difference]| -> Result<Vec<Findings>, Failure> {
        of.iter()
            .map(|difference| found(difference, sides))
            .collect()
    };
    let found = [
        parts(&comparison.pipelines)?,
        parts(&comparison.templates)?,
        parts(&comparison.others)?,
    ];
    let [pipelines, templates, others] = found;
    let document = Document {
        version: VERSION,
        base: asked.base,
        head: asked.head,
        pipelines: build(&comparison.pipelines, pipelines, sides, asked),
        templates: build(&comparison.templates, templates, sides, asked),
        others: build(&comparison.others, others, sides, asked),
        compared: comparison.compared,
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

/// The findings of a document, as `check` writes them.
fn found(difference: &Difference, sides: &Sides) -> Result<Findings, Failure> {
    let of = |snapshot: &Snapshot, list: &[Diagnostic]| -> Result<serde_json::Value, Failure> {
        let nodes = Nodes::new(snapshot, list);
        let written = serde_json::to_value(findings(snapshot.sources(), &nodes, list));
        written.map_err(|error| Failure::Message(error.to_string()))
    };
    Ok(Findings {
        new: of(&sides.head, &difference.findings.new)?,
        gone: of(&sides.base, &difference.findings.gone)?,
    })
}

fn build<'a>(
    differences: &'a [Difference],
    found: Vec<Findings>,
    sides: &'a Sides,
    asked: &Asked<'a>,
) -> Vec<Part<'a>> {
    let both = differences.iter().zip(found);
    both.map(|(difference, findings)| part((difference, findings), sides, asked))
        .collect()
}

fn part<'a>(
    (difference, findings): (&'a Difference, Findings),
    sides: &'a Sides,
    asked: &Asked<'a>,
) -> Part<'a> {
    let names = &difference.names;
    let readers = |readers: &'a [Reader]| readers.iter().map(|of| reading(of, sides)).collect();
    let verdicts = &difference.verdicts;
    Part {
        file: &difference.file,
        identifier: &difference.identifier,
        change: difference.change.as_str(),
        names: Names {
            gone: names
                .gone
                .iter()
                .map(|gone| Gone {
                    fqn: &gone.fqn,
                    readers: readers(&gone.readers),
                })
                .collect(),
            new: names.new.iter().map(|fqn| New { fqn }).collect(),
            renamed: names
                .renamed
                .iter()
                .map(|renamed| Renamed {
                    from: &renamed.from,
                    to: &renamed.to,
                    moved: renamed.is_moved,
                    readers: readers(&renamed.readers),
                })
                .collect(),
        },
        findings,
        verdicts: verdicts
            .differences
            .iter()
            .map(|of| verdict(of, asked))
            .collect(),
        settings: difference
            .settings
            .iter()
            .map(|of| setting(of, sides))
            .collect(),
        order: difference.order.iter().map(order).collect(),
        values: difference
            .values
            .iter()
            .map(|of| Rendered {
                fqn: &of.fqn,
                given: asked.given(),
                before: &of.before,
                after: &of.after,
            })
            .collect(),
        refused: verdicts.refused.as_ref().map(|(before, after)| Refused {
            before: before.as_deref(),
            after: after.as_deref(),
        }),
        notes: &verdicts.notes,
    }
}

fn reading<'a>(reader: &'a Reader, sides: &Sides) -> Reading<'a> {
    Reading {
        file: &reader.file,
        fqn: &reader.fqn,
        path: &reader.path,
        span: range(&sides.head, reader.span),
    }
}

fn range(snapshot: &Snapshot, span: Span) -> Option<Range> {
    let file = snapshot.source(span.file)?;
    Some(Range::new(file, span))
}

fn verdict<'a>(of: &'a VerdictDifference, asked: &Asked<'a>) -> Verdict<'a> {
    let mut given = asked.given();
    given.extend(given_values(&of.given));
    let mut fail = asked.fail();
    let failure = of.failure.iter();
    fail.extend(failure.map(|failure| (&*failure.fqn, &*failure.fault)));
    Verdict {
        fqn: &of.fqn,
        given,
        fail,
        before: became(&of.before),
        after: became(&of.after),
        test: of.test.as_deref(),
        input_set: of.input_set.as_deref(),
        within: of.within.as_deref(),
    }
}

fn became(of: &Came) -> Became<'_> {
    Became {
        verdict: of.verdict.as_str(),
        status: of.status.map(Status::as_str),
        reason: &of.reason,
        condition: of.condition.as_deref(),
        needs: &of.needs,
    }
}

fn setting<'a>(of: &'a SettingDifference, sides: &'a Sides) -> AnotherValue<'a> {
    // What is not there after stood in the file before.
    let snapshot = if of.after.is_some() {
        &sides.head
    } else {
        &sides.base
    };
    let file = snapshot.source(of.span.file);
    AnotherValue {
        fqn: &of.fqn,
        setting: &of.setting,
        before: of.before.as_deref(),
        after: of.after.as_deref(),
        file: file.map_or("", pipewright_source::SourceFile::name),
        span: range(snapshot, of.span),
    }
}

fn order(of: &OrderDifference) -> Order<'_> {
    Order {
        fqn: &of.fqn,
        other: &of.other,
        before: of.before.as_str(),
        after: of.after.as_str(),
    }
}
