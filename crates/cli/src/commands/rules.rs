//! `pipewright rules`: the list of rules.

use clap::Args;
use pipewright_lint::{Family, Rule, rules};
use pipewright_source::Applicability;
use serde::Serialize;

use crate::exit::Failure;
use crate::global::Global;
use crate::layout::wrapping;
use crate::printable::json_lines;
use crate::{Exit, Streams};

/// List the rules of `check`
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pipewright rules
  pipewright rules --format json | jq -r '.rules[] | select(.fixable) | .name'
  pipewright explain parallel-step-reference")]
pub(crate) struct Rules {
    /// How to print the list
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// A table, by what the rules look at
    Human,
    /// One JSON object
    Json,
}

#[derive(Serialize)]
struct Document {
    version: u32,
    rules: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    severity: &'static str,
    family: &'static str,
    /// Whether some of its findings have a fix, and how sure the surest is.
    fixable: bool,
    fix: Option<&'static str>,
    summary: String,
    /// Whether the rule runs without `--pedantic` or `--select`.
    default: bool,
    url: Option<&'static str>,
}

impl Rules {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        match self.format {
            Format::Human => table(global, streams)?,
            Format::Json => json(streams)?,
        }
        Ok(Exit::Success)
    }
}

fn json(streams: &mut Streams<'_>) -> Result<(), Failure> {
    let entry = |rule: &Rule| Entry {
        name: rule.name,
        severity: rule.severity.as_str(),
        family: rule.family.as_str(),
        fixable: rule.fix.is_some(),
        fix: rule.fix.map(Applicability::as_str),
        summary: on_one_line(rule.summary()),
        default: rule.default_on(),
        url: rule.url,
    };
    let document = Document {
        version: 1,
        rules: rules().iter().map(entry).collect(),
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

fn table(global: &Global, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let layout = global.layout(&streams.surroundings);
    let name_width = rules()
        .iter()
        .map(|rule| rule.name.len())
        .max()
        .unwrap_or(0);
    let fix_width = "unsafe fix".len();
    let indent = " ".repeat(2 + name_width + 2 + "warning".len() + 2 + fix_width + 2);
    let summary_width = layout.columns.saturating_sub(indent.len()).max(20);
    let mut family: Option<Family> = None;
    for rule in rules() {
        if family != Some(rule.family) {
            let separator = if family.is_some() { "\n" } else { "" };
            let heading = layout.palette.strong().style(rule.family.as_str());
            let name = rule.family.name();
            writeln!(streams.output, "{separator}{heading} (--select {name})")?;
            family = Some(rule.family);
        }
        let summary = on_one_line(rule.summary());
        let summary =
            textwrap::wrap(&summary, wrapping(summary_width)).join(&format!("\n{indent}"));
        let severity = format!("{:7}", rule.severity.as_str());
        let fix = rule
            .fix
            .map_or_else(String::new, |fix| format!("{} fix", fix.as_str()));
        let line = format!(
            "  {:name_width$}  {}  {fix:fix_width$}  {summary}",
            rule.name,
            layout.palette.severity(rule.severity).style(severity),
        );
        writeln!(streams.output, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A paragraph without the line breaks of its source.
fn on_one_line(paragraph: &str) -> String {
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}
