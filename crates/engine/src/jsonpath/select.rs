//! Applying a path to a document.

use pipewright_jexl::Value;
use pipewright_jexl::value::{JavaString, List, Map};

use crate::jsonpath::Selected;
use crate::jsonpath::path::{Path, Step};
use crate::jsonpath::test::passes;

/// How many values one path may visit, those of its filters included.
const MAX_VISITS: usize = 1_000_000;

/// How deep `..` looks.
const MAX_DEPTH: usize = 200;

/// Applies `path` to `document`.
pub(crate) fn select(path: &Path, document: &Value) -> Result<Selected, String> {
    let mut walk = Walk {
        root: document,
        visits: 0,
    };
    let definite = path.is_definite();
    let found = walk.follow(path, document).map_err(Stop::into_message)?;
    let value = if definite {
        found
            .into_iter()
            .next()
            .ok_or_else(|| Stop::Missing("the path".to_owned()).into_message())?
    } else {
        Value::list(found)
    };
    Ok(Selected { value, definite })
}

/// Why a path cannot be followed.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A part of a path that can reach one value only is not there.
    Missing(String),
    /// A limit was reached, or a filter cannot be applied.
    Failed(String),
}

impl Stop {
    fn into_message(self) -> String {
        match self {
            Self::Missing(what) => format!("{what} reaches nothing in the document"),
            Self::Failed(message) => message,
        }
    }
}

/// A path on its way through a document.
#[derive(Debug)]
pub(crate) struct Walk<'d> {
    root: &'d Value,
    visits: usize,
}

impl Walk<'_> {
    /// What `path` reaches; `element` is what `@` stands for.
    pub(crate) fn follow(&mut self, path: &Path, element: &Value) -> Result<Vec<Value>, Stop> {
        let start = if path.relative { element } else { self.root };
        let mut found = Vec::new();
        self.step(&path.steps, &start.clone(), true, &mut found)?;
        Ok(found)
    }

    /// Follows `steps` from `value`. `definite` tells whether the steps before could reach one value only; then what is
    /// missing is an error, otherwise it is passed over.
    fn step(
        &mut self,
        steps: &[Step],
        value: &Value,
        definite: bool,
        found: &mut Vec<Value>,
    ) -> Result<(), Stop> {
        self.visit()?;
        let Some((step, rest)) = steps.split_first() else {
            found.push(value.clone());
            return Ok(());
        };
        let definite_after = definite && step.is_definite();
        match step {
            Step::Scan => self.scan(rest, value, 0, found),
            Step::Wildcard => {
                for child in children(value) {
                    self.step(rest, &child, false, found)?;
                }
                Ok(())
            }
            Step::Properties(names) => match properties(names, value) {
                Some(child) => self.step(rest, &child, definite_after, found),
                None if definite => Err(Stop::Missing(format!("`{}`", names.join("`, `")))),
                None => Ok(()),
            },
            Step::Indexes(_) | Step::Slice { .. } => {
                let Some(items) = list_items(value) else {
                    return missing_list(definite);
                };
                for index in indexes(step, items.len()) {
                    self.step(rest, &items[index], definite_after, found)?;
                }
                Ok(())
            }
            Step::Filter(filter) => {
                let candidates = match value {
                    Value::Map(_) => vec![value.clone()],
                    _ => match list_items(value) {
                        Some(items) => items,
                        None => return missing_list(definite),
                    },
                };
                for candidate in candidates {
                    if passes(self, filter, &candidate)? {
                        self.step(rest, &candidate, false, found)?;
                    }
                }
                Ok(())
            }
        }
    }

    /// Applies the first of `steps` to `value` and to everything inside it, outermost first.
    fn scan(
        &mut self,
        steps: &[Step],
        value: &Value,
        depth: usize,
        found: &mut Vec<Value>,
    ) -> Result<(), Stop> {
        self.visit()?;
        if depth > MAX_DEPTH {
            return Err(Stop::Failed(format!(
                "the document is nested deeper than {MAX_DEPTH}"
            )));
        }
        let is_list = matches!(value, Value::List(_) | Value::Array(_));
        if !is_list && !matches!(value, Value::Map(_)) {
            return Ok(());
        }
        // A filter tests the objects of a list when the scan comes to them.
        if !(is_list && matches!(steps.first(), Some(Step::Filter(_)))) {
            self.step(steps, value, false, found)?;
        }
        for child in children(value) {
            self.scan(steps, &child, depth + 1, found)?;
        }
        Ok(())
    }

    fn visit(&mut self) -> Result<(), Stop> {
        self.visits += 1;
        if self.visits > MAX_VISITS {
            return Err(Stop::Failed(format!(
                "the path visits more than {MAX_VISITS} values"
            )));
        }
        Ok(())
    }
}

/// The one property, or a map of those of several that are there.
fn properties(names: &[String], value: &Value) -> Option<Value> {
    let Value::Map(map) = value else { return None };
    if let [name] = names {
        return map.get_str(name);
    }
    let entries = names
        .iter()
        .filter_map(|name| Some((JavaString::from(name.as_str()), map.get_str(name)?)));
    Some(Value::map(entries))
}

fn missing_list(definite: bool) -> Result<(), Stop> {
    if definite {
        Err(Stop::Missing(
            "an index or filter on what is no list".to_owned(),
        ))
    } else {
        Ok(())
    }
}

/// The elements of a list or array.
fn list_items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(list) => Some(List::snapshot(list).to_vec()),
        Value::Array(array) => Some(array.snapshot().to_vec()),
        _ => None,
    }
}

/// What stands directly inside a value.
fn children(value: &Value) -> Vec<Value> {
    match value {
        Value::Map(map) => Map::snapshot(map).values(),
        _ => list_items(value).unwrap_or_default(),
    }
}

/// The places of a list of `len` elements a step names; those out of range are left out.
fn indexes(step: &Step, len: usize) -> Vec<usize> {
    let signed = i64::try_from(len).unwrap_or(i64::MAX);
    let place = |index: i64| {
        if index < 0 {
            signed.saturating_add(index)
        } else {
            index
        }
    };
    match step {
        Step::Indexes(indexes) => indexes
            .iter()
            .filter_map(|index| usize::try_from(place(*index)).ok())
            .filter(|index| *index < len)
            .collect(),
        Step::Slice { from, to } => {
            let bound = |index: i64| usize::try_from(place(index).clamp(0, signed)).unwrap_or(0);
            let from = from.map_or(0, bound);
            let to = to.map_or(len, bound);
            (from..to).collect()
        }
        _ => Vec::new(),
    }
}
