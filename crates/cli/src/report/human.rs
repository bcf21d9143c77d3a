//! `--format human`: each finding with its place in the file, drawn by miette.

use std::fmt;
use std::io::{self, Write};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};
use pipewright_source::{Diagnostic, Label, Severity, Sources};

use super::excerpt::{CONTEXT_LINES, Excerpt, Mark};
use super::run_report::Report;
use crate::layout::Layout;
use crate::printable::{printable, printable_lines};

/// Columns by which miette indents what is said about another file.
const NESTED_INDENT: usize = 6;

/// Writes every finding, and the summary where there was something to check.
pub(super) fn write(report: &Report<'_>, layout: Layout, output: &mut dyn Write) -> io::Result<()> {
    let handler = handler(layout);
    for diagnostic in report.diagnostics {
        let mut text = String::new();
        let finding = Finding::new(report.sources, diagnostic, layout.columns);
        handler
            .render_report(&mut text, &finding)
            .map_err(io::Error::other)?;
        writeln!(output, "{}", text.trim_end())?;
        writeln!(output)?;
    }
    if report.summary.files == 0 {
        return Ok(());
    }
    let sentence = report.summary.sentence();
    writeln!(output, "{}", layout.palette.strong().style(sentence))?;
    if let Some(first) = report.diagnostics.first() {
        let rule = first.rule;
        writeln!(
            output,
            "Run `pipewright explain {rule}` to read more about a rule."
        )?;
    }
    Ok(())
}

fn handler(layout: Layout) -> GraphicalReportHandler {
    let theme = GraphicalTheme {
        characters: if layout.unicode {
            ThemeCharacters::unicode()
        } else {
            ThemeCharacters::ascii()
        },
        styles: if layout.palette.is_coloured() {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        },
    };
    GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_show_related_as_nested(true)
        .with_width(layout.columns)
        .with_context_lines(CONTEXT_LINES)
        // Names and expressions are copied from the screen: they may stick out, but are never broken.
        .with_break_words(false)
        .with_word_separator(textwrap::WordSeparator::AsciiSpace)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// A finding in miette's terms. What it says about other files follows as findings of its own.
#[derive(Debug)]
struct Finding {
    /// `error[rule]`, as in the other formats; nothing for a place in another file.
    code: Option<String>,
    severity: miette::Severity,
    message: String,
    help: Option<String>,
    excerpt: Option<Excerpt>,
    elsewhere: Vec<Self>,
}

impl Finding {
    fn new(sources: &Sources, diagnostic: &Diagnostic, columns: usize) -> Self {
        let here = diagnostic.span.file;
        let (same_file, other_files): (Vec<&Label>, Vec<&Label>) = diagnostic
            .related
            .iter()
            .partition(|label| label.span.file == here);
        let mut marks = vec![Mark::new(
            diagnostic.span.range,
            diagnostic.label.as_deref(),
        )];
        marks.extend(
            same_file
                .into_iter()
                .map(|label| Mark::new(label.span.range, Some(&label.message))),
        );
        Self {
            code: Some(format!(
                "{}[{}]",
                diagnostic.severity.as_str(),
                diagnostic.rule
            )),
            severity: severity(diagnostic.severity),
            message: printable(&diagnostic.message).into_owned(),
            help: diagnostic
                .help
                .as_deref()
                .map(|help| printable_lines(help).into_owned()),
            excerpt: sources
                .get(here)
                .map(|file| Excerpt::new(file, &marks, columns)),
            elsewhere: other_files
                .into_iter()
                .map(|label| Self::elsewhere(sources, label, columns))
                .collect(),
        }
    }

    fn elsewhere(sources: &Sources, label: &Label, columns: usize) -> Self {
        let mark = Mark::new(label.span.range, None);
        Self {
            code: None,
            severity: miette::Severity::Advice,
            message: printable(&label.message).into_owned(),
            help: None,
            excerpt: sources
                .get(label.span.file)
                .map(|file| Excerpt::new(file, &[mark], columns.saturating_sub(NESTED_INDENT))),
            elsewhere: Vec::new(),
        }
    }
}

fn severity(severity: Severity) -> miette::Severity {
    match severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
        Severity::Info => miette::Severity::Advice,
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Finding {}

impl miette::Diagnostic for Finding {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let code = self.code.as_ref()?;
        Some(Box::new(code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let excerpt = self.excerpt.as_ref()?;
        Some(excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.as_ref()?.labels()))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        if self.elsewhere.is_empty() {
            return None;
        }
        let findings = self.elsewhere.iter();
        Some(Box::new(
            findings.map(|finding| finding as &dyn miette::Diagnostic),
        ))
    }
}
