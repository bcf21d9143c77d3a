//! Which values a Java array holds, widened to its class.

use super::{to_double, to_integer};
use crate::Value;
use crate::value::ElementClass;

/// The value as an array of `element` holds it; `None` if it cannot.
pub(crate) fn fitting(element: ElementClass, value: &Value) -> Option<Value> {
    let fits = match element {
        ElementClass::Boolean => matches!(value, Value::Boolean(_)),
        ElementClass::Byte => matches!(value, Value::Byte(_)),
        ElementClass::Short => matches!(value, Value::Byte(_) | Value::Short(_)),
        ElementClass::Char => matches!(value, Value::Character(_)),
        ElementClass::Int => {
            return match value {
                Value::Byte(_) | Value::Short(_) | Value::Integer(_) => {
                    Some(Value::Integer(to_integer(value).ok()?))
                }
                _ => None,
            };
        }
        ElementClass::Long => return value.as_i64().map(Value::Long),
        ElementClass::Float => {
            return match value {
                Value::Float(_) => Some(value.clone()),
                #[expect(clippy::cast_precision_loss, reason = "as Java widens")]
                _ => value.as_i64().map(|number| Value::Float(number as f32)),
            };
        }
        ElementClass::Double => {
            return match value {
                Value::Double(_) | Value::Float(_) => to_double(value).ok().map(Value::Double),
                #[expect(clippy::cast_precision_loss, reason = "as Java widens")]
                _ => value.as_i64().map(|number| Value::Double(number as f64)),
            };
        }
        ElementClass::Object(class) => {
            value.is_null()
                || match class {
                    "java.lang.Object" => true,
                    "java.lang.Number" => value.is_number(),
                    _ => class.ends_with(&format!(".{}", value.type_name())),
                }
        }
    };
    fits.then(|| value.clone())
}
