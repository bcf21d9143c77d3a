//! `--format junit`: each file is a suite of tests, each finding a test that fails.

use std::collections::BTreeMap;
use std::io::{self, Write};

use pipewright_source::{Diagnostic, FileId, SourceFile};

use super::run_report::{NotChecked, Report};
use crate::xml::Xml;

/// Writes the document. A file without findings is a suite with one test that passes.
pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    let mut of_files: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    of_files.extend(report.checked.iter().map(|id| (*id, Vec::new())));
    for found in report.diagnostics {
        of_files.entry(found.span.file).or_default().push(found);
    }
    let (failures, errors) = (report.diagnostics.len(), report.failures.len());
    let passed = of_files.values().filter(|found| found.is_empty()).count();
    writeln!(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        output,
        "<testsuites name=\"pipewright\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\">",
        passed + failures + errors
    )?;
    for (id, found) in of_files {
        let name = report.sources.get(id).map_or("", SourceFile::name);
        suite(report, name, &found, output)?;
    }
    for failure in &report.failures {
        not_checked(failure, output)?;
    }
    writeln!(output, "</testsuites>")
}

fn suite(
    report: &Report<'_>,
    name: &str,
    found: &[&Diagnostic],
    output: &mut dyn Write,
) -> io::Result<()> {
    let name = Xml(name);
    let (tests, failures) = (found.len().max(1), found.len());
    writeln!(
        output,
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
    )?;
    if found.is_empty() {
        writeln!(
            output,
            "    <testcase name=\"{name}\" classname=\"{name}\"/>"
        )?;
    }
    for found in found {
        let Some(range) = report.range(found.span) else {
            continue;
        };
        let (line, column) = (range.start.line, range.start.column);
        writeln!(
            output,
            "    <testcase name=\"{}:{line}:{column}\" classname=\"{name}\">",
            found.rule
        )?;
        let help = found.help.as_ref();
        let help = help.map_or_else(String::new, |help| format!("\nhelp: {help}"));
        let body = format!("line {line}, column {column}: {}{help}", found.message);
        writeln!(
            output,
            "      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
            found.severity.as_str(),
            Xml(&found.message),
            Xml(&body)
        )?;
    }
    writeln!(output, "  </testsuite>")
}

fn not_checked(failure: &NotChecked, output: &mut dyn Write) -> io::Result<()> {
    let name = Xml(failure.file.as_deref().unwrap_or("all files"));
    writeln!(
        output,
        "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    \
         <testcase name=\"{name}\" classname=\"{name}\">\n      \
         <error type=\"error\" message=\"{}\"/>\n    </testcase>\n  </testsuite>",
        Xml(&failure.sentence())
    )
}
