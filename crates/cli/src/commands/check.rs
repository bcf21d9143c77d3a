//! `pipewright check`: find problems in pipelines, templates and input sets.

use std::path::{Path, PathBuf};

use clap::Args;
use pipewright_lint::Options;
use pipewright_source::{Diagnostic, Severity};
use pipewright_workspace::Workspace;

use crate::at_hand;
use crate::batch::{Batch, CheckResult};
use crate::exit::Failure;
use crate::global::Global;
use crate::printable::printable;
use crate::progress::Progress;
use crate::report::{Format, Nodes, NotChecked, Report};
use crate::rule_names::{self, RuleNames};
use crate::statistics::{self, Clock};
use crate::{Exit, Streams};

/// Find problems in pipelines, templates and input sets
#[derive(Args, Debug)]
#[command(
    after_help = "Directories are walked, hidden ones included; ignore files are honoured. A file that is named is always answered.
Files that are named one by one belong together, and those of --with to all.

Exit codes:
  0  nothing at or above --fail-on
  1  findings
  2  the command itself failed: bad usage, or a named path that cannot be read

Examples:
  pipewright check                                  every Harness file below this directory
  pipewright check .harness --fail-on error         warnings are shown but do not fail the build
  pipewright check pipeline.yaml --format json | jq '.diagnostics[].rule'
  pipewright check deploy.yaml --with templates     one file, with what it uses of others
  git show HEAD:.harness/deploy.yaml | pipewright check - --stdin-filename .harness/deploy.yaml"
)]
pub(crate) struct Check {
    /// Files and directories; - is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Files and directories that are not reported on: templates, child pipelines and pipelines in which the checked
    /// files are used; may be repeated
    #[arg(long = "with", value_name = "PATH")]
    with: Vec<PathBuf>,

    /// The name of what comes from standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    stdin_filename: String,

    /// How to print findings [default: human on a terminal, otherwise short]
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Run only these rules: names of rules or families, or ALL (`pipewright rules` lists them)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = RuleNames::OfChoices, hide_possible_values = true)]
    select: Vec<String>,

    /// Do not run these rules, families or ALL; the narrower choice counts: --ignore security --select script-injection
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = RuleNames::OfChoices, hide_possible_values = true)]
    ignore: Vec<String>,

    /// Run the info rules too
    #[arg(long)]
    pedantic: bool,

    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOn,

    /// Print what was seen and decided, and where the time went
    #[arg(long)]
    stats: bool,
}

/// The values of `--fail-on`.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
}

impl FailOn {
    const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

impl Check {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let options = Options::new(&self.select, &self.ignore, self.pedantic)
            .map_err(|error| rule_names::unknown_choice(&error.name))?;
        let mut clock = Clock::start();

        if at_hand::reads_input(&self.paths) && at_hand::reads_input(&self.with) {
            return Err(Failure::Message(
                "only one of the files can come from standard input".to_owned(),
            ));
        }
        let directory = streams.surroundings.directory.clone();
        let mut workspace = Workspace::new(directory, &mut streams.input, &self.stdin_filename);
        let inputs = workspace.collect(&self.paths);
        let mut batch = Batch::new(inputs, |name| workspace.place(name));
        let not_read = workspace.passed_over().to_vec();
        batch.read_at_hand(&self.with, &self.stdin_filename, streams)?;
        clock.lap("find and read files");

        let progress = Progress::new(batch.len(), streams.surroundings.errors_are_terminal);
        let outcome = batch.check(&options, &progress, &mut clock);
        progress.finish();

        let format = self
            .format
            .unwrap_or(Format::default_for(streams.surroundings.output_is_terminal));
        let report = Report {
            sources: batch.snapshot.sources(),
            diagnostics: &outcome.diagnostics,
            nodes: &Nodes::new(&batch.snapshot, &outcome.diagnostics),
            checked: &outcome.checked,
            failures: failures(&batch, &outcome),
            summary: &outcome.summary,
        };
        let layout = global.layout(&streams.surroundings);
        format.write(&report, layout, &mut streams.output)?;
        clock.lap("report");

        // What follows stands below the report even where both streams are one terminal.
        streams.flush_output()?;
        if self.stats {
            let text = statistics::render(&outcome.statistics, &outcome.summary, &clock);
            write!(streams.errors, "\n{text}")?;
        }
        for file in not_read {
            let (name, reason) = (printable(&file.name), file.reason);
            writeln!(streams.errors, "note: `{name}` is passed over: {reason}")?;
        }
        self.notes(&batch, &outcome, format, streams)?;
        Ok(self.exit(&batch, &outcome))
    }

    /// Says on the error stream what the report does not: files that were named and hold nothing to check,
    /// paths that cannot be read, and the summary where the format has none.
    fn notes(
        &self,
        batch: &Batch,
        outcome: &CheckResult,
        format: Format,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let errors = &mut streams.errors;
        for (reason, names) in &outcome.passed_over {
            writeln!(errors, "note: {}", reason.sentence(names))?;
        }
        if let Some(undecided) = outcome.undecided.sentence() {
            writeln!(errors, "note: {undecided}")?;
        }
        for (name, error) in batch.unreadable_names() {
            writeln!(errors, "error: cannot read `{}`: {error}", printable(name))?;
        }
        for (name, error) in &outcome.internal_errors {
            match name {
                Some(name) => {
                    writeln!(errors, "error: cannot check `{}`: {error}", printable(name))?;
                }
                None => writeln!(errors, "error: cannot check the files together: {error}")?,
            }
        }
        let is_silent = outcome.passed_over.is_empty() && batch.unreadable_names().next().is_none();
        if outcome.summary.files == 0 && outcome.diagnostics.is_empty() && is_silent {
            let paths: Vec<String> = self.paths.iter().map(|path| quoted(path)).collect();
            let paths = paths.join(", ");
            writeln!(
                errors,
                "note: there are no Harness pipelines, templates or input sets in {paths}"
            )?;
        } else if format.has_summary_beside() && outcome.summary.files > 0 {
            writeln!(errors, "{}", outcome.summary.sentence())?;
        }
        Ok(())
    }

    fn exit(&self, batch: &Batch, outcome: &CheckResult) -> Exit {
        let fails = |diagnostic: &Diagnostic| diagnostic.severity >= self.fail_on.severity();
        if batch.unreadable_names().next().is_some() || !outcome.internal_errors.is_empty() {
            Exit::Failure
        } else if outcome.diagnostics.iter().any(fails) {
            Exit::Negative
        } else {
            Exit::Success
        }
    }
}

/// What was named and could not be read, and what could not be checked because of a mistake of ours.
fn failures(batch: &Batch, outcome: &CheckResult) -> Vec<NotChecked> {
    let unreadable = batch.unreadable_names().map(|(name, error)| NotChecked {
        file: Some(name.to_owned()),
        reason: error.to_string(),
    });
    let internal = outcome.internal_errors.iter();
    let internal = internal.map(|(name, error)| NotChecked {
        file: name.as_deref().map(str::to_owned),
        reason: error.to_string(),
    });
    unreadable.chain(internal).collect()
}

fn quoted(path: &Path) -> String {
    format!("`{}`", printable(&path.to_string_lossy()))
}
