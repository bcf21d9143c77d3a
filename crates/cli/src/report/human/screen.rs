//! Our layout of a finding, as a handler of miette: message, place, excerpt, help.

use std::fmt::{self, Formatter};

use miette::{LabeledSpan, ReportHandler, SourceCode};
use owo_colors::Style;
use textwrap::core::display_width;

use super::excerpt::{Excerpt, Mark, MarkedLine};
use super::help::Also;
use super::line::{self, Room};
use super::{help, label};
use crate::layout::{Layout, wrapping};

/// Lines that go on begin with so many blanks.
const HANGING: &str = "    ";

/// Lays out one finding for a screen.
#[derive(Debug)]
pub(super) struct Screen {
    /// The screen.
    pub(super) layout: Layout,
    /// The stage, groups and step that the finding stands in, from the outside to the inside.
    pub(super) within: Vec<String>,
    /// Where the same mistake stands again.
    pub(super) also: Vec<Also>,
}

impl ReportHandler for Screen {
    fn debug(&self, finding: &dyn miette::Diagnostic, f: &mut Formatter<'_>) -> fmt::Result {
        let style = self.severity(finding);
        self.heading(finding, style, f)?;
        let excerpts = excerpts(finding)?;
        let numbers = excerpts
            .iter()
            .filter_map(|excerpt| excerpt.lines.keys().last());
        let digits = numbers.max().map_or(1, |most| most.to_string().len());
        for (at, excerpt) in excerpts.iter().enumerate() {
            self.place(excerpt, at == 0, digits, f)?;
            self.excerpt(excerpt, digits, style, f)?;
        }
        help::write(finding, &self.also, digits, self.layout, f)
    }
}

/// The excerpt of the finding itself, then those of other files it speaks of.
fn excerpts(finding: &dyn miette::Diagnostic) -> Result<Vec<Excerpt<'_>>, fmt::Error> {
    let related = finding.related().into_iter().flatten();
    let mut excerpts = Vec::new();
    for finding in std::iter::once(finding).chain(related) {
        let labels: Vec<LabeledSpan> = finding.labels().into_iter().flatten().collect();
        let source: Option<&dyn SourceCode> = finding.source_code();
        if let Some(source) = source.filter(|_| !labels.is_empty()) {
            excerpts.push(Excerpt::new(source, &labels).map_err(|_| fmt::Error)?);
        }
    }
    Ok(excerpts)
}

impl Screen {
    fn severity(&self, finding: &dyn miette::Diagnostic) -> Style {
        self.layout.palette.severity(severity(finding))
    }

    /// `error[rule]: message`.
    fn heading(
        &self,
        finding: &dyn miette::Diagnostic,
        style: Style,
        f: &mut Formatter<'_>,
    ) -> fmt::Result {
        let code = finding
            .code()
            .map_or_else(String::new, |code| code.to_string());
        let head = format!("{}[{code}]", severity(finding).as_str());
        let strong = self.layout.palette.strong();
        let text = format!("{head}: {finding}");
        let options = wrapping(self.layout.columns)
            .break_words(true)
            .subsequent_indent(HANGING);
        for line in textwrap::wrap(&text, options) {
            match line.strip_prefix(&head) {
                Some(rest) => writeln!(f, "{}{}", style.style(&head), strong.style(rest))?,
                None => writeln!(f, "{}", strong.style(line))?,
            }
        }
        Ok(())
    }

