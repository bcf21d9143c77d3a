//! One line of the protocol, read.

use clap::ValueEnum as _;
use pipewright_jexl::json::{JsonErrorKind, Object};
use pipewright_jexl::{ErrorKind, Json};
use pipewright_source::closest;

use super::context::SharedContext;
use super::id::id_of;
use super::surrogates;
use crate::story::Detail;

/// What a line asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operation {
    /// The value of a plain JEXL expression or script.
    Jexl,
    /// The value of a Harness expression.
    Evaluate,
    /// Whether a `when` with this condition lets its node run, whatever ran before.
    Condition,
    /// A text with its islands replaced.
    Render,
    /// An object with its texts rendered.
    Resolve,
    /// The outermost islands of a text.
    Find,
    /// The innermost islands of a text.
    Findvars,
    /// Whether a text is one island and nothing else.
    Single,
    /// The paths that the expressions of a text name.
    Names,
    /// What the rules find in the text of a file.
    Check,
}

impl Operation {
    /// Every operation by its name.
    const NAMES: [(&'static str, Self); 10] = [
        ("jexl", Self::Jexl),
        ("evaluate", Self::Evaluate),
        ("condition", Self::Condition),
        ("render", Self::Render),
        ("resolve", Self::Resolve),
        ("find", Self::Find),
        ("findvars", Self::Findvars),
        ("single", Self::Single),
        ("names", Self::Names),
        ("check", Self::Check),
    ];

    fn named(name: &str) -> Result<Self, String> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, operation)| *operation).ok_or_else(|| {
            let names: Vec<String> = Self::NAMES
                .iter()
                .map(|(known, _)| format!("`{known}`"))
                .collect();
            format!("`{name}` is no `op`; there are {}", names.join(", "))
        })
    }
}

/// The members of a case.
const MEMBERS: [&str; 15] = [
    "id",
    "op",
    "expr",
    "object",
    "context",
    "mode",
    "flags",
    "prefixes",
    "aliases",
    "functors",
    "profile",
    "missing",
    "iteration",
    "matrix",
    "trace",
];

/// What is said once for all lines, and where.
const OF_THE_COMMAND: [(&str, &str); 6] = [
    ("pipeline", "`--pipeline` gives it for all lines"),
    ("with", "`--with` gives it for all lines"),
    ("input-set", "`--input-set` gives it for all lines"),
    ("input_set", "`--input-set` gives it for all lines"),
    ("contexts", "`--contexts` gives it for all lines"),
    ("set", "`context` gives the values of a line"),
];

/// One line.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// Comes back in the answer.
    pub(super) id: Json,
    pub(super) op: Operation,
    /// The expression or text; `None` for `resolve`, and for the `condition` that a node has itself.
    pub(super) expr: Option<String>,
    /// The object of `resolve`.
    pub(super) object: Json,
    /// Values by name, or `{"$ref": name}`.
    pub(super) context: SharedContext,
    pub(super) settings: Settings,
    /// Which node of the pipeline reads.
    pub(super) at: Option<String>,
    /// The turn of the innermost loop around it.
    pub(super) iteration: Option<u32>,
    /// The values of axes by name.
    pub(super) matrix: Vec<(String, String)>,
    /// How much is told of how the answer came about: `names`, `full`, or nothing.
    pub(super) trace: Option<Tracing>,
}

/// Everything an engine is set up from.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Settings {
    /// Whether a condition is asked for, which has its own profile.
    is_condition: bool,
    /// `null`, `original` or `throw`; for `jexl`: `expression` or `script`.
    pub(super) mode: Option<String>,
    /// Flags of Harness, separated by commas.
    pub(super) flags: Option<String>,
    pub(super) prefixes: Option<Vec<String>>,
    /// Names and what they stand for.
    pub(super) aliases: Vec<(String, String)>,
    /// `cg` for the older `json` functor.
    pub(super) functors: Option<String>,
    /// Flags by the name of a profile.
    pub(super) profile: Option<String>,
    /// What a name is that only a run has: `unknown` or `null`.
    pub(super) missing: Option<String>,
}

/// What a line says of its trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tracing {
    /// There is none.
    Off,
    /// It is told so far.
    On(Detail),
}

/// Why a line is no request, with its `id` as far as that can be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) id: Json,
    pub(super) kind: ErrorKind,
    pub(super) message: String,
}

impl Request {
    /// Reads a line. Members without meaning here are passed over, so that recorded cases can be asked as they are.
    pub(super) fn read(line: &str) -> Result<Self, Unreadable> {
        let mut members = Members(object(line)?);
        let id = members.take("id");
        let kind = ErrorKind::BadRequest;
        Self::of(&id, members).map_err(|message| Unreadable { id, kind, message })
    }

    fn of(id: &Json, mut members: Members) -> Result<Self, String> {
        let op = members.text("op")?.ok_or("`op` is missing")?;
        let op = Operation::named(&op)?;
        let expr = members.text("expr")?;
        let object = members.take("object");
        match op {
            Operation::Resolve if object.is_null() => return Err("`object` is missing".to_owned()),
            Operation::Resolve | Operation::Condition => {}
            _ if expr.is_none() && members.0.contains_key("text") => {
                return Err("`expr` is missing; it holds the text".to_owned());
            }
            _ if expr.is_none() => return Err("`expr` is missing".to_owned()),
            _ => {}
        }
        let request = Self {
            id: id.clone(),
            op,
            expr,
            object,
            context: SharedContext::new(members.take("context")),
            settings: Settings {
                is_condition: op == Operation::Condition,
                mode: members.text("mode")?,
                flags: members.text("flags")?,
                prefixes: members.texts("prefixes")?,
                aliases: members.pairs("aliases")?,
                functors: members.text("functors")?,
                profile: members.text("profile")?,
                missing: members.text("missing")?,
            },
            at: members.text("at")?,
            iteration: members.count("iteration")?,
            matrix: members.axes("matrix")?,
            trace: members.tracing("trace")?,
        };
        members.rest_means_nothing()?;
        Ok(request)
    }

