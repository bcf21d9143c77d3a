//! `pipewright diff`: what a change changes.

use clap::Args;
use pipewright_compare::{Comparison, Question, compare};

use crate::compared::{
    Asked, Sides, write_diff, write_diff_html, write_diff_json, write_diff_markdown,
};
use crate::configured::Configured;
use crate::exit::Failure;
use crate::global::Global;
use crate::planned::PlanArguments;
use crate::{Exit, Streams};

/// Say what a change changes: names, findings, what would run, settings
#[derive(Args, Debug)]
#[command(
    after_help = "BASE and HEAD are two folders, two files, or revisions of the git repository one stands in; without HEAD it is the
directory one stands in. Every pipeline is held against itself, also one that did not change but uses a template, a
pipeline or an input set that did. What only looks another way (style, order of keys, comments, line ends, names of
files) is no difference.

Findings count as in `check`: each side has its own pipewright.toml, a revision the one in it, and comments that silence
a rule do so. A rule that one side switches on or off shows findings that are new or gone.

What would run is asked under what is given (--set, --context, --trigger, --fail); without any of these under the values
that conditions of either side compare with, with one failing step at a time, and under what the `*.test.yaml` files
beside pipelines give. The fewest values that show a difference are told.

Exit codes:
  0  nothing differs in meaning, or nothing that --fail-on names
  1  something does
  2  the command itself failed: no such revision or path

Examples:
  pipewright diff origin/main                        what this working tree changes
  pipewright diff v1.2 v1.3 --format markdown        a comment for a pull request
  pipewright diff before after --fail-on findings    two folders
  pipewright diff old.yaml new.yaml --set pipeline.variables.env=prod
  pipewright diff HEAD~1 HEAD --format json | jq '.pipelines[].names.gone[].fqn'"
)]
pub(crate) struct Diff {
    /// A folder, a file, or a revision: what there was before
    #[arg(value_name = "BASE")]
    base: String,

    /// The same: what there is after [default: the directory one stands in]
    #[arg(value_name = "HEAD")]
    head: Option<String>,

    #[command(flatten)]
    given: PlanArguments,

    #[command(flatten)]
    configured: Configured,

    /// An input set or overlay, by its path in both sides: merged into the pipelines it is for; may be repeated
    #[arg(long = "input-set", value_name = "FILE")]
    input_sets: Vec<String>,

    /// Tell the scripts and settings, too, whose value under what is given is another one
    #[arg(long)]
    rendered: bool,

    /// The differences that make the exit code 1
    #[arg(long, value_enum, value_name = "WHAT", default_value = "any")]
    fail_on: FailOn,

    /// How to print what differs
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum FailOn {
    /// New findings
    Findings,
    /// Names that are gone, new or other ones
    Names,
    /// What would run
    Plan,
    /// Anything
    Any,
    /// Nothing
    None,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Format {
    /// One paragraph for each pipeline, then a summary
    Human,
    /// A comment for a pull request: a headline, a table, folded details; never more than 60,000 characters
    Markdown,
    /// One JSON object
    Json,
    /// One page without network, with the pictures of both sides beside each other
    Html,
}

impl Diff {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let sides = Sides::read(&self.base, self.head.as_deref(), &self.configured, streams)?;
        let (given, notes) = self.given.read(streams)?;
        let mut question = Question::default();
        question.asked.only_given = !self.given.is_empty();
        question.asked.given = given;
        question.base_options.clone_from(&sides.base_options);
        question.head_options.clone_from(&sides.head_options);
        question.rendered = self.rendered;
        question.with_plans = self.format == Format::Html;
        question.input_sets.clone_from(&self.input_sets);
        let comparison = compare(&sides.base, &sides.head, &question);
        match self.format {
            Format::Human => {
                let layout = global.layout(&streams.surroundings);
                write_diff(&comparison, &sides, layout, streams)?;
            }
            Format::Markdown => write_diff_markdown(&comparison, &sides, streams)?,
            Format::Html => write_diff_html(&comparison, &sides, streams)?,
            Format::Json => {
                let head = self.head.as_deref().unwrap_or(".");
                let asked = Asked {
                    base: &self.base,
                    head,
                    values: self.given.assignments(),
                    failures: &question.asked.given.failures,
                };
                write_diff_json(&comparison, &sides, &asked, streams)?;
            }
        }
        streams.flush_output()?;
        for note in notes {
            writeln!(streams.errors, "note: {note}")?;
        }
        Ok(if self.fails(&comparison) {
            Exit::Negative
        } else {
            Exit::Success
        })
    }

    fn fails(&self, comparison: &Comparison) -> bool {
        let mut all = comparison.all();
        match self.fail_on {
            FailOn::Findings => all.any(|of| !of.findings.new.is_empty()),
            FailOn::Names => all.any(|of| !of.names.is_empty()),
            FailOn::Plan => all.any(|of| !of.verdicts.is_empty()),
            FailOn::Any => !comparison.is_empty(),
            FailOn::None => false,
        }
    }
}
