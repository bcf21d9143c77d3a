//! `String.CASE_INSENSITIVE_ORDER`.

use std::any::Any;
use std::cmp::Ordering;

use crate::value::{JavaString, Object};
use crate::{Failure, OpResult, Value};

/// The comparator of strings without regard to letter case.
pub(super) fn ignoring_case() -> Value {
    Value::object(IgnoringCase)
}

/// Whether a value is a comparator: there is no other than this one.
pub(super) fn is_comparator(value: &Value) -> bool {
    matches!(value, Value::Object(object) if object.as_any().is::<IgnoringCase>())
}

/// The order of two strings without regard to letter case.
pub(super) fn compare_ignoring_case(a: &Value, b: &Value) -> OpResult<Ordering> {
    let compared = match a {
        Value::String(_) => {
            let rows = super::methods("compareToIgnoreCase");
            super::call(rows, a, std::slice::from_ref(b))?
        }
        _ => None,
    };
    match compared {
        Some(Value::Integer(difference)) => Ok(difference.cmp(&0)),
        _ => Err(Failure::method("only strings can be compared so")),
    }
}

#[derive(Debug)]
struct IgnoringCase;

impl Object for IgnoringCase {
    fn type_name(&self) -> &'static str {
        "CaseInsensitiveComparator"
    }

    fn text(&self) -> OpResult<JavaString> {
        Ok("java.lang.String$CaseInsensitiveComparator@0".into())
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        match (method, arguments) {
            ("compare", [own @ Value::String(_), other]) => {
                let rows = super::methods("compareToIgnoreCase");
                super::call(rows, own, std::slice::from_ref(other))
            }
            _ => Ok(None),
        }
    }

    fn equals(&self, other: &Value) -> OpResult<Option<bool>> {
        Ok(Some(
            matches!(other, Value::Object(other) if other.as_any().is::<Self>()),
        ))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
