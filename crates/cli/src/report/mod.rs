//! What `check` found, and the writers that put it on the screen or into a file: one file per format.

mod also;
mod checkstyle;
mod fingerprint;
mod github;
mod gitlab;
mod grouped;
mod human;
mod json;
mod junit;
mod nodes;
mod place;
mod rdjson;
mod run_report;
mod sarif;
mod short;
mod summary;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use pipewright_source::{Diagnostic, Sources};
use serde::Serialize;

use crate::layout::Layout;

pub(crate) use nodes::Nodes;
pub(crate) use place::Range;
pub(crate) use run_report::{NotChecked, Report};
pub(crate) use summary::{LeftOut, Summary};

/// The values of `check --format`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Format {
    /// With the lines around each finding; the default on a terminal
    Human,
    /// One line a mistake: `file:line:column: severity[rule] message`; the default elsewhere
    Short,
    /// Each file once, and below it a line a mistake: `line:column rule message`
    Grouped,
    /// One JSON object
    Json,
    /// One JSON object a finding, each on its own line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub, which annotate a pull request
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
    /// JUnit XML: a test that fails for each finding
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// The Reviewdog Diagnostic Format
    Rdjson,
}

impl Format {
    /// The format where none is asked for.
    pub(crate) const fn default_for(output_is_terminal: bool) -> Self {
        if output_is_terminal {
            Self::Human
        } else {
            Self::Short
        }
    }

    /// Whether the summary stands on the error stream: the format is for people and has none.
    pub(crate) const fn has_summary_beside(self) -> bool {
        matches!(self, Self::Short | Self::Grouped)
    }

    /// Writes the report. `layout` matters to the formats people read.
    pub(crate) fn write(
        self,
        report: &Report<'_>,
        layout: Layout,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        match self {
            Self::Human => human::write(report, layout, output),
            Self::Short => short::write(report, layout, output),
            Self::Json => json::write(report, output),
            Self::Jsonl => json::write_lines(report, output),
            Self::Grouped => grouped::write(report, layout, output),
            Self::Sarif => sarif::write(report, output),
            Self::Github => github::write(report, output),
            Self::Gitlab => gitlab::write(report, output),
            Self::Junit => junit::write(report, output),
            Self::Checkstyle => checkstyle::write(report, output),
            Self::Rdjson => rdjson::write(report, output),
        }
    }
}

/// Findings as they stand in the list of `--format json`.
pub(crate) fn findings<'a>(
    sources: &'a Sources,
    nodes: &'a Nodes<'a>,
    diagnostics: &'a [Diagnostic],
) -> impl Serialize + 'a {
    json::findings(sources, nodes, diagnostics).collect::<Vec<_>>()
}
