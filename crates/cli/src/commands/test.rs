//! `pipewright test`: expectations about what pipelines do.

use std::path::{Path, PathBuf};

use clap::Args;
use pipewright_simulate::expect::{self, FileOutcome, TestOutcome, first_tests};
use pipewright_simulate::{Given, outcomes};
use pipewright_source::SourceFile;

use crate::at_hand::WITH_HELP;
use crate::exit::Failure;
use crate::global::Global;
use crate::position::prepare_file;
use crate::printable::{json_lines, printable};
use crate::tested::{
    Format, OnDisk, Source, Watch, find, is_covered, tell_coverage, updated, write,
};
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

Keys of a test: name, given, outputs, context, inputSet, trigger, fail, intervene, skipStages, onlyStages, engine, reading, at,
pipeline, expect. Keys of expect: runs, skipped, failed, ignored, aborted, rolledBack, notReached, unknown, status, error, values,
rendered, findings. What is unknown holds only where unknown is expected.

Exit codes:
  0  all tests hold
  1  some do not
  2  there is no test, or one could not be run

Examples:
  pipewright test
  pipewright test .harness --run production
  pipewright test release.test.yaml --format junit > tests.xml
  pipewright test --init pipeline.yaml > pipeline.test.yaml
  pipewright test --coverage --min-coverage 80
  pipewright test --schema > pipeline-tests.schema.json")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option by itself")]
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
    #[arg(long, value_name = "FILE", conflicts_with_all = ["run", "update", "min_coverage", "coverage"])]
    init: Option<PathBuf>,

    /// Fail where the tests of a pipeline have seen less of its conditions and nodes
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    min_coverage: Option<u32>,

    /// Tell what the tests have seen of each pipeline: conditions and the operands of && and || in them true and false,
    /// and what ran
    #[arg(long)]
    coverage: bool,

    /// Print the JSON schema of files of tests, for editors
    #[arg(long, exclusive = true)]
    schema: bool,

    /// Run a file of tests again whenever it or a file that it names is written, until Ctrl-C
    #[arg(long, conflicts_with_all = ["update", "init"])]
    watch: bool,

    /// How to tell what became of the tests
    #[arg(long, value_enum, default_value = "human")]
    format: Format,

    #[arg(long = "with", value_name = "PATH", help = WITH_HELP)]
    with: Vec<PathBuf>,
}

impl Test {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        if self.schema {
            writeln!(streams.output, "{}", json_lines(&expect::schema())?)?;
            return Ok(Exit::Success);
        }
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
        let run = |files: Vec<Source>, streams: &mut Streams<'_>| {
            let mut around = OnDisk::new(&self.with, streams);
            let mut tested = Vec::new();
            for (name, text) in files {
                let outcome = expect::run(SourceFile::new(name, text), &is_chosen, &mut around);
                tested.push((outcome, around.asked()));
            }
            tested
        };
        if self.watch {
            let watch = Watch {
                paths: &self.paths,
                with: &self.with,
            };
            let tell = |new: &[FileOutcome], others: &[&FileOutcome], streams: &mut Streams<'_>| {
                self.tell(new, others, global, streams)
            };
            return watch.run(&run, &tell, streams);
        }
        let tested = run(find(&self.paths, streams)?, streams);
        let outcomes: Vec<FileOutcome> = tested.into_iter().map(|(outcome, _)| outcome).collect();
        let is_empty =
            |outcome: &FileOutcome| outcome.tests.is_empty() && outcome.mistakes.is_empty();
        if outcomes.iter().all(is_empty) {
            return Err(Failure::Message("no test has such a name".to_owned()));
        }
        if self.update {
            update(&outcomes, streams)?;
        }
        self.tell(&outcomes, &[], global, streams)
    }

    /// Tells what became of files that were run, and answers for them and those that were run before.
    fn tell(
        &self,
        new: &[FileOutcome],
        others: &[&FileOutcome],
        global: &Global,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        let palette = global.layout(&streams.surroundings).palette;
        write(new, self.format, palette, streams)?;
        let all = || new.iter().chain(others.iter().copied());
        if self.coverage && self.format == Format::Human {
            tell_coverage(all(), streams)?;
        }
        let is_covered = match self.min_coverage {
            Some(wanted) => is_covered(all(), wanted, streams)?,
            None => true,
        };
        let all_hold = all().flat_map(|file| &file.tests).all(TestOutcome::is_ok);
        Ok(if all().any(FileOutcome::has_error) {
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
}

/// Writes what came in the place of expectations that do not hold.
fn update(outcomes: &[FileOutcome], streams: &mut Streams<'_>) -> Result<(), Failure> {
    for outcome in outcomes {
        let name = outcome.name();
        for test in &outcome.tests {
            let is_elsewhere = test.expectations.is_none() && !test.differences().is_empty();
            if is_elsewhere {
                let (name, test) = (printable(name), printable(&test.name));
                writeln!(
                    streams.errors,
                    "note: `{test}` in `{name}` was not updated: its expectations are shared by an alias, or it has none"
                )?;
            }
        }
        let Some(new) = updated(outcome.source.text(), outcome) else {
            continue;
        };
        let path = streams.surroundings.directory.join(name);
        pipewright_workspace::replace(&path, new.as_bytes())
            .map_err(|error| Failure::Message(format!("cannot write `{name}`: {error}")))?;
        writeln!(streams.errors, "note: `{}` was updated", printable(name))?;
    }
    Ok(())
}

/// Prints a first file of tests for a pipeline.
fn init(pipeline: &Path, with: &[PathBuf], streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let (_, prepared) = prepare_file(pipeline, &[], with, "<stdin>", streams)?;
    let outcomes = outcomes(&prepared, &Given::default());
    let outcomes = outcomes.map_err(|error| Failure::Message(error.to_string()))?;
    let name = pipeline
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into());
    write!(streams.output, "{}", first_tests(&name, &outcomes))?;
    for note in &outcomes.notes {
        writeln!(streams.errors, "note: {}", printable(note))?;
    }
    Ok(Exit::Success)
}
