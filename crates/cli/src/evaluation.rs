//! What `eval` and `render` share: where names come from, how the engine is set up, and how errors are shown.

use std::path::{Path, PathBuf};

use clap::Args;
use pipewright_context::{self as context, Moment};
use pipewright_engine::{Context, Engine, MapContext, Mode, Profile, Trace};
use pipewright_source::{FileId, TextRange};
use pipewright_workspace::Workspace;
use pipewright_yaml::{NodeId, NodeKind, Resolved, Tree};
use serde_json::{Map, Value as Json};

use crate::Streams;
use crate::exit::Failure;
use crate::position::{Position, PositionArguments};
use crate::report::{printable, printable_lines};

/// How deep a context may be nested.
const MAX_CONTEXT_DEPTH: usize = 128;

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
            None => Map::new(),
        };
        Ok(match &self.position.pipeline {
            Some(path) => Names::At(Box::new(self.position.find(path, &given, moment, streams)?)),
            None => Names::Given(MapContext::from_json(&Json::Object(given)).unwrap_or_default()),
        })
    }

    /// Tells the story of an evaluation on the error stream, so that the answer stays alone on the output.
    pub(crate) fn tell(&self, trace: &Trace, streams: &mut Streams<'_>) -> Result<(), Failure> {
        if self.trace {
            writeln!(streams.errors, "{}", printable_lines(&trace.to_string()))?;
        }
        Ok(())
    }
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

    /// What was found about names of a pipeline, as JSON; `None` where no pipeline is asked.
    pub(crate) fn notes(&self) -> Option<Json> {
        match self {
            Self::Given(_) => None,
            Self::At(position) => Some(position.notes()),
        }
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

/// What a person sees of an answer, which decides what else there is to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shown<'a> {
    /// A value.
    Value,
    /// Null, which the names may explain.
    Null,
    /// That only a run can tell, with this reason.
    Unknown(&'a str),
    /// A text in which a part is null, or stands as it is written because only a run can tell; the reasons for the latter are told.
    Partly,
}

/// The text of a file, or of standard input for `-`.
pub(crate) fn read_text(path: &Path, streams: &mut Streams<'_>) -> Result<String, Failure> {
    let directory = streams.surroundings.directory.clone();
    Workspace::new(directory, &mut streams.input, "<stdin>")
        .read_text(path)
        .map_err(|error| {
            let path = path.to_string_lossy();
            Failure::Message(format!("cannot read `{}`: {error}", printable(&path)))
        })
}

/// The JSON or YAML object in a file.
pub(crate) fn read_object(
    path: &Path,
    streams: &mut Streams<'_>,
) -> Result<Map<String, Json>, Failure> {
    let text = read_text(path, streams)?;
    let wrong = |Wrong { why, range }: Wrong| {
        let path = path.to_string_lossy();
        explain(&format!("`{path}` {why}"), range, &text)
    };
    let json = match serde_json::from_str(&text) {
        Ok(json) => json,
        Err(error) if text.trim_start().starts_with('{') => {
            // Some YAML begins so, too.
            yaml_value(&text).map_err(|_| wrong(no_json(&error, &text)))?
        }
        Err(_) => yaml_value(&text).map_err(wrong)?,
    };
    match json {
        Json::Object(object) => Ok(object),
        _ => Err(wrong("holds no object of names and values".into())),
    }
}

/// Why a text is no object of values, and where.
struct Wrong {
    why: String,
    range: Option<TextRange>,
}

impl From<&str> for Wrong {
    fn from(why: &str) -> Self {
        Self {
            why: why.to_owned(),
            range: None,
        }
    }
}

/// Why a text is no JSON, and the byte where that shows.
fn no_json(error: &serde_json::Error, text: &str) -> Wrong {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let lines = text.split_inclusive('\n');
    let before: usize = lines
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let at = before + error.column().saturating_sub(1);
    // Columns of JSON are bytes; a place inside a character is that of the character.
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    Wrong {
        why: format!("is no JSON: {reason}"),
        range: u32::try_from(at).ok().map(TextRange::empty),
    }
}

/// The value a YAML text is.
fn yaml_value(text: &str) -> Result<Json, Wrong> {
    let tree = pipewright_yaml::parse(FileId(0), text);
    if let Some(problem) = tree.problems().first() {
        return Err(Wrong {
            why: format!("is neither JSON nor YAML: {}", problem.message),
            range: Some(problem.range),
        });
    }
    match tree.roots() {
        [] => Ok(Json::Object(Map::new())),
        [root] => yaml_node(&tree, *root, 0),
        _ => Err("holds more than one document".into()),
    }
}

fn yaml_node(tree: &Tree, id: NodeId, depth: usize) -> Result<Json, Wrong> {
    let wrong = |id: NodeId, why: &str| Wrong {
        why: why.to_owned(),
        range: Some(tree.get(id).range),
    };
    if depth > MAX_CONTEXT_DEPTH {
        let why = format!("is nested deeper than {MAX_CONTEXT_DEPTH}");
        return Err(wrong(id, &why));
    }
    Ok(match &tree.get(id).kind {
        NodeKind::Sequence(items) => {
            let items: Result<_, _> = items
                .iter()
                .map(|item| yaml_node(tree, *item, depth + 1))
                .collect();
            Json::Array(items?)
        }
        NodeKind::Mapping(entries) => {
            let mut object = Map::new();
            for entry in entries {
                let key = tree
                    .text(entry.key)
                    .ok_or_else(|| wrong(entry.key, "has a key that is no text"))?;
                object.insert(key.to_owned(), yaml_node(tree, entry.value, depth + 1)?);
            }
            Json::Object(object)
        }
        NodeKind::Scalar(scalar) => match tree.resolve(id).unwrap_or(Resolved::Text) {
            Resolved::Null => Json::Null,
            Resolved::Bool(value) => Json::Bool(value),
            Resolved::Int(number) => Json::from(number),
            Resolved::Float(number) => long_number(&scalar.value, number),
            Resolved::Text => Json::from(&*scalar.value),
        },
        NodeKind::Alias(_) | NodeKind::BrokenAlias => {
            return Err(wrong(id, "has an alias without anchor"));
        }
    })
}

/// A number as JSON. One that is too long for the types of YAML keeps its digits.
fn long_number(text: &str, number: f64) -> Json {
    match serde_json::from_str(text) {
        Ok(json @ Json::Number(_)) => json,
        _ => Json::from(number),
    }
}

/// The sentence for an error at `range` of `text`, with the line it is on.
pub(crate) fn explain(message: &str, range: Option<TextRange>, text: &str) -> Failure {
    let message = printable(message).into_owned();
    let Some(range) = range else {
        return Failure::Message(message);
    };
    let start = (range.start() as usize).min(text.len());
    // What is missing at the end is missed behind the last word, not on the empty line below it.
    let start = match text[start..].trim() {
        "" => text.trim_end().len().min(start),
        _ => start,
    };
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = (range.end() as usize).clamp(start, line_end);
    let before = text[line_start..start].chars().count();
    let marked = text[start..end].chars().count().max(1);
    let line = printable(&text[line_start..line_end]);
    let number = text[..line_start].matches('\n').count() + 1;
    if line.chars().count() > 400 {
        return Failure::Message(format!("{message}\n  line {number}, column {}", before + 1));
    }
    let margin = if text.trim_end().contains('\n') {
        format!("{number} | ")
    } else {
        String::new()
    };
    Failure::Message(format!(
        "{message}\n  {margin}{line}\n  {:width$}{}",
        "",
        "^".repeat(marked),
        width = margin.len() + before
    ))
}
