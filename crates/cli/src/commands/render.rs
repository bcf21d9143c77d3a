//! `pipewright render`: a text with its expressions replaced.

use std::borrow::Cow;
use std::path::PathBuf;

use clap::Args;
use pipewright_context::{AskedText, Moment};
use pipewright_engine::{Rendered, Template};
use pipewright_jexl::Json;

use crate::caret::explain;
use crate::evaluation::Evaluation;
use crate::exit::Failure;
use crate::notes::TextNotes;
use crate::printable::{printable, printable_lines};
use crate::shown::Shown;
use crate::values::{is_file, read_text};
use crate::{Exit, Streams, advice};

/// Replace the expressions in a text or file
#[derive(Args, Debug)]
#[command(
    after_help = "What only a run can tell stays in the text as it is written, and is named on the error stream.

Exit codes:
  0  everything was replaced
  2  something is wrong, or only a run can tell it

Examples:
  pipewright render 'values-<+env.name>.yaml' --context values.json
  pipewright render --file deploy.sh --context values.yaml --mode throw > deploy.ready.sh
  pipewright render --file deploy.sh --pipeline pipeline.yaml --at pipeline.stages.Deploy
  cat manifest.yaml | pipewright render - --context values.json"
)]
pub(crate) struct Render {
    /// The text; - reads it from standard input
    #[arg(
        value_name = "TEXT",
        required_unless_present = "file",
        conflicts_with = "file"
    )]
    text: Option<String>,

    /// Read the text from a file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,

    #[command(flatten)]
    evaluation: Evaluation,

    /// How to print the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Format {
    /// The text
    Human,
    /// One JSON object with the text and what is unknown, and the trace where it is asked for
    Json,
}

impl Render {
    /// For the name of a file in place of what stands in it.
    fn names_file(&self, streams: &Streams<'_>) -> Option<String> {
        let name = self.text.as_deref().filter(|name| *name != "-")?;
        is_file(name, streams).then(|| {
            format!("a file is called `{name}`; `--file {name}` renders what stands in it")
        })
    }

    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let source = self
            .file
            .clone()
            .or_else(|| (self.text.as_deref() == Some("-")).then(|| "-".into()));
        if source
            .as_deref()
            .is_some_and(|path| path.as_os_str() == "-")
            && self.evaluation.reads_input()
        {
            return Err(Failure::Message(format!(
                "the text and the {} cannot both come from standard input",
                self.evaluation.what_is_read()
            )));
        }
        let text = match &source {
            Some(path) => read_text(path, streams)?,
            None => self.text.clone().unwrap_or_default(),
        };
        let names = self.evaluation.names(Moment::Running, false, streams)?;
        let engine = self.evaluation.engine(&names);
        let template = Template::new(&text);
        let (rendered, trace) = engine.trace_render(&template, names.context());
        if self.format == Format::Human {
            self.evaluation.tell(&trace, &text, streams)?;
        }
        let of_text = self.evaluation.text_notes(self.format == Format::Json, || {
            let of_template = template.remark();
            let remarks = trace.remarks().into_iter().chain(of_template);
            TextNotes::new(&text, false, remarks.collect())
                .with_advice(advice::on_statements(&text, self.evaluation.flags()))
                .with_advice(advice::on_first_generation(&text))
                .with_advice(self.names_file(streams))
        });
        let asked = AskedText::Template(&text);
        let rendered = match rendered {
            Ok(rendered) => rendered,
            Err(error) => {
                self.evaluation
                    .tell_names(&names, (asked, Shown::Value), &of_text, streams)?;
                return Err(explain(&error.message, error.range, &text));
            }
        };
        let shown = if rendered.unknown.is_empty() {
            Shown::Value
        } else {
            Shown::Partly(&rendered.unknown)
        };
        match self.format {
            Format::Json => {
                let answer = members(&rendered);
                let trace = self.evaluation.for_program(Some(trace));
                names.print_json((asked, shown), &answer, &of_text, trace.as_ref(), streams)?;
            }
            Format::Human => {
                // A program that reads the text gets it as it is.
                let printed = if streams.surroundings.output_is_terminal {
                    printable_lines(&rendered.text)
                } else {
                    Cow::Borrowed(&*rendered.text)
                };
                write!(streams.output, "{printed}")?;
                // A text from the command line has no line end of its own.
                if source.is_none() {
                    writeln!(streams.output)?;
                }
                streams.flush_output()?;
                for island in &rendered.unknown {
                    let reason = island.unknown.to_string();
                    let (expression, reason) = (printable(&island.expression), printable(&reason));
                    writeln!(
                        streams.errors,
                        "note: only a run can tell `{expression}`: {reason}"
                    )?;
                }
                self.evaluation
                    .tell_names(&names, (asked, shown), &of_text, streams)?;
            }
        }
        Ok(if rendered.unknown.is_empty() {
            Exit::Success
        } else {
            Exit::Failure
        })
    }
}

/// The members of the object that tells it to a program.
fn members(rendered: &Rendered) -> Json {
    let unknown: Json = rendered
        .unknown
        .iter()
        .map(|island| {
            let expression = Json::from(island.expression.as_str());
            Json::object([
                ("expression", expression),
                ("reason", island.unknown.to_string().into()),
            ])
        })
        .collect();
    Json::object([
        ("text", Json::from(rendered.text.as_str())),
        ("unknown", unknown),
    ])
}
