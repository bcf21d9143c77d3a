//! Testing an element against a filter.

use std::cmp::Ordering;

use pipewright_jexl::{Value, regex};

use crate::jsonpath::filter::{Filter, Operand, Operator};
use crate::jsonpath::select::{Stop, Walk};

/// Whether `element` passes `filter`.
pub(crate) fn passes(walk: &mut Walk<'_>, filter: &Filter, element: &Value) -> Result<bool, Stop> {
    match filter {
        Filter::Any(parts) => {
            for part in parts {
                if passes(walk, part, element)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Filter::All(parts) => {
            for part in parts {
                if !passes(walk, part, element)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Filter::Not(inner) => Ok(!passes(walk, inner, element)?),
        Filter::Exists(path) => Ok(read(walk, &Operand::Path(path.clone()), element)?.is_some()),
        Filter::Compare(left, Operator::Match, right) => matches(walk, left, right, element),
        Filter::Compare(left, operator, right) => {
            let left = read(walk, left, element)?;
            let right = read(walk, right, element)?;
            Ok(compare(left.as_ref(), *operator, right.as_ref()))
        }
    }
}

/// The value of an operand; `None` where a path reaches nothing.
fn read(walk: &mut Walk<'_>, operand: &Operand, element: &Value) -> Result<Option<Value>, Stop> {
    match operand {
        Operand::Literal(value) => Ok(Some(value.clone())),
        Operand::Regex(pattern) => Ok(Some(pattern.as_str().into())),
        Operand::Path(path) => match walk.follow(path, element) {
            Ok(found) if path.is_definite() => Ok(found.into_iter().next()),
            Ok(found) => Ok(Some(Value::list(found))),
            Err(Stop::Missing(_)) => Ok(None),
            Err(failed) => Err(failed),
        },
    }
}

/// `left =~ right`, either of which is the pattern: the whole text must match.
fn matches(
    walk: &mut Walk<'_>,
    left: &Operand,
    right: &Operand,
    element: &Value,
) -> Result<bool, Stop> {
    let ((Operand::Regex(pattern), tested) | (tested, Operand::Regex(pattern))) = (left, right)
    else {
        return Err(Stop::Failed("`=~` needs a /pattern/".to_owned()));
    };
    let text = match read(walk, tested, element)? {
        Some(value @ (Value::String(_) | Value::Boolean(_))) => value.text(),
        Some(value) if value.is_number() => value.text(),
        _ => return Ok(false),
    };
    let failed = |failure| Stop::Failed(format!("`=~ /{pattern}/`: {failure:?}"));
    regex::matches(&pattern.as_str().into(), &text.map_err(failed)?).map_err(failed)
}

fn compare(left: Option<&Value>, operator: Operator, right: Option<&Value>) -> bool {
    if operator == Operator::NotEqual {
        return !compare(left, Operator::Equal, right);
    }
    let (Some(left), Some(right)) = (left, right) else {
        return false;
    };
    match operator {
        Operator::Equal => equal(left, right),
        Operator::NotEqual => !equal(left, right),
        Operator::Less => order(left, right) == Some(Ordering::Less),
        Operator::LessOrEqual => {
            matches!(order(left, right), Some(Ordering::Less | Ordering::Equal))
        }
        Operator::Greater => order(left, right) == Some(Ordering::Greater),
        Operator::GreaterOrEqual => {
            matches!(
                order(left, right),
                Some(Ordering::Greater | Ordering::Equal)
            )
        }
        Operator::In => holds(right, left),
        Operator::NotIn => !holds(right, left),
        Operator::Contains => contains(left, right),
        Operator::All => items(right).is_some_and(|all| all.iter().all(|item| holds(left, item))),
        Operator::Size => size(left) == right.as_i64(),
        Operator::Empty => {
            matches!(right, Value::Boolean(wanted) if size(left).map(|size| size == 0) == Some(*wanted))
        }
        Operator::Match => false,
    }
}

/// Numbers by value, also when one is a text; everything else by content.
fn equal(left: &Value, right: &Value) -> bool {
    match (number(left), number(right)) {
        (Some(a), Some(b)) if left.is_number() || right.is_number() => a.total_cmp(&b).is_eq(),
        _ => pipewright_jexl::value::equals(left, right).unwrap_or(false),
    }
}

/// Numbers with numbers and texts with texts.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ if left.is_number() && right.is_number() => number(left)?.partial_cmp(&number(right)?),
        _ => None,
    }
}

/// The value of a number, or of a text that is one.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.as_str()?.parse().ok(),
        _ if value.is_number() => value.text().ok()?.as_str()?.parse().ok(),
        _ => None,
    }
}

fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(list) => Some(list.snapshot().to_vec()),
        Value::Array(array) => Some(array.snapshot().to_vec()),
        _ => None,
    }
}

fn holds(list: &Value, wanted: &Value) -> bool {
    items(list).is_some_and(|items| items.iter().any(|item| equal(item, wanted)))
}

fn contains(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(text), Value::String(part)) => text.to_str().contains(&*part.to_str()),
        _ => holds(left, right),
    }
}

fn size(value: &Value) -> Option<i64> {
    let size = match value {
        Value::String(text) => text.len(),
        Value::Map(map) => map.len(),
        _ => items(value)?.len(),
    };
    i64::try_from(size).ok()
}
