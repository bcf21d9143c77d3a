//! One JSON object.

use std::collections::BTreeMap;

use pipewright_simulate::expect::{Coverage, FileOutcome, SeenBoth, TestOutcome, coverage_of};
use pipewright_source::Span;
use serde::Serialize;

use super::counts;
use crate::Streams;
use crate::exit::Failure;
use crate::printable::json_lines;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tests: Vec<TestEntry<'a>>,
    coverage: BTreeMap<&'a str, CoverageEntry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct TestEntry<'a> {
    file: &'a str,
    name: &'a str,
    ok: bool,
    #[serde(flatten)]
    place: Place,
    differences: Vec<Entry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct Entry<'a> {
    fqn: &'a str,
    expected: &'a str,
    got: &'a str,
    reason: &'a str,
    #[serde(flatten)]
    place: Place,
}

/// Where it stands in the file, both from 1.
#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
}

impl Place {
    fn of(file: &FileOutcome, span: Span) -> Self {
        let at = file.start(span);
        Self {
            line: at.line,
            column: at.column,
        }
    }
}

#[derive(Serialize)]
struct CoverageEntry<'a> {
    percent: u32,
    missing: Vec<String>,
    conditions: BTreeMap<&'a str, ConditionEntry<'a>>,
    nodes: &'a BTreeMap<String, bool>,
}

#[derive(Serialize)]
struct ConditionEntry<'a> {
    condition: &'a str,
    #[serde(flatten)]
    seen: Both,
    operands: Vec<OperandEntry<'a>>,
}

#[derive(Serialize)]
struct OperandEntry<'a> {
    operand: &'a str,
    #[serde(flatten)]
    seen: Both,
}

#[derive(Serialize)]
struct Both {
    r#true: bool,
    r#false: bool,
}

impl From<SeenBoth> for Both {
    fn from(seen: SeenBoth) -> Self {
        Self {
            r#true: seen.yes,
            r#false: seen.no,
        }
    }
}

#[derive(Serialize)]
struct Summary {
    passed: usize,
    failed: usize,
}

pub(super) fn write(files: &[FileOutcome], streams: &mut Streams<'_>) -> Result<(), Failure> {
    let mut tests = Vec::new();
    for file in files {
        let mistakes = file.mistakes.iter().map(|mistake| TestEntry {
            file: file.name(),
            name: "",
            ok: false,
            place: Place::of(file, mistake.span),
            differences: Vec::new(),
            error: Some(&mistake.message),
        });
        tests.extend(mistakes);
        tests.extend(file.tests.iter().map(|test| entry(file, test)));
    }
    let (passed, failed) = counts(files);
    let coverage = coverage_of(files);
    let coverage = coverage
        .iter()
        .map(|(name, coverage)| (name.as_str(), told(coverage)));
    let document = Document {
        version: 1,
        tests,
        coverage: coverage.collect(),
        summary: Summary { passed, failed },
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

fn told(coverage: &Coverage) -> CoverageEntry<'_> {
    let conditions = coverage.conditions.iter().map(|(name, condition)| {
        let operands = condition.operands.iter().map(|(text, seen)| OperandEntry {
            operand: text,
            seen: (*seen).into(),
        });
        let entry = ConditionEntry {
            condition: &condition.text,
            seen: condition.seen.into(),
            operands: operands.collect(),
        };
        (name.as_str(), entry)
    });
    CoverageEntry {
        percent: coverage.percent(),
        missing: coverage.missing(),
        conditions: conditions.collect(),
        nodes: &coverage.nodes,
    }
}

fn entry<'a>(file: &'a FileOutcome, test: &'a TestOutcome) -> TestEntry<'a> {
    let differences = test.differences().iter().map(|difference| Entry {
        fqn: &difference.fqn,
        expected: &difference.expected,
        got: &difference.got,
        reason: &difference.reason,
        place: Place::of(file, difference.span),
    });
    TestEntry {
        file: file.name(),
        name: &test.name,
        ok: test.is_ok(),
        place: Place::of(file, test.span),
        differences: differences.collect(),
        error: test.error().map(|mistake| mistake.message.as_str()),
    }
}
