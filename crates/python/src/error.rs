//! The one exception of the package.

use pipewright::Error;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use crate::code_points::CodePoints;

/// The class, which Python declares.
static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// `pipewright.Error` with a kind, a message, and where it is known a place in the text and what to do about it.
fn raise(
    py: Python<'_>,
    (kind, message): (&str, &str),
    range: Option<(usize, usize)>,
    help: Option<&str>,
) -> PyErr {
    let (start, end) = range.unzip();
    let made = CLASS
        .import(py, "pipewright._error", "Error")
        .and_then(|class| class.call1((message, kind, start, end, help)));
    match made {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

/// An error about `text`.
pub(crate) fn error_in(py: Python<'_>, text: &str, error: &Error) -> PyErr {
    let range = error
        .range()
        .map(|range| CodePoints::new(text).range(&range));
    raise(py, (error.kind(), &error.to_string()), range, error.help())
}

/// An error about no text.
pub(crate) fn error(py: Python<'_>, error: &Error) -> PyErr {
    raise(py, (error.kind(), &error.to_string()), None, error.help())
}

/// An error about something else that was given.
pub(crate) fn input(py: Python<'_>, message: &str) -> PyErr {
    raise(py, ("input", message), None, None)
}

/// An error about a path.
pub(crate) fn not_found(py: Python<'_>, message: &str) -> PyErr {
    raise(py, ("not-found", message), None, None)
}
