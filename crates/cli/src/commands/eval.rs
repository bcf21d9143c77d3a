//! `pipewright eval`: the value of one expression, or answers to a stream of them.

use std::path::PathBuf;

use clap::Args;
use pipewright_context::Moment;
use pipewright_engine::{Trace, Truth};
use pipewright_jexl::value::AnswerError;
use pipewright_jexl::{Failure as ValueFailure, Program, Scope, Value};
use serde_json::{Value as Json, json};

use crate::arguments::Global;
use crate::evaluation::{Evaluation, Names, explain, read_object, read_text};
use crate::exit::Failure;
use crate::protocol::Protocol;
use crate::report::printable_lines;
use crate::{Exit, Streams};

/// Evaluate an expression or a condition to a typed value
#[derive(Args, Debug)]
#[command(after_help = "Exit codes:
  0  answered; with --condition: true
  1  with --condition: false
  2  no answer: the expression is wrong, or bad usage
  3  with --condition: only a run can tell

Examples:
  pipewright eval '<+env.name>.toUpperCase()' --context values.yaml
  pipewright eval '<+env.type> == \"Production\"' --context values.json --condition && echo go
  pipewright eval '<+a.b>' --context values.json --trace
  pipewright eval '<+stage.variables.tag>' --pipeline pipeline.yaml --at pipeline.stages.Build
  pipewright eval --condition --pipeline pipeline.yaml --at pipeline.stages.Release --context values.yaml
  pipewright eval --jexl '[1, 2].size() + 1'
  pipewright eval --jsonl --contexts contexts.json < cases.jsonl")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct Eval {
    /// The expression; - reads it from standard input. With --condition and --at it may be left out: then the node's own `when` decides
    #[arg(
        value_name = "EXPR",
        required_unless_present_any = ["jsonl", "pipeline"],
        conflicts_with = "jsonl"
    )]
    expression: Option<String>,

    #[command(flatten)]
    evaluation: Evaluation,

    /// Evaluate as the condition of a `when`: the exit code is the answer
    #[arg(long, conflicts_with_all = ["jsonl", "jexl"])]
    condition: bool,

    /// Evaluate plain JEXL: no `<+ >`, names as they are
    #[arg(long, conflicts_with_all = ["jsonl", "pipeline"])]
    jexl: bool,

    /// With --jexl: a script, with statements
    #[arg(long, requires = "jexl")]
    script: bool,

    /// How to print the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,

    /// Answer cases from standard input, one JSON object a line, until it ends
    #[arg(long)]
    jsonl: bool,

    /// With --jsonl: a JSON object of contexts that cases refer to by name
    #[arg(long, value_name = "FILE", requires = "jsonl")]
    contexts: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Format {
    /// The value as text; lists and maps as JSON
    Human,
    /// One JSON object with type, value and text, and the trace where it is asked for
    Json,
}

