//! What `check` found, and the writers that put it on the screen or into a file: one file per format.

mod human;
mod json;
mod nodes;
mod place;
mod run_report;
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
pub(crate) use summary::Summary;

/// The values of `check --format`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Format {
    /// With the lines around each finding; the default on a terminal
    Human,
    /// One line a finding: `file:line:column: severity[rule] message`; the default elsewhere
    Short,
    /// One JSON object
    Json,
    /// One JSON object a finding, each on its own line
    Jsonl,
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
