//! `pipewright check`: find problems in pipelines, templates and input sets.

mod add_ignores;
mod baseline;
mod destinations;
mod fixing;
mod inputs;
mod selection;
mod told;
mod verdict;

use std::mem::ManuallyDrop;

use clap::Args;
use pipewright_lint::Options;

use crate::batch::{Batch, CheckResult};
use crate::counted::counted;
use crate::exit::Failure;
use crate::global::Global;
use crate::printable::printable;
use crate::progress::Progress;
use crate::report::{Nodes, NotChecked, Report};
use crate::statistics::{self, Clock};
use crate::{Exit, Streams};
use add_ignores::add_ignores;
use baseline::{Baseline, Known};
use destinations::Destinations;
use fixing::{Fixed, Fixing};
use inputs::{Inputs, Loaded};
use selection::Selection;
use told::{Told, quoted};
use verdict::Verdict;

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
  git show HEAD:.harness/deploy.yaml | pipewright check - --stdin-filename .harness/deploy.yaml
  git diff --name-only -z main | pipewright check --files-from - --with .
  pipewright check --output-file sarif=findings.sarif --exit-zero
  pipewright check --unsafe-fixes --diff            what fixes would change"
)]
pub(crate) struct Check {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    destinations: Destinations,

    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    baseline: Baseline,

    /// Write comments into the files that silence what is found now, then tell what is left
    #[arg(long)]
    add_ignores: bool,

    #[command(flatten)]
    verdict: Verdict,

    #[command(flatten)]
    fixing: Fixing,

    /// Show findings and errors only: no summary, no notes
    #[arg(long, short)]
    quiet: bool,

    /// Print what was seen and decided, and where the time went
    #[arg(long)]
    stats: bool,
}

impl Check {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        self.selection.options()?;
        if self.add_ignores && self.inputs.reads_input() {
            let message = "--add-ignores writes into files: name them, not -";
            return Err(Failure::Message(message.to_owned()));
        }
        let mut clock = Clock::start();

        if self.fixing.is_wanted() && !self.fixing.is_diff() && self.inputs.checks_input() {
            return Err(Failure::Message(
                "standard input cannot be fixed; --diff prints what would be changed".to_owned(),
            ));
        }
        let mut loaded = self.inputs.read(streams)?;
        let places = loaded.batch.places().map(|(_, place)| place).collect();
        self.destinations.refuse_collisions(&places, streams)?;
        let mut options = self
            .selection
            .configure(&mut loaded.batch, &loaded.configurations)?;
        clock.lap("find and read files");
        let mut fixed = None;
        if self.fixing.is_wanted() {
            let mended = self.fixing.mend(&mut loaded.batch, &options);
            clock.lap("fix");
            if self.fixing.is_diff() {
                return self.exit_of_diff(&loaded.batch, &mended, streams);
            }
            mended.write(&loaded.batch, streams)?;
            fixed = Some(mended.sentence(false));
        }
        let (mut outcome, mut known) = self.check(&loaded.batch, &options, streams, &mut clock)?;
        let mut silenced = None;
        if self.add_ignores {
            let found = outcome.diagnostics.len();
            let files = add_ignores(&loaded.batch, &outcome.diagnostics, streams)?;
            loaded = self.inputs.read(streams)?;
            options = self
                .selection
                .configure(&mut loaded.batch, &loaded.configurations)?;
            (outcome, known) = self.check(&loaded.batch, &options, streams, &mut clock)?;
            silenced = Some((found.saturating_sub(outcome.diagnostics.len()), files));
        }
        let Loaded {
            batch,
            passed_over,
            listed,
            ..
        } = loaded;
        // Nothing comes after this, and to give back each part of what is known of the files takes a while.
        let batch = ManuallyDrop::new(batch);

        let (shown, hidden) = self.verdict.shown(&outcome.diagnostics);
        let report = Report {
            sources: batch.snapshot.sources(),
            diagnostics: shown,
            nodes: &Nodes::new(&batch.snapshot, shown),
            checked: &outcome.checked,
            failures: failures(&batch, &outcome),
            summary: &outcome.summary,
            with_summary: !self.quiet,
        };
        self.destinations.write(&report, global, streams)?;
        clock.lap("report");

        // What follows stands below the report even where both streams are one terminal.
        streams.flush_output()?;
        if self.stats {
            let text = statistics::render(&outcome.statistics, &outcome.summary, &clock);
            write!(streams.errors, "\n{text}")?;
        }
        let told = Told {
            batch: &batch,
            outcome: &outcome,
            fixed,
            passed_over: &passed_over,
            listed,
            paths: self
                .inputs
                .paths()
                .iter()
                .map(|path| quoted(path))
                .collect(),
            hidden,
            printed: self.destinations.printed(streams),
        };
        if !self.quiet {
            told.notes(streams)?;
            known.tell(streams)?;
            if let Some((findings, files)) = silenced {
                let (findings, files) = (counted(findings, "finding"), counted(files, "file"));
                writeln!(
                    streams.errors,
                    "note: {findings} silenced by comments in {files}"
                )?;
            }
        }
        told.errors(streams)?;
        if !self.quiet {
            told.summary(streams)?;
        }
        Ok(self.exit(&batch, &outcome))
    }

    /// Checks the files, and leaves out what is known.
    fn check(
        &self,
        batch: &Batch,
        options: &Options,
        streams: &mut Streams<'_>,
        clock: &mut Clock,
    ) -> Result<(CheckResult, Known), Failure> {
        let progress = Progress::new(batch.len(), streams.surroundings.errors_are_terminal);
        let mut outcome = batch.check(options, &progress, clock);
        progress.finish();
        let known = self.baseline.apply(batch, &mut outcome, options, streams)?;
        Ok((outcome, known))
    }

    /// Prints what would be changed, and says whether anything would.
    fn exit_of_diff(
        &self,
        batch: &Batch,
        mended: &Fixed,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        mended.print(batch, streams)?;
        streams.flush_output()?;
        if !self.quiet {
            writeln!(streams.errors, "{}", mended.sentence(true))?;
        }
        for (name, error) in batch.unreadable_names() {
            writeln!(
                streams.errors,
                "error: cannot read `{}`: {error}",
                printable(name)
            )?;
        }
        Ok(if batch.unreadable_names().next().is_some() {
            Exit::Failure
        } else if mended.files() > 0 {
            Exit::Negative
        } else {
            Exit::Success
        })
    }

    fn exit(&self, batch: &Batch, outcome: &CheckResult) -> Exit {
        if batch.unreadable_names().next().is_some() || !outcome.internal_errors.is_empty() {
            Exit::Failure
        } else if self.verdict.fails(&outcome.diagnostics) {
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
