//! XPath 1.0 on a text of XML, for the `xml` functor (`spec/engine.md` §5.1).
//!
//! An evaluator of our own: every library for XPath in Rust runs to its end whatever it costs, and those that are still
//! kept speak later versions, whose answers differ. The XML itself is read by `roxmltree`.

mod axes;
mod compare;
mod document;
mod evaluate;
mod found;
mod functions;
mod parse;
mod path;
mod prolog;
mod read;
mod short;
mod steps;
mod tags;
mod texts;
mod tokens;

use pipewright_jexl::{ErrorKind, Failure, OpResult, charge_reading, question};

pub(crate) use document::Document;

use crate::xml::evaluate::Scope;

/// How much stack a path needs at most, in bytes: its parts are walked by recursion, and its length has a limit.
const ROOM: usize = 2 * 1024 * 1024;

/// The text of what `path` selects in `document`: of the first node, or of a number, text or truth value. Nothing is
/// "".
///
/// # Errors
/// Kind `method-failed` for a path that cannot be read; kind `limit` for one that is too long or too deep, or looks at
/// more than the question may.
pub(crate) fn select(path: &str, document: &Document) -> OpResult<String> {
    stacker::maybe_grow(ROOM, ROOM, || {
        question(|| {
            let path = parse::parse(path)?;
            let scope = Scope::of(document);
            let found = scope.value(&path).map_err(advised)?;
            let text = found.into_text(document);
            charge_reading(text.len())?;
            Ok(text)
        })
    })
}

/// The error of a path that looks at too much, with what helps.
fn advised(failure: Failure) -> Failure {
    match failure {
        Failure::Error {
            kind: ErrorKind::Limit,
            ..
        } => Failure::limit(
            "the XPath looks at more of the XML than one answer may: name the elements on the way instead of `//`, \
             and look for others from few elements only",
        ),
        other => other,
    }
}

#[cfg(test)]
mod tests;