    /// The expression or text.
    pub(super) fn text(&self) -> &str {
        self.expr.as_deref().unwrap_or_default()
    }
}

/// The object a line holds.
fn object(line: &str) -> Result<Object, Unreadable> {
    let unreadable = |kind, message: String| Unreadable {
        id: id_of(line),
        kind,
        message,
    };
    let bad = |message: String| unreadable(ErrorKind::BadRequest, message);
    if line.trim().is_empty() {
        let message = "the line is empty; a case is one JSON object";
        return Err(bad(message.to_owned()));
    }
    let document = Json::read_document(line).or_else(|error| match surrogates::replaced(line) {
        Some(mended) => Json::read_document(&mended),
        None => Err(error),
    });
    let document = document.map_err(|error| {
        let (reason, column) = (&error.message, error.offset + 1);
        match error.kind {
            JsonErrorKind::Limit => {
                let message = format!("the line is refused, column {column}: {reason}");
                unreadable(ErrorKind::Limit, message)
            }
            JsonErrorKind::Syntax | JsonErrorKind::Repeated => {
                bad(format!("the line is no JSON, column {column}: {reason}"))
            }
        }
    })?;
    let Json::Object(members) = document.value else {
        let found = kind(&document.value);
        return Err(bad(format!("a case is one JSON object, not {found}")));
    };
    if let Some(name) = document.repeated.first() {
        // Where surrogates were replaced, places are a little off.
        let column = name.start() + 1;
        let name = line.get(name.to_usize()).unwrap_or("a name");
        return Err(bad(format!("{name} is given twice, column {column}")));
    }
    Ok(members)
}

/// What a JSON value is, for people.
const fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// The members of a case that are not read yet. A member that is null counts as absent.
struct Members(Object);

impl Members {
    fn take(&mut self, name: &str) -> Json {
        self.0.swap_remove(name).unwrap_or_default()
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            Json::Null => Ok(None),
            Json::String(text) => Ok(Some(text)),
            other => Err(format!("`{name}` is {}, not a text", kind(&other))),
        }
    }

    fn texts(&mut self, name: &str) -> Result<Option<Vec<String>>, String> {
        let items = match self.take(name) {
            Json::Null => return Ok(None),
            Json::Array(items) => items,
            other => return Err(format!("`{name}` is {}, not a list of texts", kind(&other))),
        };
        let texts = items.into_iter().map(|item| match item {
            Json::String(text) => Ok(text),
            other => Err(format!("`{name}` holds {}, not only texts", kind(&other))),
        });
        texts.collect::<Result<_, _>>().map(Some)
    }

    fn count(&mut self, name: &str) -> Result<Option<u32>, String> {
        match self.take(name) {
            Json::Null => Ok(None),
            Json::Number(number) => match number.to_string().parse() {
                Ok(count) => Ok(Some(count)),
                Err(_) => Err(format!("`{name}` is {number}, not a whole number from 0")),
            },
            other => Err(format!("`{name}` is {}, not a number", kind(&other))),
        }
    }

    fn tracing(&mut self, name: &str) -> Result<Option<Tracing>, String> {
        match self.take(name) {
            Json::Null => Ok(None),
            Json::Bool(false) => Ok(Some(Tracing::Off)),
            Json::Bool(true) => Ok(Some(Tracing::On(Detail::Names))),
            Json::String(text) => match Detail::from_str(&text, false) {
                Ok(detail) => Ok(Some(Tracing::On(detail))),
                Err(_) => Err(format!(
                    "`{name}` is `{text}`, which is not one of names, full"
                )),
            },
            other => Err(format!(
                "`{name}` is {}, not a boolean or a text",
                kind(&other)
            )),
        }
    }

    /// The values of axes, which are texts in a run.
    fn axes(&mut self, name: &str) -> Result<Vec<(String, String)>, String> {
        let members = match self.take(name) {
            Json::Null => return Ok(Vec::new()),
            Json::Object(members) => members,
            other => return Err(format!("`{name}` is {}, not an object", kind(&other))),
        };
        let values = members.into_iter().map(|(axis, value)| match value {
            Json::String(text) => (axis, text),
            other => (axis, other.to_string()),
        });
        Ok(values.collect())
    }

    /// Refuses a member that was meant to say something and is not read.
    fn rest_means_nothing(&self) -> Result<(), String> {
        for name in self.0.keys().map(|name| &**name) {
            if let Some(instead) = OF_THE_COMMAND.iter().find(|(known, _)| *known == name) {
                return Err(format!("`{name}` stands in no line; {}", instead.1));
            }
            if let Some(meant) = closest(name, MEMBERS) {
                return Err(format!(
                    "`{name}` is no member of a case; did you mean `{meant}`?"
                ));
            }
        }
        Ok(())
    }

    fn pairs(&mut self, name: &str) -> Result<Vec<(String, String)>, String> {
        let members = match self.take(name) {
            Json::Null => return Ok(Vec::new()),
            Json::Object(members) => members,
            other => return Err(format!("`{name}` is {}, not an object", kind(&other))),
        };
        let pairs = members.into_iter().map(|(key, value)| match value {
            Json::String(text) => Ok((key, text)),
            other => Err(format!("`{name}.{key}` is {}, not a text", kind(&other))),
        });
        pairs.collect()
    }
}
