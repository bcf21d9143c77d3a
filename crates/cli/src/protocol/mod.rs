//! The line protocol of `pipewright eval --jsonl`: one case a line in, one answer a line out.
//!
//! Another program can keep it open as a co-process. A line that cannot be read is answered too, and the next line is
//! read. The format is documented with the command line's formats.

mod engine;
mod id;
mod jexl;
mod lazy_context;
mod request;
mod surrogates;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use pipewright_engine::{Engine, Mode, Profile};
use pipewright_jexl::json::Object;
use pipewright_jexl::{ErrorKind, Json};
use serde::Serialize;

use crate::answer::{Answer, Fault};
use crate::catch_panic::catch_panic;
use crate::printable::json_line;
use id::id_of;
use request::{Operation, Request, Unreadable};

/// How many engines with different settings are kept.
const KEPT_ENGINES: usize = 64;

/// What holds for lines that do not say otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Defaults {
    /// The values of names, or null.
    pub(crate) context: Json,
    pub(crate) mode: Mode,
    /// Instead of `flags`; without one there are none.
    pub(crate) profile: Option<Profile>,
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            context: Json::Null,
            mode: Mode::Null,
            profile: None,
        }
    }
}

/// Answers lines.
#[derive(Debug, Default)]
pub struct Protocol {
    defaults: Defaults,
    /// What `{"$ref": name}` names.
    contexts: Object,
    /// Engines by their settings; a compiled program is found again by the next line with the same.
    engines: HashMap<String, Engine>,
    /// How many lines were answered.
    line: usize,
}

impl Protocol {
    /// A protocol whose lines may refer to the members of `contexts`.
    pub fn new(contexts: Object) -> Self {
        Self {
            contexts,
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
        told(&id, outcome)
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
        told(&id_of(readable), Err(Fault::new(kind, message)))
    }

    /// Does what a request asks for. A mistake of ours costs this answer, and not the stream.
    fn perform_safely(&mut self, request: &Request) -> Result<pipewright_jexl::Value, Fault> {
        catch_panic(|| self.perform(request)).unwrap_or_else(|error| {
            // What was left half done is not used again.
            self.engines.clear();
            Err(Fault::internal(&error))
        })
    }

    fn perform(&mut self, request: &Request) -> Result<pipewright_jexl::Value, Fault> {
        let context = context(&self.defaults, &self.contexts, &request.context)?;
        match request.op {
            Operation::Jexl => jexl::perform(request, context),
            Operation::Evaluate
            | Operation::Condition
            | Operation::Render
            | Operation::Resolve
            | Operation::Find
            | Operation::Findvars
            | Operation::Single => {
                let mode = engine::mode(request.mode.as_deref(), self.defaults.mode)?;
                let engine = engine(&mut self.engines, request, mode, self.defaults.profile)?;
                engine::perform(engine, request, context)
            }
        }
    }
}

/// The engine with the settings of a request, set up if it is not among those that are kept.
fn engine<'e>(
    engines: &'e mut HashMap<String, Engine>,
    request: &Request,
    mode: Mode,
    profile: Option<Profile>,
) -> Result<&'e Engine, Fault> {
    let key = request.settings();
    if engines.len() >= KEPT_ENGINES && !engines.contains_key(&key) {
        engines.clear();
    }
    match engines.entry(key) {
        Entry::Occupied(found) => Ok(found.into_mut()),
        Entry::Vacant(place) => Ok(place.insert(engine::set_up(request, mode, profile)?)),
    }
}

/// The context of a request, or what its `$ref` names.
fn context<'a>(
    defaults: &'a Defaults,
    contexts: &'a Object,
    given: &'a Json,
) -> Result<&'a Json, Fault> {
    if given.is_null() {
        return Ok(&defaults.context);
    }
    let Some(name) = given.get("$ref") else {
        return Ok(given);
    };
    let found = name.as_str().and_then(|name| contexts.get(name));
    found.ok_or_else(|| {
        Fault::bad_request(format!(
            "there is no context {name}; give them with --contexts"
        ))
    })
}

/// An answer as one line.
fn told(id: &Json, outcome: Result<pipewright_jexl::Value, Fault>) -> String {
    let members = Answer::from(outcome).members();
    let told = Told {
        id,
        answer: &members,
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