impl Eval {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        if self.jsonl {
            return self.answer_lines(streams);
        }
        let text = match self.expression.as_deref() {
            Some("-") if self.evaluation.reads_input() => {
                return Err(Failure::Message(
                    "the expression and the context cannot both come from standard input"
                        .to_owned(),
                ));
            }
            Some("-") => read_text("-".as_ref(), streams)?,
            expression => expression.unwrap_or_default().to_owned(),
        };
        let moment = if self.condition {
            Moment::Starting
        } else {
            Moment::Running
        };
        let names = self.evaluation.names(moment, streams)?;
        let text = match (&names, &self.expression) {
            (Names::At(position), None) if self.condition => position.predicate()?,
            (Names::At(_), None) => {
                return Err(Failure::Message(
                    "an expression is missing; only --condition does without one".to_owned(),
                ));
            }
            _ => text,
        };
        if let (true, Names::Given(names)) = (self.jexl, &names) {
            let value = self
                .program(&text)
                .and_then(|program| program.run(&Scope::of(names.names())))
                .map_err(|error| explain(&error.message, Some(error.range), &text))?;
            return self.print(&value, None, global, streams);
        }
        let engine = self.evaluation.engine();
        if self.condition {
            let (truth, trace) = if self.evaluation.trace {
                let (truth, trace) = engine.trace_condition(text.as_str(), names.context());
                (truth, Some(trace))
            } else {
                (engine.condition(text.as_str(), names.context()), None)
            };
            let trace = self.told(trace, streams)?;
            let truth = truth.map_err(|error| explain(&error.message, error.range, &text))?;
            if let Truth::Unknown(reason) = &truth {
                names.tell_unknown(reason, streams)?;
            } else if self.evaluation.trace {
                names.tell_null(streams)?;
            }
            return self.print_truth(&truth, trace, streams);
        }
        let (value, trace) = if self.evaluation.trace {
            let (value, trace) = engine.trace_evaluate(text.as_str(), names.context());
            (value, Some(trace))
        } else {
            (engine.evaluate(text.as_str(), names.context()), None)
        };
        let trace = self.told(trace, streams)?;
        let value = value.map_err(|error| explain(&error.message, error.range, &text))?;
        match &value {
            Value::Unknown(reason) => names.tell_unknown(reason, streams)?,
            value if value.is_null() || self.evaluation.trace => names.tell_null(streams)?,
            _ => {}
        }
        self.print(&value, trace, global, streams)
    }

    /// Tells a trace to a person at once, or gives it as JSON to go with the answer.
    fn told(
        &self,
        trace: Option<Trace>,
        streams: &mut Streams<'_>,
    ) -> Result<Option<Json>, Failure> {
        match (trace, self.format) {
            (None, _) => Ok(None),
            (Some(trace), Format::Json) => {
                Ok(Some(serde_json::to_value(trace).unwrap_or_default()))
            }
            (Some(trace), Format::Human) => {
                self.evaluation.tell(&trace, streams)?;
                Ok(None)
            }
        }
    }

    fn program(&self, source: &str) -> Result<Program, pipewright_jexl::Error> {
        if self.script {
            Program::script(source)
        } else {
            Program::expression(source)
        }
    }

    /// Answers every line of standard input, each at once.
    fn answer_lines(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let contexts = match &self.contexts {
            Some(path) => read_object(path, streams)?,
            None => serde_json::Map::new(),
        };
        let mut protocol = Protocol::new(contexts);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = streams.input.read_until(b'\n', &mut line);
            if read
                .map_err(|error| Failure::Message(format!("cannot read standard input: {error}")))?
                == 0
            {
                return Ok(Exit::Success);
            }
            let text = String::from_utf8_lossy(&line);
            if text.trim().is_empty() {
                continue;
            }
            writeln!(streams.output, "{}", protocol.answer(&text))?;
            streams.output.flush()?;
        }
    }

    fn print(
        &self,
        value: &Value,
        trace: Option<Json>,
        global: &Global,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        let answer = match value.answer() {
            Ok(answer) => answer,
            Err(AnswerError::Unknown(reason)) => {
                return Err(Failure::Message(format!("only a run can tell: {reason}")));
            }
            Err(AnswerError::Failure(failure)) => return Err(Failure::Message(sentence(failure))),
        };
        match self.format {
            Format::Json => {
                let answer =
                    json!({ "type": answer.type_name, "value": answer.value, "str": answer.text });
                print_json(answer, trace, streams)?;
            }
            Format::Human => {
                let text = match &answer.value {
                    Json::Array(_) | Json::Object(_) => answer.value.to_string(),
                    _ => answer.text,
                };
                if streams.surroundings.output_is_terminal {
                    let style = global.layout(&streams.surroundings).palette.code();
                    let type_name = style.style(&answer.type_name);
                    writeln!(streams.output, "{}  {type_name}", printable_lines(&text))?;
                } else {
                    writeln!(streams.output, "{text}")?;
                }
            }
        }
        Ok(Exit::Success)
    }

    fn print_truth(
        &self,
        truth: &Truth,
        trace: Option<Json>,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        let (word, exit) = match truth {
            Truth::True => ("true", Exit::Success),
            Truth::False => ("false", Exit::Negative),
            Truth::Unknown(_) => ("unknown", Exit::Unknown),
        };
        match (self.format, truth) {
            (Format::Json, Truth::Unknown(reason)) => {
                print_json(
                    json!({ "type": "Unknown", "reason": &**reason }),
                    trace,
                    streams,
                )?;
            }
            (Format::Json, truth) => {
                let value = *truth == Truth::True;
                print_json(
                    json!({ "type": "Boolean", "value": value, "str": word }),
                    trace,
                    streams,
                )?;
            }
            (Format::Human, Truth::Unknown(reason)) => {
                writeln!(streams.output, "{word}: {reason}")?;
            }
            (Format::Human, _) => {
                writeln!(streams.output, "{word}")?;
            }
        }
        Ok(exit)
    }
}

/// Prints an answer as one line, with the trace if there is one.
fn print_json(
    mut answer: Json,
    trace: Option<Json>,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    if let Some(trace) = trace {
        answer["trace"] = trace;
    }
    writeln!(streams.output, "{answer}")?;
    Ok(())
}

/// A failure as a sentence.
fn sentence(failure: ValueFailure) -> String {
    match failure {
        ValueFailure::Error { message, .. } => message,
        ValueFailure::Unknown(reason) => format!("only a run can tell: {reason}"),
    }
}
