//! Testing an element against a filter.

use pipewright_jexl::{Failure, Value, charge_reading, regex};

use crate::jsonpath::compare::compare;
use crate::jsonpath::path::{Filter, Operand, Operator, Path};
use crate::jsonpath::select::{Stop, VISIT, Walk};

/// Whether `element` passes `filter`.
pub(crate) fn passes(walk: &mut Walk<'_>, filter: &Filter, element: &Value) -> Result<bool, Stop> {
    charge_reading(VISIT)?;
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
        Filter::Exists(path) => Ok(read_path(walk, path, element)?.is_some()),
        Filter::Compare(left, Operator::Match, right) => matches(walk, left, right, element),
        Filter::Compare(left, operator, right) => {
            let left = read(walk, left, element)?;
            let right = read(walk, right, element)?;
            Ok(compare(left.as_ref(), *operator, right.as_ref())?)
        }
    }
}

/// The value of an operand; `None` where a path reaches nothing.
fn read(walk: &mut Walk<'_>, operand: &Operand, element: &Value) -> Result<Option<Value>, Stop> {
    match operand {
        Operand::Literal(value) => Ok(Some(value.clone())),
        Operand::Regex(pattern) => Ok(Some(pattern.as_str().into())),
        Operand::Path(path) => read_path(walk, path, element),
    }
}

/// What a path reaches; `None` for nothing.
fn read_path(walk: &mut Walk<'_>, path: &Path, element: &Value) -> Result<Option<Value>, Stop> {
    let depth = walk.depth();
    match walk.follow(path, element) {
        Ok(found) if path.is_definite() => Ok(found.into_iter().next()),
        Ok(found) => Ok(Some(Value::list(found))),
        Err(Stop::Missing(_)) => {
            walk.leave_to(depth);
            Ok(None)
        }
        Err(failed) => Err(failed),
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
        return Err(Failure::method("`=~` needs a /pattern/").into());
    };
    let text = match read(walk, tested, element)? {
        Some(value @ (Value::String(_) | Value::Boolean(_))) => value.text()?,
        Some(value) if value.is_number() => value.text()?,
        Some(Value::Unknown(unknown)) => return Err(Failure::Unknown(unknown).into()),
        _ => return Ok(false),
    };
    charge_reading(text.bytes())?;
    Ok(regex::matches(&pattern.as_str().into(), &text)?)
}
