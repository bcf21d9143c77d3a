//! `String.CASE_INSENSITIVE_ORDER`.

use std::any::Any;

use crate::value::{JavaString, Object};
use crate::{Outcome, Value};

/// The comparator of strings without regard to letter case.
pub(super) fn ignoring_case() -> Value {
    Value::object(IgnoringCase)
}

#[derive(Debug)]
struct IgnoringCase;

impl Object for IgnoringCase {
    fn type_name(&self) -> &'static str {
        "CaseInsensitiveComparator"
    }

    fn text(&self) -> Outcome<JavaString> {
        Ok("java.lang.String$CaseInsensitiveComparator@0".into())
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Outcome<Option<Value>> {
        match (method, arguments) {
            ("compare", [own @ Value::String(_), other]) => {
                let rows = super::methods("compareToIgnoreCase");
                super::call(rows, own, std::slice::from_ref(other))
            }
            _ => Ok(None),
        }
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(matches!(other, Value::Object(other) if other.as_any().is::<Self>()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
