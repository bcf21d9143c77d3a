//! `--format checkstyle`: the XML of Checkstyle, which many services read.

use std::io::{self, Write};

use super::run_report::Report;
use crate::xml::Xml;

/// Writes the document: a `file` for each file with findings, an `error` for each of them.
pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(output, "<checkstyle version=\"10.0\">")?;
    let of_files = report
        .diagnostics
        .chunk_by(|a, b| a.span.file == b.span.file);
    for of_file in of_files {
        let name = of_file.first().map_or("", |found| report.name(found.span));
        writeln!(output, "  <file name=\"{}\">", Xml(name))?;
        for found in of_file {
            let Some(range) = report.range(found.span) else {
                continue;
            };
            writeln!(
                output,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"pipewright.{}\"/>",
                range.start.line,
                range.start.column,
                found.severity.as_str(),
                Xml(&found.message),
                found.rule,
            )?;
        }
        writeln!(output, "  </file>")?;
    }
    for failure in &report.failures {
        writeln!(
            output,
            "  <file name=\"{}\">\n    <error line=\"1\" severity=\"error\" message=\"{}\" source=\"pipewright\"/>\n  </file>",
            Xml(failure.file.as_deref().unwrap_or("")),
            Xml(&failure.sentence()),
        )?;
    }
    writeln!(output, "</checkstyle>")
}
