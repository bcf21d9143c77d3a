//! `pipewright test`: expectations about what pipelines do.

use std::path::{Path, PathBuf};

use clap::Args;
use pipewright_simulate::expect::first_tests;
use pipewright_simulate::{Given, plan};

use crate::at_hand::WITH_HELP;
use crate::exit::Failure;
use crate::global::Global;
use crate::position::prepare_file;
use crate::printable::printable;
use crate::tested::{FileOutcome, Format, find, run_file, updated, write};
use crate::{Exit, Streams};

/// Run expectation files (*.test.yaml) against pipelines
#[derive(Args, Debug)]
#[command(after_help = "A file of tests stands beside its pipeline:

  pipeline: pipeline.yaml
  tests:
    - name: production waits for approval
      given: { pipeline.variables.env: prod }
      fail: [pipeline.stages.Build.spec.execution.steps.Unit=Timeout]
      expect:
        runs: [pipeline.stages.Approve]
        skipped: [pipeline.stages.Deploy.spec.execution.steps.Canary]
        values: { \"<+pipeline.variables.env>.toUpperCase()\": PROD }

Keys of a test: name, given, outputs, context, inputSet, trigger, fail, intervene, skipStages, engine, reading, at, pipeline,
expect. Keys of expect: runs, skipped, failed, ignored, aborted, rolledBack, notReached, unknown, status, error, values,
rendered, findings. What is unknown holds only where unknown is expected.

Exit codes:
  0  all tests hold
  1  some do not
  2  there is no test, or one could not be run

Examples:
  pipewright test
  pipewright test .harness --run production
  pipewright test release.test.yaml --format junit > tests.xml
  pipewright test --init pipeline.yaml > pipeline.test.yaml")]
pub(crate) struct Test {
    /// Files of tests, or directories with them below
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Only the tests whose name this regular expression finds
    #[arg(long, value_name = "REGEX")]
    run: Option<String>,

    /// Write what came in the place of expectations that do not hold
    #[arg(long)]
    update: bool,

    /// Print a first file of tests for this pipeline
    #[arg(long, value_name = "FILE", conflicts_with_all = ["run", "update", "min_coverage"])]
    init: Option<PathBuf>,

    /// Fail where the tests of a pipeline have seen less of its conditions and nodes
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    min_coverage: Option<u32>,

    /// How to tell what became of the tests
    #[arg(long, value_enum, default_value = "human")]
    format: Format,

    #[arg(long = "with", value_name = "PATH", help = WITH_HELP)]
    with: Vec<PathBuf>,
}

impl Test {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        if let Some(pipeline) = &self.init {
            return init(pipeline, &self.with, streams);
        }
        let chosen = self.chosen()?;
        let is_chosen = |name: &str| {
            let found = chosen
                .as_ref()
                .map(|regex| regex.is_match(name).unwrap_or(false));
            found.unwrap_or(true)
        };
        let mut outcomes = Vec::new();
        for (name, text) in find(&self.paths, streams)? {
            let outcome = run_file((&name, text.clone()), &is_chosen, &self.with, streams);
            if self.update
                && let Some(new) = updated(&text, &outcome)
            {
                let path = streams.surroundings.directory.join(&name);
                pipewright_workspace::replace(&path, new.as_bytes())
                    .map_err(|error| Failure::Message(format!("cannot write `{name}`: {error}")))?;
                writeln!(streams.errors, "note: `{}` was updated", printable(&name))?;
            }
            outcomes.push(outcome);
        }
        let is_empty = |outcome: &FileOutcome| outcome.tests.is_empty() && outcome.error.is_none();
        if outcomes.iter().all(is_empty) {
            return Err(Failure::Message("no test has such a name".to_owned()));
        }
        let palette = global.layout(&streams.surroundings).palette;
        write(&outcomes, self.format, palette, streams)?;
        let is_covered = self.covers(&outcomes, streams)?;
        let all_hold = outcomes
            .iter()
            .flat_map(|file| &file.tests)
            .all(crate::tested::Outcome::is_ok);
        Ok(if outcomes.iter().any(FileOutcome::has_error) {
            Exit::Failure
        } else if all_hold && is_covered || self.update {
            Exit::Success
        } else {
            Exit::Negative
        })
    }

    fn chosen(&self) -> Result<Option<fancy_regex::Regex>, Failure> {
        let Some(text) = &self.run else {
            return Ok(None);
        };
        let regex = fancy_regex::Regex::new(text);
        let regex = regex.map_err(|error| {
            Failure::Message(format!(
                "`{}` is no regular expression: {error}",
                printable(text)
            ))
        })?;
        Ok(Some(regex))
    }

    /// Whether every pipeline is covered enough; says what is missing where one is not.
    fn covers(&self, outcomes: &[FileOutcome], streams: &mut Streams<'_>) -> Result<bool, Failure> {
        let Some(wanted) = self.min_coverage else {
            return Ok(true);
        };
        let mut is_covered = true;
        for (pipeline, coverage) in outcomes.iter().flat_map(|file| &file.coverage) {
            let percent = coverage.percent();
            if percent >= wanted {
                continue;
            }
            is_covered = false;
            let pipeline = printable(pipeline);
            writeln!(
                streams.errors,
                "error: the tests cover {percent} % of `{pipeline}`, not {wanted} %"
            )?;
            for missing in coverage.missing() {
                writeln!(streams.errors, "  {}", printable(&missing))?;
            }
        }
        Ok(is_covered)
    }
}

/// Prints a first file of tests for a pipeline.
fn init(pipeline: &Path, with: &[PathBuf], streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let (_, prepared) = prepare_file(pipeline, &[], with, "<stdin>", streams)?;
    let usual = plan(&prepared, &Given::default());
    let usual = usual.map_err(|error| Failure::Message(error.to_string()))?;
    let failing = |step: &str| plan(&prepared, &Given::default().fail(step)).ok();
    let name = pipeline
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into());
    write!(streams.output, "{}", first_tests(&name, &usual, failing))?;
    Ok(Exit::Success)
}
