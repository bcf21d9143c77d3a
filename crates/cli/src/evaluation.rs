//! What `eval` and `render` share: where names come from, how the engine is set up, and what is said of an answer.

use std::path::PathBuf;

use clap::Args;
use pipewright_context::{self as context, Moment};
use pipewright_engine::{Context, Engine, MapContext, Mode, Profile, Trace};
use pipewright_jexl::Json;
use pipewright_jexl::json::Object;
use serde::Serialize;

use crate::Streams;
use crate::exit::Failure;
use crate::position::{Position, PositionArguments};
use crate::printable::{json_line, printable, printable_lines};
use crate::shown::Shown;
use crate::values::read_object;

/// The arguments of a command that evaluates.
#[derive(Args, Debug)]
pub(crate) struct Evaluation {
    /// JSON or YAML with the values of names; - is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) context: Option<PathBuf>,

    #[command(flatten)]
    position: PositionArguments,

    /// What becomes of an expression without value: null, original, throw
    #[arg(long, default_value = "null", value_name = "MODE")]
    mode: Mode,

    /// The engine to be like: classic, concat, v2
    #[arg(long, default_value = "concat", value_name = "PROFILE")]
    profile: Profile,

    /// Tell how the answer came about: every island, name and value
    #[arg(long)]
    pub(crate) trace: bool,
}

impl Evaluation {
    /// Whether the names come from standard input.
    pub(crate) fn reads_input(&self) -> bool {
        let context = self.context.as_deref();
        context.is_some_and(|path| path.as_os_str() == "-") || self.position.reads_input()
    }

    /// The first option among these that says something about one question, so that a stream of them cannot have it.
    pub(crate) fn option_of_one_question(&self) -> Option<String> {
        let file = |option: &str, path: &Option<PathBuf>| {
            let path = path.as_ref()?.to_string_lossy().into_owned();
            Some(format!("{option} {}", printable(&path)))
        };
        file("--context", &self.context)
            .or_else(|| file("--pipeline", &self.position.pipeline))
            .or_else(|| self.trace.then(|| "--trace".to_owned()))
    }

    /// The engine these arguments ask for.
    pub(crate) fn engine(&self) -> Engine {
        let engine = match self.position.pipeline {
            Some(_) => context::engine(),
            None => Engine::new(),
        };
        engine.profile(self.profile).mode(self.mode)
    }

    /// The names these arguments give; in a pipeline as they are read at some moment.
    pub(crate) fn names(
        &self,
        moment: Moment,
        streams: &mut Streams<'_>,
    ) -> Result<Names, Failure> {
        let given = match &self.context {
            Some(path) => read_object(path, streams)?,
            None => Object::new(),
        };
        Ok(match &self.position.pipeline {
            Some(path) => Names::At(Box::new(self.position.find(path, &given, moment, streams)?)),
            None => Names::Given(MapContext::from_json(&Json::Object(given)).unwrap_or_default()),
        })
    }

    /// Tells the story of an evaluation on the error stream, so that the answer stays alone on the output.
    pub(crate) fn tell(&self, trace: &Trace, streams: &mut Streams<'_>) -> Result<(), Failure> {
        if self.trace {
            let story = trace.to_string();
            writeln!(streams.errors, "{}", printable_lines(story.trim_end()))?;
        }
        Ok(())
    }
}

/// An answer and what is told with it.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    answer: &'a Json,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<&'a Trace>,
}

/// Where names get their values.
pub(crate) enum Names {
    /// From a file of values alone.
    Given(MapContext),
    /// From a pipeline, at a position.
    At(Box<Position>),
}

impl Names {
    /// The names as the engine asks for them.
    pub(crate) fn context(&self) -> &dyn Context {
        match self {
            Self::Given(names) => names,
            Self::At(position) => &position.names,
        }
    }

    /// Prints an answer as one line, with what was found about names and the trace, if there is one.
    pub(crate) fn print_json(
        &self,
        answer: &Json,
        trace: Option<&Trace>,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let answer = Told {
            answer,
            notes: match self {
                Self::Given(_) => None,
                Self::At(position) => Some(position.notes()),
            },
            trace,
        };
        writeln!(streams.output, "{}", json_line(&answer)?)?;
        Ok(())
    }

    /// Whether names of a pipeline were found to be null.
    pub(crate) fn has_nulls(&self) -> bool {
        match self {
            Self::Given(_) => false,
            Self::At(position) => position.has_nulls(),
        }
    }

    /// Says on the error stream why the answer is null and how to supply what it hangs on; for a trace, of every name.
    pub(crate) fn tell(
        &self,
        shown: Shown<'_>,
        every: bool,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        match self {
            Self::Given(_) => Ok(()),
            Self::At(position) => position.tell(shown, every, streams),
        }
    }
}
