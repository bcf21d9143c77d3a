//! Operators of CEL on values. Nothing is converted; where implementations differ the answer is unknown.

use std::cmp::Ordering;
use std::sync::Arc;

use pipewright_jexl::value::{JavaString, Map, Unknown};
use pipewright_jexl::{ErrorKind, Value, charge_growth};
use pipewright_syntax::cel::InfixOp;

use super::Outcome;
use super::cause::CelCause;
use crate::error::Error;
use crate::limits::CEL_STEP_WORK;
use crate::run::spend;

/// A value as CEL sees it.
pub(super) enum Kind<'v> {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(&'v JavaString),
    List(Arc<Vec<Value>>),
    Map(&'v Map),
    /// What has no type in CEL that is known.
    Other,
}

pub(super) fn kind(value: &Value) -> Kind<'_> {
    match value {
        Value::Null => Kind::Null,
        Value::Boolean(value) => Kind::Bool(*value),
        Value::Byte(_) | Value::Short(_) | Value::Integer(_) | Value::Long(_) => {
            value.as_i64().map_or(Kind::Other, Kind::Int)
        }
        Value::Float(number) => Kind::Double(f64::from(*number)),
        Value::Double(number) => Kind::Double(*number),
        Value::String(text) => Kind::Text(text),
        Value::List(list) => Kind::List(list.snapshot()),
        Value::Array(array) => Kind::List(array.snapshot()),
        Value::Map(map) => Kind::Map(map),
        _ => Kind::Other,
    }
}

/// How deep values are compared.
const MAX_DEPTH: usize = 32;

/// What an operator other than `&&` and `||` makes of two values.
pub(super) fn binary(op: InfixOp, left: &Value, right: &Value) -> Outcome {
    if let Some(unknown) = Unknown::among([left, right]) {
        return Ok(Value::Unknown(unknown));
    }
    match op {
        InfixOp::Equal => Ok(truth(equal(left, right, 0)?)),
        InfixOp::NotEqual => Ok(truth(equal(left, right, 0)?.map(|equal| !equal))),
        InfixOp::Less | InfixOp::LessOrEqual | InfixOp::Greater | InfixOp::GreaterOrEqual => {
            compare(op, left, right)
        }
        InfixOp::In => contains(left, right),
        _ => arithmetic(op, left, right),
    }
}

fn truth(known: Option<bool>) -> Value {
    known.map_or_else(|| Value::unknown(CelCause::Mixed), Value::Boolean)
}

/// Whether two values are equal; `None` where implementations differ, or where that hangs on an unknown element.
fn equal(left: &Value, right: &Value, depth: usize) -> Result<Option<bool>, Error> {
    spend(CEL_STEP_WORK)?;
    if depth > MAX_DEPTH || Unknown::among([left, right]).is_some() {
        return Ok(None);
    }
    Ok(match (kind(left), kind(right)) {
        (Kind::Null, Kind::Null) => Some(true),
        (Kind::Bool(left), Kind::Bool(right)) => Some(left == right),
        (Kind::Int(left), Kind::Int(right)) => Some(left == right),
        #[expect(clippy::float_cmp, reason = "CEL compares doubles exactly")]
        (Kind::Double(left), Kind::Double(right)) => Some(left == right),
        (Kind::Text(left), Kind::Text(right)) => {
            spend(left.bytes() as u64)?;
            Some(left.to_str() == right.to_str())
        }
        (Kind::List(left), Kind::List(right)) => {
            if left.len() != right.len() {
                return Ok(Some(false));
            }
            let pairs = left.iter().zip(right.iter());
            all(pairs.map(|(left, right)| equal(left, right, depth + 1)))?
        }
        (Kind::Other, _) | (_, Kind::Other) | (Kind::Map(_), Kind::Map(_)) => None,
        (Kind::Null, _) | (_, Kind::Null) => Some(false),
        _ => None,
    })
}

/// Whether all are true, as far as that is known.
fn all(parts: impl Iterator<Item = Result<Option<bool>, Error>>) -> Result<Option<bool>, Error> {
    let mut all = Some(true);
    for part in parts {
        match part? {
            Some(true) => {}
            Some(false) => return Ok(Some(false)),
            None => all = None,
        }
    }
    Ok(all)
}

fn compare(op: InfixOp, left: &Value, right: &Value) -> Outcome {
    let order = match (kind(left), kind(right)) {
        (Kind::Int(left), Kind::Int(right)) => Some(left.cmp(&right)),
        (Kind::Double(left), Kind::Double(right)) => left.partial_cmp(&right),
        (Kind::Text(left), Kind::Text(right)) => {
            spend(left.bytes() as u64)?;
            Some(left.to_str().cmp(&right.to_str()))
        }
        (Kind::Int(_), Kind::Double(_)) | (Kind::Double(_), Kind::Int(_)) => {
            return Ok(Value::unknown(CelCause::Mixed));
        }
        _ => return wrong_types(op.sign(), left, right),
    };
    let holds = |orders: &[Ordering]| order.is_some_and(|order| orders.contains(&order));
    Ok(Value::Boolean(match op {
        InfixOp::Less => holds(&[Ordering::Less]),
        InfixOp::LessOrEqual => holds(&[Ordering::Less, Ordering::Equal]),
        InfixOp::Greater => holds(&[Ordering::Greater]),
        _ => holds(&[Ordering::Greater, Ordering::Equal]),
    }))
}

