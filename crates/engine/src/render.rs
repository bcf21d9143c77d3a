//! Rendering: every island of a text replaced by the text of its value (`spec/engine.md` §2.2).

use indexmap::IndexSet;
use pipewright_jexl::value::Unknown;
use pipewright_jexl::{ErrorKind, Failure, OpResult, Value, charge_growth};

use crate::error::Error;
use crate::json_text::{is_collection, json_text};
use crate::limits::{MAX_DEPTH, MAX_RENDERED_BYTES};
use crate::parts::Parts;
use crate::profile::Mode;
use crate::run::Run;

/// A rendered text.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Rendered {
    /// The text. Islands whose value only a run can tell stand in it as they were written.
    pub text: String,
    /// Those islands, from left to right.
    pub unknown: Vec<UnknownIsland>,
}

/// An island whose value only a run can tell.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct UnknownIsland {
    /// The island with its delimiters.
    pub expression: String,
    /// What is known of its value: why it is unknown, and which names would decide it.
    pub unknown: Unknown,
}

impl Rendered {
    /// A text without islands.
    pub(crate) fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            unknown: Vec::new(),
        }
    }

    /// The text as a value, or an unknown value if a part of it is unknown.
    pub fn into_value(self) -> Value {
        match Unknown::all(self.unknown.iter().map(|island| &island.unknown)) {
            Some(unknown) => Value::Unknown(unknown),
            None => Value::from(self.text),
        }
    }
}

/// Renders `parts`, which has islands.
pub(crate) fn render(run: &Run<'_>, parts: &Parts) -> Result<Rendered, Error> {
    let mut rendered = Rendered {
        text: String::with_capacity(parts.text.len()),
        unknown: Vec::new(),
    };
    let mut unresolved = Vec::new();
    let limit = MAX_RENDERED_BYTES.max(parts.text.len().saturating_mul(10));
    for (index, island) in parts.islands.iter().enumerate() {
        rendered.text.push_str(parts.before(index));
        let value = run
            .island(island, MAX_DEPTH)
            .map_err(|error| error.at(island.range))?;
        if value.is_null() && run.mode == Mode::Throw {
            unresolved.push(island);
        }
        match text_of(run, &value) {
            Ok(text) if run.mode == Mode::Original && text == "null" => {
                rendered.text.push_str(&island.written());
            }
            Ok(text) => rendered.text.push_str(&text),
            Err(Failure::Unknown(unknown)) => {
                let expression = island.written();
                rendered.text.push_str(&expression);
                rendered.unknown.push(UnknownIsland {
                    expression,
                    unknown,
                });
            }
            Err(Failure::Error { kind, message }) => {
                return Err(Error::new(kind, message).at(island.range));
            }
        }
        if rendered.text.len() > limit {
            return Err(Error::new(
                ErrorKind::Limit,
                format!("the rendered text is longer than {limit} bytes"),
            )
            .at(island.range));
        }
    }
    rendered.text.push_str(&parts.tail());
    let Some(first) = unresolved.first() else {
        return Ok(rendered);
    };
    let names: IndexSet<&str> = unresolved
        .iter()
        .map(|island| &*island.inner.text)
        .collect();
    let names: Vec<&str> = names.into_iter().collect();
    Err(unresolved_error(&names).at(first.range))
}

/// The text of a value in a rendered text: JSON for lists and maps, unless the flags want Java's text.
fn text_of(run: &Run<'_>, value: &Value) -> OpResult<String> {
    if !run.flags.java_collections && is_collection(value)? {
        return json_text(value);
    }
    match value {
        Value::Unknown(unknown) => Err(Failure::from(unknown)),
        value => {
            let text = value.text()?;
            charge_growth(text.bytes())?;
            Ok(text.to_str().into_owned())
        }
    }
}

/// The error of [`Mode::Throw`].
fn unresolved_error(names: &[&str]) -> Error {
    Error::new(
        ErrorKind::Unresolved,
        format!("Unresolved expressions: {}", names.join(", ")),
    )
}
