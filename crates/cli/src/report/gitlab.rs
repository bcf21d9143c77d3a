//! `--format gitlab`: a Code Quality report, which shows findings in a merge request.

use std::io::{self, Write};

use pipewright_source::Severity;
use serde::Serialize;

use super::fingerprint::fingerprints;
use super::run_report::Report;
use crate::printable::json_lines;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

/// The 1-based first and last line.
#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes the list of all findings.
pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    let findings = report.diagnostics.iter().zip(fingerprints(report));
    let issues: Vec<Issue<'_>> = findings
        .filter_map(|(found, fingerprint)| {
            let range = report.range(found.span)?;
            let name = report.name(found.span);
            Some(Issue {
                description: found.message.clone(),
                check_name: found.rule,
                fingerprint,
                severity: severity(found.severity),
                location: Location {
                    path: name.strip_prefix("./").unwrap_or(name),
                    lines: Lines {
                        begin: range.start.line,
                        end: range.end.line,
                    },
                },
            })
        })
        .collect();
    writeln!(output, "{}", json_lines(&issues)?)
}

/// GitLab knows five; `blocker` and `critical` are for more than a checker can know.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
