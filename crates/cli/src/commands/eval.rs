//! `pipewright eval`: the value of one expression, or answers to a stream of them.

use std::io::ErrorKind;
use std::path::PathBuf;

use clap::Args;
use pipewright_context::Moment;
use pipewright_engine::Trace;
use pipewright_jexl::json::Object;
use pipewright_jexl::{Json, Program, Scope, Value};

use crate::answer::{Answer, Fault};
use crate::caret::explain;
use crate::condition;
use crate::evaluation::{Evaluation, Names};
use crate::exit::Failure;
use crate::global::Global;
use crate::lines::{Line, Lines, MAX_LINE};
use crate::notes::TextNotes;
use crate::printable::{json_line, printable, printable_lines};
use crate::protocol::Protocol;
use crate::shown::Shown;
use crate::values::{is_file, read_object, read_text};
use crate::{Exit, Streams, advice};

/// Evaluate an expression or a condition to a typed value
#[derive(Args, Debug)]
#[command(after_help = "Exit codes:
  0  answered; with --condition or --predicate: true
  1  with --condition or --predicate: false
  2  no answer: the expression is wrong, only a run can tell, or bad usage
  3  with --condition or --predicate: only a run can tell

Examples:
  pipewright eval '<+env.name>.toUpperCase()' --context values.yaml
  pipewright eval '<+env.type> == \"Production\"' --context values.json --condition && echo go
  pipewright eval '<+a.b>' --context values.json --trace
  pipewright eval '<+stage.variables.tag>' --pipeline pipeline.yaml --at pipeline.stages.Build
  pipewright eval '<+env.name>' --pipeline pipeline.yaml --input-set prod.yaml --with templates
  pipewright eval --condition --pipeline pipeline.yaml --at pipeline.stages.Release
  pipewright eval --jexl '[1, 2].size() + 1'
  pipewright eval --jsonl --contexts contexts.json < cases.jsonl")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct Eval {
    /// The expression; - reads it from standard input. With --condition or --predicate and --at it may be left out:
    /// then the node's own `when` decides
    #[arg(
        value_name = "EXPR",
        required_unless_present_any = ["jsonl", "pipeline"],
        conflicts_with = "jsonl"
    )]
    expression: Option<String>,

    #[command(flatten)]
    evaluation: Evaluation,

    /// Evaluate as the condition of a `when`, whatever ran before: the exit code is the answer
    #[arg(long, conflicts_with_all = ["jsonl", "jexl"])]
    condition: bool,

    /// Evaluate as a whole predicate, which must be true or false itself: the exit code is the answer
    #[arg(long, conflicts_with_all = ["jsonl", "jexl", "condition"])]
    predicate: bool,

    /// Evaluate plain JEXL: no `<+ >`, names as they are
    #[arg(long, conflicts_with_all = ["jsonl", "pipeline"])]
    jexl: bool,

    /// With --jexl: a script, with statements
    #[arg(long, requires = "jexl", conflicts_with = "jsonl")]
    script: bool,

    /// How to print the answer
    #[arg(long, value_enum, default_value = "human", conflicts_with = "jsonl")]
    format: Format,

    /// Answer cases from standard input, one JSON object a line, until it ends; other options hold for lines that do
    /// not say otherwise
    #[arg(long, conflicts_with_all = ["quiet", "stdin_filename"])]
    jsonl: bool,

    /// With --jsonl: a JSON object of contexts that cases refer to by name
    #[arg(long, value_name = "FILE", requires = "jsonl")]
    contexts: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Format {
    /// The value as text; lists and maps as JSON
    Human,
    /// One JSON object: the answer, with --pipeline what was found about names, with --trace how it came about
    Json,
}

