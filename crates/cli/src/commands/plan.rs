//! `pipewright plan`: which stages, groups and steps would run, and why.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use pipewright_analysis::Prepared;
use pipewright_simulate::{Given, Goal, PlanError, Refusal};

use crate::at_hand::WITH_HELP;
use crate::exit::Failure;
use crate::files::Files;
use crate::global::Global;
use crate::planned::{
    PlanArguments, html, references, refused, svg, write_dot, write_json, write_mermaid,
    write_outcomes, write_outcomes_json, write_tree, write_until, write_until_json, write_why,
};
use crate::position::prepare_file;
use crate::printable::printable;
use crate::{Exit, Streams, missing_templates};

/// Say which stages, groups and steps would run under given values, and why
#[derive(Args, Debug)]
#[command(after_help = "Verdicts:
  runs, ignored      it starts and succeeds; its failure is ignored
  skipped            its condition leaves it out
  failed, aborted    it fails; it is aborted
  rolled-back        its rollback section runs
  not-reached        the run does not come there
  unknown            that rests on values that are not given: `needs` names them

Everything that is not given to fail succeeds, approvals are approved, and nobody intervenes. What is no value of the file
and not given is unknown.

Exit codes:
  0  answered
  2  could not answer: no such file, no pipeline in it, no such stage or step, or a pipeline that Harness refuses

Examples:
  pipewright plan pipeline.yaml --set pipeline.variables.env=prod
  pipewright plan pipeline.yaml --fail pipeline.stages.Deploy.spec.execution.steps.Canary=Timeout
  pipewright plan pipeline.yaml --skip-stages Build,Test --input-set prod.yaml
  pipewright plan pipeline.yaml --all
  pipewright plan pipeline.yaml --until pipeline.stages.Deploy=rolled-back
  pipewright plan .harness/pipeline.yaml --with .harness --format json | jq -r '.nodes[] | select(.verdict == \"unknown\") | .needs[]'")]
pub(crate) struct Plan {
    /// A pipeline; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    given: PlanArguments,

    /// An input set or overlay for the pipeline; of several the later one holds
    #[arg(long = "input-set", value_name = "FILE")]
    input_sets: Vec<PathBuf>,

    #[arg(long = "with", value_name = "PATH", help = WITH_HELP)]
    with: Vec<PathBuf>,

    /// The name of what comes from standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    stdin_filename: String,

    /// Tell the whole chain for one node, by its fully qualified name: what is around it, and what it rests on
    #[arg(long, value_name = "FQN", conflicts_with = "format")]
    why: Option<String>,

    /// Tell the distinct outcomes: over the values that conditions compare with, and over one failing step at a time
    #[arg(long, conflicts_with = "why")]
    all: bool,

    /// Search for values, and if need be for a failing step, with which a node is to come to `runs`, `skipped`,
    /// `failed`, `ignored`, `aborted`, `rolled-back` or `not-reached`
    #[arg(long, value_name = "FQN=VERDICT", value_parser = Goal::parse, conflicts_with_all = ["all", "why"])]
    until: Option<Goal>,

    /// How to print the plan
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Format {
    /// A tree, in which what only runs is folded
    Human,
    /// One JSON object
    Json,
    /// A Mermaid flowchart
    Mermaid,
    /// A Graphviz graph
    Dot,
    /// A picture, in which what runs in parallel stands side by side
    Svg,
    /// The picture as one page without network, in which each node can be clicked
    Html,
}

/// Why there is no answer.
enum Unanswered {
    /// Harness refuses the pipeline.
    Refused(Box<Refusal>),
    Failed(Failure),
}

impl From<PlanError> for Unanswered {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Refused(refusal) => Self::Refused(refusal),
            error => Self::Failed(Failure::Message(printable(&error.to_string()).into_owned())),
        }
    }
}

