//! The line protocol of `pipewright eval --jsonl`: one case a line in, one answer a line out.
//!
//! Another program can keep it open as a co-process. A line that cannot be read is answered too, and the next line is
//! read. The format is documented with the command line's formats.

mod as_json;
mod ask;
mod context;
mod defaults;
mod engine;
mod id;
mod jexl;
mod kept;
mod known_texts;
mod lazy_context;
mod names;
mod request;
mod surrogates;
mod texts;

use std::collections::HashMap;

use pipewright_engine::Engine;
use pipewright_jexl::json::Object;
use pipewright_jexl::{ErrorKind, Json};
use serde::Serialize;

use crate::answer::{Answer, Fault};
use crate::catch_panic::catch_panic;
use crate::printable::json_line;
pub(crate) use context::SharedContext;
pub(crate) use defaults::Defaults;
use id::id_of;
use kept::found_or_made;
use known_texts::KnownTexts;
use names::{Positions, Source};
use request::{Operation, Request, Settings, Unreadable};

/// Answers lines.
#[derive(Debug, Default)]
pub struct Protocol {
    defaults: Defaults,
    /// What `{"$ref": name}` names.
    contexts: HashMap<String, SharedContext>,
    /// Engines by their settings; a compiled program is found again by the next line with the same.
    engines: HashMap<Settings, Engine>,
    positions: Positions,
    texts: KnownTexts,
    /// How many lines were answered.
    line: usize,
}

impl Protocol {
    /// A protocol whose lines may refer to the members of `contexts`.
    pub fn new(contexts: Object) -> Self {
        let contexts = contexts.into_iter();
        Self {
            contexts: contexts
                .map(|(name, values)| (name, SharedContext::new(values)))
                .collect(),
            ..Self::default()
        }
    }

    /// The same with other defaults.
    pub(crate) fn with_defaults(mut self, defaults: Defaults) -> Self {
        self.defaults = defaults;
        self
    }

    /// The answer to one line, without a line break. An empty line is answered, too: as many lines come out as go in.
    pub fn answer(&mut self, line: &str) -> String {
        self.line += 1;
        // Programs on Windows may begin a stream with a byte order mark.
        let line = match line.strip_prefix('\u{FEFF}') {
            Some(rest) if self.line == 1 => rest,
            _ => line,
        };
        let (id, outcome) = match Request::read(line) {
            Ok(request) => (request.id.clone(), self.perform_safely(&request)),
            Err(Unreadable { id, kind, message }) => {
                let message = format!("line {}: {message}", self.line);
                (id, Err(Fault::new(kind, message)))
            }
        };
        told(&id, &outcome.unwrap_or_else(refused))
    }

    /// The answer to a line that is longer than `most` bytes, of which this is the start.
    pub(crate) fn refuse_long_line(&mut self, start: &str, most: usize) -> String {
        let message = format!("the line is longer than {} MiB", most >> 20);
        self.refuse(start, ErrorKind::Limit, &message)
    }

    /// The answer to a line with a byte that is no text behind `offset`; `readable` has U+FFFD there.
    pub(crate) fn refuse_no_text(&mut self, readable: &str, offset: usize) -> String {
        let message = format!("the line is no UTF-8, column {}", offset + 1);
        self.refuse(readable, ErrorKind::BadRequest, &message)
    }

    fn refuse(&mut self, readable: &str, kind: ErrorKind, message: &str) -> String {
        self.line += 1;
        let message = format!("line {}: {message}", self.line);
        told(&id_of(readable), &refused(Fault::new(kind, message)))
    }

    /// The answer to a request, without its `id`. A mistake of ours costs this answer, and not the stream.
    fn perform_safely(&mut self, request: &Request) -> Result<Json, Fault> {
        catch_panic(|| self.perform(request)).unwrap_or_else(|error| {
            // What was left half done is not used again.
            self.engines.clear();
            self.positions.clear();
            self.texts = KnownTexts::default();
            Err(Fault::internal(&error))
        })
    }

    fn perform(&mut self, request: &Request) -> Result<Json, Fault> {
        let text = request.text();
        match request.op {
            Operation::Find => Ok(texts::find(text)),
            Operation::Findvars => Ok(texts::findvars(text)),
            Operation::Single => Ok(texts::single(text)),
            Operation::Names => Ok(texts::names(text)),
            Operation::Check => texts::check(text),
            Operation::Jexl => {
                let context = context(&self.defaults, &self.contexts, &request.context)?;
                Ok(Answer::from(jexl::perform(request, context.json())).members())
            }
            Operation::Evaluate | Operation::Condition | Operation::Render | Operation::Resolve => {
                self.ask(request)
            }
        }
    }
}

/// The engine with the settings of a request, set up if it is not among those that are kept.
fn of_engine<'e>(
    engines: &'e mut HashMap<Settings, Engine>,
    request: &Request,
    defaults: &Defaults,
    source: Source,
) -> Result<&'e Engine, Fault> {
    let set_up = |_: &Settings| {
        let mode = engine::mode(request.settings.mode.as_deref(), defaults.mode)?;
        engine::set_up(request, mode, defaults.profile, source)
    };
    found_or_made(engines, &request.settings, set_up)
}

/// The context of a request, or what its `$ref` names.
fn context<'a>(
    defaults: &'a Defaults,
    contexts: &'a HashMap<String, SharedContext>,
    given: &'a SharedContext,
) -> Result<&'a SharedContext, Fault> {
    if given.json().is_null() {
        return Ok(&defaults.context);
    }
    let Some(name) = given.reference() else {
        return Ok(given);
    };
    let found = name.as_str().and_then(|name| contexts.get(name));
    found.ok_or_else(|| {
        Fault::bad_request(format!(
            "there is no context {name}; give them with --contexts"
        ))
    })
}

/// The members of the answer that there is none.
fn refused(fault: Fault) -> Json {
    Answer::Fault(fault).members()
}

/// An answer as one line.
fn told(id: &Json, members: &Json) -> String {
    let told = Told {
        id,
        answer: members,
    };
    json_line(&told).unwrap_or_else(|error| {
        let message = format!("the answer cannot be written: {error}");
        format!(
            r#"{{"id":null,"ok":false,"error":"evaluation","message":{}}}"#,
            Json::from(message)
        )
    })
}

#[derive(Serialize)]
struct Told<'a> {
    id: &'a Json,
    #[serde(flatten)]
    answer: &'a Json,
}
