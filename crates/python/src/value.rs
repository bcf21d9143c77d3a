//! From values of the engine to Python objects.

use pipewright_jexl::Value;
use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::error;
use crate::unknown::Unknown;

/// How deep lists and maps may stand in each other.
const MAX_DEPTH: usize = 256;

/// How many numbers a range may have that becomes a list.
const MAX_RANGE: u128 = 10_000_000;

/// A value as Python has it: null is `None`, whole numbers of any size `int`, `BigDecimal` `Decimal`, dates `datetime`
/// in UTC, lists, arrays, sets and ranges `list`, maps `dict`; other objects their text.
pub(crate) fn python_of<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    at_depth(py, value, 0)
}

fn at_depth<'py>(py: Python<'py>, value: &Value, depth: usize) -> PyResult<Bound<'py, PyAny>> {
    if depth > MAX_DEPTH {
        return Err(error::input(py, "the value is too deep"));
    }
    let items = |items: &[Value]| list(py, items, depth);
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Boolean(truth) => truth.into_bound_py_any(py),
        Value::Byte(number) => number.into_bound_py_any(py),
        Value::Short(number) => number.into_bound_py_any(py),
        Value::Integer(number) => number.into_bound_py_any(py),
        Value::Long(number) => number.into_bound_py_any(py),
        Value::BigInteger(number) => whole(py, &number.to_str_radix(16)),
        Value::Float(number) => number.into_bound_py_any(py),
        Value::Double(number) => number.into_bound_py_any(py),
        Value::BigDecimal(_) => {
            let decimal = py.import("decimal")?.getattr("Decimal")?;
            decimal.call1((text(py, value)?,))
        }
        Value::String(_) | Value::Character(_) => text(py, value)?.into_bound_py_any(py),
        Value::Array(array) => items(&array.snapshot()),
        Value::List(list) => items(&list.snapshot()),
        Value::Set(set) => items(&set.items()),
        Value::Range(range) if range.count() > MAX_RANGE => {
            Err(error::input(py, "the range is too long for a list"))
        }
        Value::Range(range) => {
            let numbers = (0..).map_while(|index| range.get(index));
            numbers.collect::<Vec<i64>>().into_bound_py_any(py)
        }
        Value::Map(map) => {
            let dict = PyDict::new(py);
            for (key, value) in map.snapshot().walk() {
                // A map's keys may be lists, which Python cannot look up: they are told by their texts.
                let key = match key {
                    Value::Array(_) | Value::List(_) | Value::Set(_) | Value::Map(_) => {
                        text(py, key)?.into_bound_py_any(py)?
                    }
                    key => at_depth(py, key, depth + 1)?,
                };
                dict.set_item(key, at_depth(py, value, depth + 1)?)?;
            }
            Ok(dict.into_any())
        }
        Value::Object(object) => match object.plain() {
            Ok(Some(plain)) => at_depth(py, &plain, depth + 1),
            _ if object.type_name() == "Date" => date(py, &text(py, value)?),
            _ => text(py, value)?.into_bound_py_any(py),
        },
        Value::Unknown(unknown) => Unknown::of_engine(unknown).into_bound_py_any(py),
    }
}

fn list<'py>(py: Python<'py>, items: &[Value], depth: usize) -> PyResult<Bound<'py, PyAny>> {
    let list = PyList::empty(py);
    for item in items {
        list.append(at_depth(py, item, depth + 1)?)?;
    }
    Ok(list.into_any())
}

/// By way of hexadecimal digits: Python refuses long decimal ones.
fn whole<'py>(py: Python<'py>, digits: &str) -> PyResult<Bound<'py, PyAny>> {
    let int = py.import("builtins")?.getattr("int")?;
    int.call1((digits, 16))
}

/// `2026-11-22` or `2026-11-22T07:42:13.392+0000`, both of which are meant in UTC.
fn date<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let module = py.import("datetime")?;
    let utc = module.getattr("timezone")?.getattr("utc")?;
    let text = text.strip_suffix("+0000").unwrap_or(text);
    let naive = module
        .getattr("datetime")?
        .call_method1("fromisoformat", (text,))?;
    let with_zone = PyDict::new(py);
    with_zone.set_item("tzinfo", utc)?;
    naive.call_method("replace", (), Some(&with_zone))
}

fn text(py: Python<'_>, value: &Value) -> PyResult<String> {
    let text = value.text();
    let text = text.map_err(|_| error::input(py, "the value has no text: it is too large"))?;
    Ok(text.to_str().into_owned())
}