impl Eval {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        if self.jsonl {
            if self.evaluation.reads_input() {
                return Err(Failure::Message(format!(
                    "the cases and the {} cannot both come from standard input",
                    self.evaluation.what_is_read()
                )));
            }
            return self.answer_lines(streams);
        }
        let text = match self.expression.as_deref() {
            Some("-") if self.evaluation.reads_input() => {
                return Err(Failure::Message(format!(
                    "the expression and the {} cannot both come from standard input",
                    self.evaluation.what_is_read()
                )));
            }
            Some("-") => {
                let text = read_text("-".as_ref(), streams)?;
                // Programs on Windows may begin a stream with a byte order mark.
                text.strip_prefix('\u{FEFF}')
                    .map(str::to_owned)
                    .unwrap_or(text)
            }
            expression => expression.unwrap_or_default().to_owned(),
        };
        // A shell variable that is not set is no condition.
        if self.decides() && self.expression.is_some() && text.trim().is_empty() {
            return Err(Failure::Message(
                "the condition is empty: a condition is an expression such as `<+env.type> == \"Production\"`"
                    .to_owned(),
            ));
        }
        let moment = if self.decides() {
            Moment::Starting
        } else {
            Moment::Running
        };
        let names = self.evaluation.names(moment, self.jexl, streams)?;
        let (outcome, trace, text) = match (&names, &self.expression) {
            (Names::At(position), None) if self.decides() => {
                let text = position.predicate()?;
                let engine = self.evaluation.engine(&names);
                let (truth, trace) = engine.trace_condition(text.as_str(), names.context());
                let value = truth.map(Value::from).map_err(Fault::from);
                (value, Some(trace), text)
            }
            (Names::At(_), None) => {
                return Err(Failure::Message(
                    "an expression is missing; only --condition does without one".to_owned(),
                ));
            }
            _ => {
                let (outcome, trace) = self.ask(&text, &names);
                (outcome, trace, text)
            }
        };
        let mut answer = Answer::from(outcome);
        let is_wanted = self.format == Format::Json || matches!(answer, Answer::Fault(_));
        let mut of_text = self.evaluation.text_notes(is_wanted, || {
            let remarks = trace.as_ref().map_or_else(Vec::new, Trace::remarks);
            let notes = if self.jexl {
                TextNotes::default()
            } else {
                TextNotes::new(&text, self.decides(), remarks)
            };
            let file = self.names_file(&answer, streams);
            notes.with_advice(file.map_or_else(|| self.advice(&text, &answer), |file| vec![file]))
        });
        if let Answer::Fault(fault) = &mut answer {
            of_text.explain(fault, &text, self.decides());
        }
        let question = (answer.asked(&text), Shown::of(&answer));
        match self.format {
            Format::Json => {
                let trace = self.evaluation.for_program(trace);
                names.print_json(
                    question,
                    &answer.members(),
                    &of_text,
                    trace.as_ref(),
                    streams,
                )?;
            }
            Format::Human => {
                if let Some(trace) = &trace {
                    self.evaluation.tell(trace, &text, streams)?;
                }
                self.evaluation
                    .tell_names(&names, question, &of_text, streams)?;
                if trace.is_some() && is_false(&answer) {
                    self.evaluation.tell_falsehood(&text, &names, streams)?;
                }
                self.print(&answer, &text, global, streams)?;
            }
        }
        Ok(self.exit(&answer))
    }

    /// What comes of the text, and how if that is asked for.
    fn ask(&self, text: &str, names: &Names) -> (Result<Value, Fault>, Option<Trace>) {
        if let (true, Names::Given { names, .. }) = (self.jexl, names) {
            let value = self
                .program(text)
                .and_then(|program| program.run(&Scope::of(names.names())));
            return (value.map_err(Fault::from), None);
        }
        let (engine, context) = (self.evaluation.engine(names), names.context());
        if self.condition {
            let mut trace = None;
            let condition = match condition::read(text) {
                Ok(condition) => condition,
                Err(fault) => return (Err(fault), None),
            };
            let value = condition::decided(&engine, (&condition, text), context, |predicate| {
                let (truth, steps) = engine.trace_condition(predicate, context);
                trace = Some(steps);
                truth
            });
            return (value, trace);
        }
        if self.predicate {
            let (truth, trace) = engine.trace_condition(text, context);
            return (truth.map(Value::from).map_err(Fault::from), Some(trace));
        }
        let (value, trace) = engine.trace_evaluate(text, context);
        (value.map_err(Fault::from), Some(trace))
    }

    /// What to write instead, or which command or option answers the text, if this one does not.
    fn advice(&self, text: &str, answer: &Answer) -> Vec<String> {
        let fails = matches!(answer, Answer::Fault(fault) if fault.is_of_text());
        if self.jexl {
            let is_read = fails && !self.script;
            let of_script = (is_read && advice::is_script(text))
                .then(|| "`--script` reads statements".to_owned());
            let of_signs = (!fails).then(|| advice::on_decrement(text)).flatten();
            return of_script.into_iter().chain(of_signs).collect();
        }
        advice::on_answer(text, self.evaluation.flags(), self.decides(), answer)
    }

    /// For the name of a file in place of what stands in it.
    fn names_file(&self, answer: &Answer, streams: &Streams<'_>) -> Option<String> {
        let name = self.expression.as_deref()?;
        let fails = matches!(answer, Answer::Fault(fault) if fault.is_of_text());
        (fails && is_file(name, streams)).then(|| {
            format!(
                "a file is called so: `pipewright eval - < {name}` evaluates what stands in it, and \
                 `pipewright render --file {name}` puts values into it"
            )
        })
    }

    /// Whether the exit code is the answer.
    const fn decides(&self) -> bool {
        self.condition || self.predicate
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
            None => Object::new(),
        };
        let defaults = self.evaluation.defaults(streams)?;
        let mut protocol = Protocol::new(contexts).with_defaults(defaults);
        let mut lines = Lines::new(&mut *streams.input);
        while let Some(line) = lines
            .next()
            .map_err(|error| Failure::Message(format!("cannot read standard input: {error}")))?
        {
            let answer = match line {
                Line::Whole(text) => protocol.answer(text),
                Line::NoText { readable, offset } => protocol.refuse_no_text(&readable, offset),
                Line::TooLong(start) => protocol.refuse_long_line(&start, MAX_LINE),
            };
            writeln!(streams.output, "{answer}")?;
            match streams.output.flush() {
                // Nobody reads the answers any more, and the questions may never end.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
                flushed => flushed?,
            }
        }
        Ok(Exit::Success)
    }

    /// Prints an answer for a person, or says why there is none.
    fn print(
        &self,
        answer: &Answer,
        text: &str,
        global: &Global,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let shown = match answer {
            Answer::Value(shown) => shown,
            Answer::Unknown(unknown) if self.decides() => {
                let reason = unknown.to_string();
                writeln!(streams.output, "unknown: {}", printable(&reason))?;
                return Ok(());
            }
            Answer::Unknown(unknown) => {
                let reason = unknown.to_string();
                let reason = printable(&reason);
                return Err(Failure::Message(format!("only a run can tell: {reason}")));
            }
            Answer::Fault(fault) => {
                // A mark below the whole text shows nothing.
                let is_whole = !self.jexl && advice::is_bare_name(text);
                let range = fault.range.filter(|_| !is_whole);
                return Err(explain(&fault.message, range, text));
            }
        };
        let text = match &shown.value {
            Json::Array(_) | Json::Object(_) => json_line(&shown.value)?,
            _ => shown.text.clone(),
        };
        if streams.surroundings.output_is_terminal && !self.decides() {
            let style = global.layout(&streams.surroundings).palette.code();
            let type_name = style.style(&shown.type_name);
            writeln!(
                streams.output,
                "{}  {type_name}",
                printable_lines(text.trim_end_matches('\n'))
            )?;
        } else {
            writeln!(streams.output, "{text}")?;
        }
        Ok(())
    }

    fn exit(&self, answer: &Answer) -> Exit {
        match answer {
            Answer::Value(_) if self.decides() && is_false(answer) => Exit::Negative,
            Answer::Value(_) => Exit::Success,
            Answer::Unknown(_) if self.decides() => Exit::Unknown,
            Answer::Unknown(_) | Answer::Fault(_) => Exit::Failure,
        }
    }
}

fn is_false(answer: &Answer) -> bool {
    matches!(answer, Answer::Value(shown) if shown.value == Json::Bool(false))
}