/// `x in list`. Whether one of the engine's maps has a key is not known: they answer for every key.
fn contains(item: &Value, list: &Value) -> Outcome {
    let items = match kind(list) {
        Kind::List(items) => items,
        Kind::Map(_) => return Ok(Value::unknown(CelCause::Mixed)),
        _ => return wrong_types("in", item, list),
    };
    let mut is_open = false;
    for element in items.iter() {
        match equal(item, element, 0)? {
            Some(true) => return Ok(Value::Boolean(true)),
            Some(false) => {}
            None => is_open = true,
        }
    }
    Ok(truth((!is_open).then_some(false)))
}

fn arithmetic(op: InfixOp, left: &Value, right: &Value) -> Outcome {
    match (kind(left), kind(right)) {
        (Kind::Int(left), Kind::Int(right)) => of_integers(op, left, right),
        (Kind::Double(first), Kind::Double(second)) => Ok(Value::Double(match op {
            InfixOp::Add => first + second,
            InfixOp::Subtract => first - second,
            InfixOp::Multiply => first * second,
            InfixOp::Divide => first / second,
            _ => return wrong_types(op.sign(), left, right),
        })),
        (Kind::Text(left), Kind::Text(right)) if op == InfixOp::Add => {
            charge_growth(left.bytes() + right.bytes()).map_err(Error::of_failure)?;
            Ok(Value::from(format!("{}{}", left.to_str(), right.to_str())))
        }
        (Kind::List(left), Kind::List(right)) if op == InfixOp::Add => {
            let bytes = (left.len() + right.len()) * size_of::<Value>();
            charge_growth(bytes).map_err(Error::of_failure)?;
            Ok(Value::list(
                left.iter().chain(right.iter()).cloned().collect(),
            ))
        }
        _ => wrong_types(op.sign(), left, right),
    }
}

fn of_integers(op: InfixOp, left: i64, right: i64) -> Outcome {
    let number = match op {
        InfixOp::Add => left.checked_add(right),
        InfixOp::Subtract => left.checked_sub(right),
        InfixOp::Multiply => left.checked_mul(right),
        InfixOp::Divide => left.checked_div(right),
        _ => left.checked_rem(right),
    };
    number.map(Value::Long).ok_or_else(|| {
        let sign = op.sign();
        let by_zero = right == 0 && matches!(op, InfixOp::Divide | InfixOp::Modulo);
        let message = if by_zero {
            format!("`{left} {sign} 0` divides by zero")
        } else {
            format!("`{left} {sign} {right}` has more than the 64 bits of a number of CEL")
        };
        Error::new(ErrorKind::Arithmetic, message)
    })
}

pub(super) fn negate(value: &Value) -> Outcome {
    match kind(value) {
        Kind::Int(number) => of_integers(InfixOp::Subtract, 0, number),
        Kind::Double(number) => Ok(Value::Double(-number)),
        _ => match Unknown::among([value]) {
            Some(unknown) => Ok(Value::Unknown(unknown)),
            None => wrong_types("-", &Value::Long(0), value),
        },
    }
}

/// The member of a map; of null, and what a map has not, null.
pub(super) fn member(value: &Value, name: &str) -> Value {
    match kind(value) {
        Kind::Null => Value::Null,
        Kind::Map(map) => map.get_str(name).unwrap_or(Value::Null),
        _ => match Unknown::among([value]) {
            Some(unknown) => Value::Unknown(unknown),
            None => Value::unknown(CelCause::Type),
        },
    }
}

/// The element of a list, or the member of a map.
pub(super) fn index(value: &Value, index: &Value) -> Outcome {
    if let Some(unknown) = Unknown::among([value, index]) {
        return Ok(Value::Unknown(unknown));
    }
    match (kind(value), kind(index)) {
        (Kind::List(items), Kind::Int(at)) => {
            let element = usize::try_from(at).ok().and_then(|at| items.get(at));
            element.cloned().ok_or_else(|| {
                let message = format!("a list of {} elements has none at {at}", items.len());
                Error::new(ErrorKind::UndefinedProperty, message)
            })
        }
        (Kind::Map(_) | Kind::Null, Kind::Text(key)) => Ok(member(value, &key.to_str())),
        (Kind::Map(_) | Kind::Other, _) => Ok(Value::unknown(CelCause::Type)),
        _ => wrong_types("[]", value, index),
    }
}

/// The error of an operator or method that does not take these values; what is not known of them may change that.
pub(super) fn wrong_types(sign: &str, left: &Value, right: &Value) -> Outcome {
    if let Some(unknown) = Unknown::among([left, right]) {
        return Ok(Value::Unknown(unknown));
    }
    if matches!(kind(left), Kind::Other) || matches!(kind(right), Kind::Other) {
        return Ok(Value::unknown(CelCause::Type));
    }
    let kind = if left.is_null() || right.is_null() {
        ErrorKind::NullOperand
    } else {
        ErrorKind::Arithmetic
    };
    let message = format!(
        "`{sign}` of CEL cannot take {} and {}: CEL does not convert",
        left.described(),
        right.described()
    );
    Err(Error::new(kind, message))
}
