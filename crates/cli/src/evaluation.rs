//! What `eval` and `render` share: where names come from, how the engine is set up, and what is said of an answer.

use std::sync::Arc;

use clap::Args;
use pipewright_context::{AskedText, Given, Moment, Note, ValuesContext};
use pipewright_engine::{Context, Engine, Flags, MapContext, Mode, PLATFORM_ROOTS, Profile, Trace};
use pipewright_jexl::Json;
use serde::Serialize;

use crate::exit::Failure;
use crate::falsehood::Falsehood;
use crate::given::{GivenArguments, NameForm};
use crate::missing::Missing;
use crate::notes::TextNotes;
use crate::position::{Position, PositionArguments};
use crate::printable::{json_line, printable};
use crate::protocol::{Defaults, SharedContext};
use crate::shown::Shown;
use crate::story::{self, Detail};
use crate::{Streams, notes};

/// The arguments of a command that evaluates.
#[derive(Args, Debug)]
pub(crate) struct Evaluation {
    #[command(flatten)]
    pub(crate) given: GivenArguments,

    #[command(flatten)]
    position: PositionArguments,

    /// What a name is without a pipeline that only a run has and that is not given: unknown, null [default: unknown;
    /// null for lines]
    #[arg(
        long,
        value_enum,
        hide_possible_values = true,
        value_name = "WHAT",
        conflicts_with = "pipeline"
    )]
    missing: Option<Missing>,

    /// What becomes of an expression without value: null, original, throw
    #[arg(long, default_value = "null", value_name = "MODE")]
    mode: Mode,

    /// The engine to be like: classic, concat, v2 [default: concat]
    #[arg(long, value_name = "PROFILE")]
    profile: Option<Profile>,

    /// Tell how the answer came about: names, each name with its value and what made the answer false, or full, every
    /// step
    #[arg(
        long,
        value_enum,
        value_name = "DETAIL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "names",
        hide_possible_values = true
    )]
    pub(crate) trace: Option<Detail>,

    /// No notes on names that have no value
    #[arg(long, short)]
    quiet: bool,
}

impl Evaluation {
    /// Whether the names come from standard input.
    pub(crate) fn reads_input(&self) -> bool {
        self.given.reads_input() || self.position.reads_input()
    }

