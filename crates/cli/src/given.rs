//! The values that the command line gives: `--context` and `--set`.

use std::path::Path;

use clap::Args;
use pipewright_context::Given;
use pipewright_jexl::Json;
use pipewright_jexl::json::Object;

use crate::Streams;
use crate::exit::Failure;
use crate::values::{is_file, parse_object, read_object};

/// The arguments that give values.
#[derive(Args, Debug)]
pub(crate) struct GivenArguments {
    /// JSON or YAML with the values of names: a file, - for standard input, or the object itself; may be repeated, the
    /// later value of a name holds
    #[arg(long, value_name = "FILE|OBJECT")]
    context: Vec<String>,

    /// The value of a name, which wins over --context: JSON where it can be read so, otherwise a text; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = assignment)]
    assignments: Vec<(String, Json)>,
}

/// How a name of several parts is given to whoever looks it up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NameForm {
    /// As it is written, so that nothing is said of the names beside it.
    Path,
    /// As objects within each other, for an engine that has nothing else.
    Nested,
}

impl GivenArguments {
    /// Whether standard input is one of the files.
    pub(crate) fn reads_input(&self) -> bool {
        self.context.iter().any(|context| context == "-")
    }

    /// Whether nothing is given.
    pub(crate) fn is_empty(&self) -> bool {
        self.context.is_empty() && self.assignments.is_empty()
    }

    /// The values by name.
    ///
    /// # Errors
    /// When a file cannot be read, or what should be an object of values is none.
    pub(crate) fn read(
        &self,
        form: NameForm,
        streams: &mut Streams<'_>,
    ) -> Result<Object, Failure> {
        Ok(self.with_names(self.objects(streams)?, form))
    }

    /// The objects of `--context` as one.
    ///
    /// # Errors
    /// When a file cannot be read, or what should be an object of values is none.
    pub(crate) fn objects(&self, streams: &mut Streams<'_>) -> Result<Object, Failure> {
        let mut given = Object::new();
        for context in &self.context {
            let object = if context.trim_start().starts_with('{') {
                parse_object(context, "--context")?
            } else {
                let object = read_object(Path::new(context), streams);
                object.map_err(|failure| instead_of_file(failure, context, streams))?
            };
            merge(&mut given, object);
        }
        Ok(given)
    }

    /// The values of `--set` beside others.
    pub(crate) fn with_names(&self, mut given: Object, form: NameForm) -> Object {
        for (name, value) in &self.assignments {
            match form {
                NameForm::Path => {
                    // Behind all others, because the later of two holds.
                    given.shift_remove(name.as_str());
                    given.insert(name.as_str().into(), value.clone());
                }
                NameForm::Nested => merge(&mut given, nested(name, value.clone())),
            }
        }
        given
    }
}

/// Why no file gives values whose name looks like values: what was meant is written in another way.
fn instead_of_file(failure: Failure, context: &str, streams: &Streams<'_>) -> Failure {
    let Failure::Message(message) = failure else {
        return failure;
    };
    let instead = match context {
        _ if context == "-" || is_file(context, streams) => None,
        "" => return Failure::Message("--context is empty: it is a file or an object".to_owned()),
        _ if name_and_value(context).is_ok() => Some(format!("`--set {context}` gives one value")),
        _ if context.starts_with(['[', '"']) || context.contains(": ") => Some(
            "an object of values is written in braces, as in `{\"env\": {\"name\": \"prod\"}}`"
                .to_owned(),
        ),
        _ => None,
    };
    Failure::Message(match instead {
        Some(instead) => format!("{message}; {instead}"),
        None => message,
    })
}

/// `NAME=VALUE` of `--set`.
fn assignment(text: &str) -> Result<(String, Json), &'static str> {
    let (name, value) = name_and_value(text)?;
    let value = Json::read(value).unwrap_or_else(|_| value.into());
    Ok((name.to_owned(), value))
}

/// The name and the value of `NAME=VALUE`.
pub(crate) fn name_and_value(text: &str) -> Result<(&str, &str), &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    if name.split('.').any(|part| part.trim().is_empty()) {
        return Err("a part of the name is empty");
    }
    if name.split('.').count() > Given::MAX_PARTS {
        return Err("the name has more than 64 parts");
    }
    if name.contains(['<', '>']) {
        return Err("a name is written without `<+` and `>` here");
    }
    if name.contains(['[', ']', '(', ')', '"', '\'']) {
        return Err(
            "every part of a name stands behind a dot, as in `trigger.header.X-Event=push`; a list is given as a whole",
        );
    }
    let first = name.split('.').next().unwrap_or_default();
    let is_of_word = |c: char| c.is_alphanumeric() || "_$@#".contains(c);
    if !first.chars().all(is_of_word) {
        return Err("no expression reads a name whose first part is not one word");
    }
    Ok((name, value))
}

/// A value at the end of a path, as objects within each other.
fn nested(path: &str, value: Json) -> Object {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Json::Object(nested(rest, value))),
        None => (path, value),
    };
    let mut object = Object::new();
    object.insert(first.into(), rest);
    object
}

/// Adds values to others: objects member by member, anything else takes the place of what was there.
pub(crate) fn merge(into: &mut Object, from: Object) {
    for (name, value) in from {
        match (into.get_mut(&name), value) {
            (Some(Json::Object(old)), Json::Object(new)) => merge(old, new),
            (_, value) => {
                into.shift_remove(&name);
                into.insert(name, value);
            }
        }
    }
}