impl<E: Into<Failure>> From<E> for Unanswered {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Plan {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let (files, prepared) = self.load(streams)?;
        let (mut given, notes) = self.given.read(streams)?;
        given.in_detail = self.format == Format::Html;
        let answered = if self.all {
            self.tell_all(&prepared, &given, notes, global, streams)
        } else if let Some(goal) = &self.until {
            self.search(&prepared, &given, goal, streams)
        } else {
            self.tell((&files, &prepared), &given, notes, global, streams)
        };
        match answered {
            Ok(()) => Ok(Exit::Success),
            Err(Unanswered::Refused(refusal)) if self.format == Format::Json => {
                refused(&refusal, &files, streams)?;
                Ok(Exit::Failure)
            }
            Err(Unanswered::Refused(refusal)) => {
                let place = files.short_place(refusal.span);
                let sentence = format!(
                    "{place}: Harness refuses `{}`: {}",
                    refusal.fqn, refusal.error
                );
                Err(Failure::Message(printable(&sentence).into_owned()))
            }
            Err(Unanswered::Failed(failure)) => Err(failure),
        }
    }

    /// Tells the plan.
    fn tell(
        &self,
        (files, prepared): (&Files, &Prepared),
        given: &Given,
        notes: Vec<String>,
        global: &Global,
        streams: &mut Streams<'_>,
    ) -> Result<(), Unanswered> {
        let (mut plan, history) = pipewright_simulate::plan_with_history(prepared, given)?;
        plan.notes.splice(0..0, notes);
        match self.format {
            Format::Json => write_json(&plan, streams)?,
            Format::Mermaid => write_mermaid(&plan, streams)?,
            Format::Dot => write_dot(&plan, streams)?,
            Format::Svg => write!(streams.output, "{}", svg(&plan))?,
            Format::Html => {
                let whole = files.snapshot.written_out(files.first());
                let read = whole.map(|whole| references((&plan, &history), whole, prepared, given));
                write!(streams.output, "{}", html(&plan, &read.unwrap_or_default()))?;
            }
            Format::Human if self.why.is_some() => {
                let fqn = self.why.as_deref().unwrap_or_default();
                write_why(&plan, fqn, streams)?;
            }
            Format::Human => {
                let layout = global.layout(&streams.surroundings);
                write_tree(&plan, layout, streams)?;
                for note in &plan.notes {
                    writeln!(streams.errors, "note: {}", printable(note))?;
                }
            }
        }
        Ok(())
    }

    /// Tells the distinct outcomes.
    fn tell_all(
        &self,
        prepared: &Prepared,
        given: &Given,
        notes: Vec<String>,
        global: &Global,
        streams: &mut Streams<'_>,
    ) -> Result<(), Unanswered> {
        self.is_told_in_words("--all")?;
        let mut outcomes = pipewright_simulate::outcomes(prepared, given)?;
        outcomes.notes.splice(0..0, notes);
        if self.format == Format::Json {
            write_outcomes_json(&outcomes, streams)?;
        } else {
            let layout = global.layout(&streams.surroundings);
            write_outcomes(&outcomes, layout, streams)?;
        }
        Ok(())
    }

    /// Tells what gives a node a verdict.
    fn search(
        &self,
        prepared: &Prepared,
        given: &Given,
        goal: &Goal,
        streams: &mut Streams<'_>,
    ) -> Result<(), Unanswered> {
        self.is_told_in_words("--until")?;
        let until = pipewright_simulate::until(prepared, given, goal)?;
        if self.format == Format::Json {
            write_until_json(goal, &until, streams)?;
        } else {
            write_until(goal, &until, streams)?;
        }
        Ok(())
    }

    /// # Errors
    /// If the answer is to be a picture, which shows one plan.
    fn is_told_in_words(&self, option: &str) -> Result<(), Failure> {
        if matches!(self.format, Format::Human | Format::Json) {
            return Ok(());
        }
        let sentence =
            format!("{option} has no picture, which shows one plan: use --format human or json");
        Err(Failure::Message(sentence))
    }

    /// Reads the files, and takes the first pipeline of the one with its input sets merged and templates written out.
    fn load(&self, streams: &mut Streams<'_>) -> Result<(Files, Arc<Prepared>), Failure> {
        let (files, prepared) = prepare_file(
            &self.file,
            &self.input_sets,
            &self.with,
            &self.stdin_filename,
            streams,
        )?;
        let pipeline = prepared.pipeline();
        let named = (&**pipeline.pipeline(), pipeline.names());
        let named = [named].into_iter();
        missing_templates::tell(prepared.opaque(), pipeline.tree(), named, streams)?;
        Ok((files, prepared))
    }
}
