//! What `check` found, and the writers that put it on the screen or into a file: one file per format.

mod excerpt;
mod human;
mod json;
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

pub(crate) use place::Range;
pub(crate) use run_report::Report;
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

    /// Whether a program reads the output, so that nothing else may stand in it.
    pub(crate) const fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
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
    diagnostics: &'a [Diagnostic],
) -> impl Serialize + 'a {
    json::findings(sources, diagnostics).collect::<Vec<_>>()
}
