//! From Python objects to values.

use pipewright_jexl::Json;
use pipewright_jexl::json::Object;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};

use crate::error;

/// How deep lists and dictionaries may stand in each other: as for JSON.
const MAX_DEPTH: usize = 128;

/// Values of names, made once for many questions. Wherever values are taken, a dictionary does as well.
///
/// >>> import pipewright as pw
/// >>> values = pw.Values({"env": {"name": "prod"}, "pipeline.variables.region": "eu"})
/// >>> pw.evaluate("<+env.name> + <+pipeline.variables.region>", values)
/// 'prodeu'
#[pyclass(frozen, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Values(pipewright::Values);

#[pymethods]
impl Values {
    #[new]
    #[pyo3(signature = (values = None, /))]
    fn new(values: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        values_of(values).map(Self)
    }
}

/// The values that a caller gives: `None`, a dictionary, or [`Values`].
pub(crate) fn values_of(values: Option<&Bound<'_, PyAny>>) -> PyResult<pipewright::Values> {
    let Some(values) = values else {
        return Ok(pipewright::Values::new());
    };
    if let Ok(made) = values.cast::<Values>() {
        return Ok(made.get().0.clone());
    }
    match json_of(values, 0)? {
        json @ Json::Object(_) => Ok(pipewright::Values::of_json(json)),
        _ => Err(PyTypeError::new_err(format!(
            "values are a dict of names and values, not {}",
            values.get_type().name()?
        ))),
    }
}

fn json_of(value: &Bound<'_, PyAny>, depth: usize) -> PyResult<Json> {
    let py = value.py();
    if depth > MAX_DEPTH {
        let message = format!("the values are more than {MAX_DEPTH} lists and dicts deep");
        return Err(error::input(py, &message));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Json::String(text.to_cow()?.into_owned()));
    }
    if value.is_none() {
        return Ok(Json::Null);
    }
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Json::Bool(truth.is_true()));
    }
    if value.is_instance_of::<PyInt>() {
        return match value.extract::<i64>() {
            Ok(number) => Ok(Json::from(number)),
            Err(_) => number(value),
        };
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(Json::from(number.value()));
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        let entries = dict.iter().map(|(key, value)| entry(&key, &value, depth));
        return entries.collect::<PyResult<Object>>().map(Json::Object);
    }
    if let Ok(list) = value.cast::<PyList>() {
        let items = list.iter().map(|item| json_of(&item, depth + 1));
        return items.collect::<PyResult<_>>().map(Json::Array);
    }
    if let Ok(tuple) = value.cast::<PyTuple>() {
        let items = tuple.iter().map(|item| json_of(&item, depth + 1));
        return items.collect::<PyResult<_>>().map(Json::Array);
    }
    let decimal = py.import("decimal")?.getattr("Decimal")?;
    if value.is_instance(&decimal)? {
        return number(value);
    }
    if let Ok(mapping) = value.cast::<PyMapping>() {
        let mut object = Object::new();
        for pair in mapping.items()?.iter() {
            let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
            let (key, value) = entry(&key, &value, depth)?;
            object.insert(key, value);
        }
        return Ok(Json::Object(object));
    }
    Err(PyTypeError::new_err(format!(
        "a value is None, bool, int, float, Decimal, str, list, tuple or dict, not {}",
        value.get_type().name()?
    )))
}

fn entry(
    key: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
    depth: usize,
) -> PyResult<(String, Json)> {
    let Ok(name) = key.cast::<PyString>() else {
        return Err(PyTypeError::new_err(format!(
            "a name is a str, not {}",
            key.get_type().name()?
        )));
    };
    Ok((name.to_cow()?.into_owned(), json_of(value, depth + 1)?))
}

/// A number with the digits that Python writes.
fn number(value: &Bound<'_, PyAny>) -> PyResult<Json> {
    let digits = value.str();
    // Python refuses to write numbers that are longer than a limit of its own.
    let digits = digits.map_err(|_| error::input(value.py(), "the number has too many digits"))?;
    let digits = digits.to_cow()?;
    Json::read(&digits).map_err(|wrong| {
        let message = format!("the number cannot be given: {}", wrong.message);
        error::input(value.py(), &message)
    })
}