    /// What comes from standard input, where something does.
    pub(crate) fn what_is_read(&self) -> &'static str {
        if self.given.reads_input() {
            "context"
        } else {
            "pipeline"
        }
    }

    /// What holds for the lines of a stream that do not say otherwise.
    ///
    /// # Errors
    /// When a file cannot be read, or what should be an object of values is none.
    pub(crate) fn defaults(&self, streams: &mut Streams<'_>) -> Result<Defaults, Failure> {
        let missing = self.missing.unwrap_or(Missing::Null);
        let scene = match &self.position.pipeline {
            Some(path) => Some(self.position.read(path, streams)?),
            None => None,
        };
        let form = match scene {
            None if missing == Missing::Null => NameForm::Nested,
            _ => NameForm::Path,
        };
        let context = if self.given.is_empty() {
            Json::Null
        } else {
            Json::Object(self.given.read(form, streams)?)
        };
        Ok(Defaults {
            context: SharedContext::new(context),
            mode: self.mode,
            profile: self.profile,
            missing,
            scene,
            reader: self.position.reader(),
            trace: self.trace,
        })
    }

    /// The engine these arguments ask for. In a pipeline it reads the languages of its file.
    pub(crate) fn engine(&self, names: &Names) -> Engine {
        let engine = match names {
            Names::At(position) => position.engine(),
            Names::Given { .. } | Names::Values(_) => Engine::new(),
        };
        engine
            .profile(self.profile.unwrap_or(Profile::Concat))
            .mode(self.mode)
    }

    /// The flags these arguments ask for.
    pub(crate) fn flags(&self) -> Flags {
        self.profile.unwrap_or_default().flags()
    }

    /// The names these arguments give; in a pipeline as they are read at some moment. Plain JEXL knows the given ones
    /// only.
    pub(crate) fn names(
        &self,
        moment: Moment,
        is_plain: bool,
        streams: &mut Streams<'_>,
    ) -> Result<Names, Failure> {
        let is_bare = is_plain || self.missing == Some(Missing::Null);
        let objects = self.given.objects(streams)?;
        let nested = is_bare.then(|| self.given.with_names(objects.clone(), NameForm::Nested));
        let given = self.given.with_names(objects, NameForm::Path);
        if let Some(path) = &self.position.pipeline {
            let given = Given::of(Arc::new(Json::Object(given)));
            let scene = self.position.read(path, streams)?;
            let position = scene.position(&self.position.reader(), &given, moment)?;
            return Ok(Names::At(Box::new(position)));
        }
        let values = || {
            let given = Given::of(Arc::new(Json::Object(given)));
            ValuesContext::new(Arc::new(given))
        };
        let Some(mut nested) = nested else {
            return Ok(Names::Values(values()));
        };
        if !is_plain {
            for root in PLATFORM_ROOTS {
                nested.entry(root.name.into()).or_insert(Json::Null);
            }
        }
        Ok(Names::Given {
            names: MapContext::from_json(&Json::Object(nested)).unwrap_or_default(),
            of_run: (!is_plain).then(values),
        })
    }

    /// What there is to say of a text and its expressions: looked for where it is wanted, for a program or an error,
    /// and for a person who did not ask for silence.
    pub(crate) fn text_notes(
        &self,
        is_wanted: bool,
        make: impl FnOnce() -> TextNotes,
    ) -> TextNotes {
        if self.quiet && !is_wanted {
            return TextNotes::default();
        }
        make()
    }

    /// Says on the error stream, unless that is not wanted, what is to be said of names that were read for a text and
    /// of its expressions.
    pub(crate) fn tell_names(
        &self,
        names: &Names,
        (text, shown): (AskedText<'_>, Shown<'_>),
        of_text: &TextNotes,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        if self.quiet {
            return Ok(());
        }
        names.tell(text, shown, streams)?;
        of_text.tell(streams)
    }

    /// Tells how the answer to `text` came about, if that is asked for.
    pub(crate) fn tell(
        &self,
        trace: &Trace,
        text: &str,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        match self.trace {
            Some(detail) => story::tell(trace, detail, text, streams),
            None => Ok(()),
        }
    }

    /// The trace for a program, if it is asked for.
    pub(crate) fn for_program(&self, trace: Option<Trace>) -> Option<Trace> {
        let detail = self.trace?;
        trace.map(|trace| story::for_program(trace, detail))
    }

    /// Tells which operators made a condition false, if it is asked for how the answer came about.
    pub(crate) fn tell_falsehood(
        &self,
        text: &str,
        names: &Names,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        if self.trace.is_some() {
            for reason in Falsehood::reasons(&self.engine(names), names.context(), text) {
                writeln!(streams.errors, "{}", printable(&reason))?;
            }
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
    /// From given values alone: what is not given is null. Beside them what a run would have of them, which tells why,
    /// but in plain JEXL.
    Given {
        names: MapContext,
        of_run: Option<ValuesContext>,
    },
    /// From given values: what is not given and only a run has is unknown.
    Values(ValuesContext),
    /// From a pipeline, at a position.
    At(Box<Position>),
}

impl Names {
    /// The names as the engine asks for them.
    pub(crate) fn context(&self) -> &dyn Context {
        match self {
            Self::Given { names, .. } => names,
            Self::Values(names) => names,
            Self::At(position) => &position.names,
        }
    }

    /// What was found about names, when `text` was evaluated last.
    fn notes(&self, text: AskedText<'_>, shown: Shown<'_>) -> Vec<Note> {
        match self {
            Self::Given { of_run, .. } => {
                let Some(names) = of_run else {
                    return Vec::new();
                };
                // For what it finds out about names; the answer is another one.
                let _ = Engine::new().evaluate(text.as_str(), names);
                let notes = names.notes_on(text).into_iter();
                notes.map(Note::without_run).collect()
            }
            Self::Values(names) => names.notes_on(text),
            Self::At(position) => position.notes(text, shown),
        }
    }

    /// Prints the answer to a text as one line, with what was found about names and expressions, and the trace, if
    /// there is one.
    pub(crate) fn print_json(
        &self,
        (text, shown): (AskedText<'_>, Shown<'_>),
        answer: &Json,
        of_text: &TextNotes,
        trace: Option<&Trace>,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let answer = Told {
            answer,
            notes: match self {
                Self::Given { of_run: None, .. } if of_text.is_empty() => None,
                _ => Some(notes::as_json(&self.notes(text, shown), of_text)),
            },
            trace,
        };
        writeln!(streams.output, "{}", json_line(&answer)?)?;
        Ok(())
    }

    /// Says on the error stream why names are null that the text reads, and how to supply what only a run knows.
    fn tell(
        &self,
        text: AskedText<'_>,
        shown: Shown<'_>,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        match self {
            Self::At(position) => position.tell(text, shown, streams),
            Self::Given { .. } | Self::Values(_) => {
                notes::tell(&self.notes(text, shown), shown, streams)
            }
        }
    }
}
