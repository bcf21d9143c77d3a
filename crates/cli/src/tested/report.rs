//! Tells what became of tests: to people, and to other programs.

use std::collections::BTreeMap;

use owo_colors::OwoColorize as _;
use pipewright_simulate::expect::{Coverage, Difference};
use pipewright_source::Severity;
use serde::Serialize;

use super::outcome::{FileOutcome, Outcome, Verdict};
use crate::Streams;
use crate::colour::Palette;
use crate::exit::Failure;
use crate::printable::{json_lines, printable};
use crate::xml::Xml;

/// How to tell it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Format {
    /// One line a test, and below it what differs
    Human,
    /// One JSON object
    Json,
    /// JUnit's XML
    Junit,
    /// The Test Anything Protocol
    Tap,
}

/// Tells what became of all files.
pub(crate) fn write(
    files: &[FileOutcome],
    format: Format,
    palette: Palette,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    match format {
        Format::Human => human(files, palette, streams),
        Format::Json => json(files, streams),
        Format::Junit => junit(files, streams),
        Format::Tap => tap(files, streams),
    }
}

/// `FQN: expected skipped, got runs: reason`.
fn sentence(difference: &Difference) -> String {
    let Difference {
        fqn,
        expected,
        got,
        reason,
        ..
    } = difference;
    let because = if reason.is_empty() {
        String::new()
    } else {
        format!(": {reason}")
    };
    printable(&format!("{fqn}: expected {expected}, got {got}{because}")).into_owned()
}

/// What is wrong with a test, a sentence each.
fn sentences(test: &Outcome) -> Vec<String> {
    match &test.verdict {
        Verdict::Holds => Vec::new(),
        Verdict::Differs(differences) => differences.iter().map(sentence).collect(),
        Verdict::Error(why) => vec![printable(why).into_owned()],
    }
}

fn counts(files: &[FileOutcome]) -> (usize, usize) {
    let tests = || files.iter().flat_map(|file| &file.tests);
    let passed = tests().filter(|test| test.is_ok()).count();
    let broken = files.iter().filter(|file| file.error.is_some()).count();
    (passed, tests().count() - passed + broken)
}

fn human(
    files: &[FileOutcome],
    palette: Palette,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let failed = "FAILED"
        .style(palette.severity(Severity::Error))
        .to_string();
    for file in files {
        let name = printable(&file.file);
        if files.len() > 1 {
            writeln!(streams.output, "{}", name.style(palette.strong()))?;
        }
        if let Some(error) = &file.error {
            writeln!(streams.output, "{failed} {name}:{}", printable(error))?;
        }
        for test in &file.tests {
            let title = printable(&test.name);
            if test.is_ok() {
                writeln!(streams.output, "{} {title}", "ok".style(palette.code()))?;
                continue;
            }
            writeln!(streams.output, "{failed} {title}")?;
            for sentence in sentences(test) {
                writeln!(streams.output, "  {sentence}")?;
            }
        }
    }
    let (passed, failed) = counts(files);
    writeln!(streams.output, "{passed} passed, {failed} failed")?;
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tests: Vec<TestEntry<'a>>,
    coverage: BTreeMap<&'a str, CoverageEntry>,
    summary: Summary,
}

#[derive(Serialize)]
struct TestEntry<'a> {
    file: &'a str,
    name: &'a str,
    ok: bool,
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
}

#[derive(Serialize)]
struct CoverageEntry {
    percent: u32,
    missing: Vec<String>,
}

#[derive(Serialize)]
struct Summary {
    passed: usize,
    failed: usize,
}

fn json(files: &[FileOutcome], streams: &mut Streams<'_>) -> Result<(), Failure> {
    let mut tests = Vec::new();
    for file in files {
        if let Some(error) = &file.error {
            tests.push(TestEntry {
                file: &file.file,
                name: "",
                ok: false,
                differences: Vec::new(),
                error: Some(error),
            });
        }
        tests.extend(file.tests.iter().map(|test| entry(file, test)));
    }
    let (passed, failed) = counts(files);
    let coverage = files.iter().flat_map(|file| &file.coverage);
    let coverage = coverage.map(|(name, coverage)| (name.as_str(), told(coverage)));
    let document = Document {
        version: 1,
        tests,
        coverage: coverage.collect(),
        summary: Summary { passed, failed },
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

fn told(coverage: &Coverage) -> CoverageEntry {
    CoverageEntry {
        percent: coverage.percent(),
        missing: coverage.missing(),
    }
}

fn entry<'a>(file: &'a FileOutcome, test: &'a Outcome) -> TestEntry<'a> {
    let (differences, error) = match &test.verdict {
        Verdict::Holds => (&[][..], None),
        Verdict::Differs(differences) => (differences.as_slice(), None),
        Verdict::Error(why) => (&[][..], Some(why.as_str())),
    };
    let differences = differences.iter().map(|difference| Entry {
        fqn: &difference.fqn,
        expected: &difference.expected,
        got: &difference.got,
        reason: &difference.reason,
    });
    TestEntry {
        file: &file.file,
        name: &test.name,
        ok: test.is_ok(),
        differences: differences.collect(),
        error,
    }
}

fn junit(files: &[FileOutcome], streams: &mut Streams<'_>) -> Result<(), Failure> {
    writeln!(
        streams.output,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>"
    )?;
    for file in files {
        let failures = file.tests.iter().filter(|test| !test.is_ok()).count();
        let (name, tests) = (
            Xml(&file.file),
            file.tests.len() + usize::from(file.error.is_some()),
        );
        let failures = failures + usize::from(file.error.is_some());
        writeln!(
            streams.output,
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\">"
        )?;
        if let Some(error) = &file.error {
            let error = Xml(error);
            writeln!(
                streams.output,
                "    <testcase name=\"{name}\" classname=\"{name}\"><error message=\"{error}\"/></testcase>"
            )?;
        }
        for test in &file.tests {
            let title = Xml(&test.name);
            let start = format!("    <testcase name=\"{title}\" classname=\"{name}\"");
            if test.is_ok() {
                writeln!(streams.output, "{start}/>")?;
            } else {
                let said = sentences(test).join("\n");
                let said = Xml(&said);
                writeln!(
                    streams.output,
                    "{start}><failure message=\"{said}\"/></testcase>"
                )?;
            }
        }
        writeln!(streams.output, "  </testsuite>")?;
    }
    writeln!(streams.output, "</testsuites>")?;
    Ok(())
}

fn tap(files: &[FileOutcome], streams: &mut Streams<'_>) -> Result<(), Failure> {
    let (passed, failed) = counts(files);
    writeln!(streams.output, "TAP version 13\n1..{}", passed + failed)?;
    let mut number = 0;
    for file in files {
        if let Some(error) = &file.error {
            number += 1;
            let name = printable(&file.file);
            writeln!(
                streams.output,
                "not ok {number} - {name}\n  # {}",
                printable(error)
            )?;
        }
        for test in &file.tests {
            number += 1;
            let word = if test.is_ok() { "ok" } else { "not ok" };
            // A sign of TAP's own would be read as one.
            let title = printable(&test.name).replace('#', "\\#");
            writeln!(streams.output, "{word} {number} - {title}")?;
            for sentence in sentences(test) {
                writeln!(streams.output, "  # {sentence}")?;
            }
        }
    }
    Ok(())
}