    /// `  --> file:line:column  in Stage › Group › Step`, or for another file `  ::: file:line:column`.
    fn place(
        &self,
        excerpt: &Excerpt<'_>,
        is_main: bool,
        digits: usize,
        f: &mut Formatter<'_>,
    ) -> fmt::Result {
        let gutter = self.layout.palette.gutter();
        let margin = " ".repeat(digits);
        let (line, column) = excerpt.place;
        let place = format!("{}:{line}:{column}", excerpt.name);
        let within = self.within.join(self.layout.deeper());
        let within = match within.as_str() {
            "" => String::new(),
            _ if !is_main => String::new(),
            within => format!("in {within}"),
        };
        let columns = self.layout.columns;
        let indent = digits + HANGING.len();
        let mut lines = path_lines(&place, columns - indent);
        let used = indent + lines.last().map_or(0, |line| display_width(line));
        let fits = used + 2 + display_width(&within) <= columns;
        if !within.is_empty() && !fits {
            let options = wrapping(columns - indent).break_words(true);
            let further = textwrap::wrap(&within, options).into_iter();
            lines.extend(further.map(std::borrow::Cow::into_owned));
        }
        let arrow = if is_main { "-->" } else { ":::" };
        for (at, line) in lines.iter().enumerate() {
            if at == 0 {
                write!(f, "{margin}{} {line}", gutter.style(arrow))?;
            } else {
                write!(f, "{margin}{HANGING}{line}")?;
            }
            if fits && !within.is_empty() && at + 1 == lines.len() {
                write!(f, "  {within}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }

    fn excerpt(
        &self,
        excerpt: &Excerpt<'_>,
        digits: usize,
        style: Style,
        f: &mut Formatter<'_>,
    ) -> fmt::Result {
        let gutter = self.layout.palette.gutter();
        let margin = " ".repeat(digits);
        let indentation = excerpt.indentation();
        writeln!(f, "{margin} {}", gutter.style("|"))?;
        let mut before: Option<usize> = None;
        for (number, line) in &excerpt.lines {
            if before.is_some_and(|before| before + 1 < *number) {
                writeln!(f, "{}", gutter.style("..."))?;
            }
            before = Some(*number);
            let number = format!("{number:>digits$} |");
            self.line(line, &number, indentation, style, f)?;
        }
        Ok(())
    }

    /// A line of the file with its marks below it.
    fn line(
        &self,
        line: &MarkedLine<'_>,
        number: &str,
        indentation: usize,
        style: Style,
        f: &mut Formatter<'_>,
    ) -> fmt::Result {
        let gutter = self.layout.palette.gutter();
        let room = Room {
            columns: self.layout.columns - number.len() - 1,
            indentation,
            cut: self.layout.cut(),
        };
        // The main mark is the one that is seen at any rate.
        let mut marks: Vec<&Mark> = line.marks.iter().collect();
        marks.sort_by_key(|mark| !mark.is_main);
        let bytes: Vec<_> = marks.iter().map(|mark| mark.bytes.clone()).collect();
        let shown = line::shown(line.text, &bytes, room);
        let text = shown.text.trim_end();
        let blank = if text.is_empty() { "" } else { " " };
        writeln!(f, "{}{blank}{text}", gutter.style(number))?;

        let margin = format!("{:>width$}", "|", width = number.len());
        let mut placed: Vec<_> = marks.into_iter().zip(shown.marks).collect();
        placed.sort_by_key(|(mark, columns)| (columns.start, !mark.is_main));
        for (mark, columns) in placed {
            let (style, sign) = if mark.is_main {
                (style, "^")
            } else {
                (self.layout.palette.related(), "-")
            };
            let text = mark.label.as_deref().unwrap_or("");
            let label = label::lines(text, columns.start, columns.end, room.columns);
            let mut sign = sign.repeat(columns.len());
            if let Some(behind) = label.behind.filter(|text| !text.is_empty()) {
                sign = format!("{sign} {behind}");
            }
            let below = label.below.into_iter();
            for (column, text) in std::iter::once((columns.start, sign)).chain(below) {
                let blanks = " ".repeat(column + 1);
                writeln!(f, "{}{blanks}{}", gutter.style(&margin), style.style(text))?;
            }
        }
        Ok(())
    }
}

/// A path on as few lines as it takes, broken behind a `/` where it can be.
fn path_lines(path: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in path.split_inclusive('/') {
        let line = lines.last().map_or(0, |line| display_width(line));
        if line > 0 && line + display_width(part) > columns {
            lines.push(String::new());
        }
        let options = wrapping(columns).break_words(true);
        let mut pieces = textwrap::wrap(part, options).into_iter();
        if let (Some(line), Some(piece)) = (lines.last_mut(), pieces.next()) {
            line.push_str(&piece);
        }
        lines.extend(pieces.map(std::borrow::Cow::into_owned));
    }
    lines
}

/// How bad a finding is, in our words.
fn severity(finding: &dyn miette::Diagnostic) -> pipewright_source::Severity {
    match finding.severity() {
        Some(miette::Severity::Error) | None => pipewright_source::Severity::Error,
        Some(miette::Severity::Warning) => pipewright_source::Severity::Warning,
        Some(miette::Severity::Advice) => pipewright_source::Severity::Info,
    }
}
