//! Applying a path to a document.

use pipewright_jexl::value::JavaString;
use pipewright_jexl::{Failure, OpResult, Value, charge_reading};

use crate::jsonpath::items::{ELEMENT, children, items};
use crate::jsonpath::path::{Path, Step};
use crate::jsonpath::test::passes;

/// What visiting a value costs, as bytes that are read.
pub(super) const VISIT: usize = 64;

/// How deep a path may stand in a document and in its own filters together.
const MAX_DEPTH: usize = 300;

/// What a path found.
#[derive(Clone, Debug)]
pub(crate) struct Selected {
    /// The value of a definite path, or the list of what an indefinite one reached.
    pub(crate) value: Value,
    /// Whether the path could reach one value only.
    pub(crate) definite: bool,
}

/// Applies `path` to `document`.
pub(crate) fn select(path: &Path, document: &Value) -> OpResult<Selected> {
    let mut walk = Walk {
        root: document,
        depth: 0,
    };
    let definite = path.is_definite();
    let found = walk.follow(path, document).map_err(Stop::into_failure)?;
    let value = if definite {
        found
            .into_iter()
            .next()
            .ok_or_else(|| Stop::Missing("the path".to_owned()).into_failure())?
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
    /// A limit was reached, a filter cannot be applied, or only a run can tell what it tests.
    Failed(Failure),
}

impl Stop {
    fn into_failure(self) -> Failure {
        match self {
            Self::Missing(what) => {
                Failure::method(format!("{what} reaches nothing in the document"))
            }
            Self::Failed(failure) => failure,
        }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// A path on its way through a document.
#[derive(Debug)]
pub(crate) struct Walk<'d> {
    root: &'d Value,
    /// How many steps, scans and filters are inside each other at the moment.
    depth: usize,
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
        let Some((step, rest)) = steps.split_first() else {
            charge_reading(VISIT)?;
            found.push(value.clone());
            return Ok(());
        };
        let definite_after = definite && step.is_definite();
        self.enter()?;
        match step {
            Step::Scan => self.scan(rest, value, found)?,
            Step::Wildcard => {
                for child in children(value)? {
                    self.step(rest, &child, false, found)?;
                }
            }
            Step::Properties(names) => match properties(names, value)? {
                Some(child) => self.step(rest, &child, definite_after, found)?,
                None if definite => {
                    return Err(Stop::Missing(format!("`{}`", names.join("`, `"))));
                }
                None => {}
            },
            Step::Indexes(_) | Step::Slice { .. } => match items(value) {
                Some(items) => {
                    for index in indexes(step, items.len())? {
                        self.step(rest, &items[index], definite_after, found)?;
                    }
                }
                None => missing_list(definite)?,
            },
            Step::Filter(filter) => match (value, items(value)) {
                (Value::Map(_), _) => {
                    if passes(self, filter, value)? {
                        self.step(rest, value, false, found)?;
                    }
                }
                (_, Some(items)) => {
                    for candidate in items.iter() {
                        if passes(self, filter, candidate)? {
                            self.step(rest, candidate, false, found)?;
                        }
                    }
                }
                _ => missing_list(definite)?,
            },
        }
        self.depth -= 1;
        Ok(())
    }

    /// Applies the first of `steps` to `value` and to everything inside it, outermost first.
    fn scan(&mut self, steps: &[Step], value: &Value, found: &mut Vec<Value>) -> Result<(), Stop> {
        let is_list = matches!(value, Value::List(_) | Value::Array(_));
        if !is_list && !matches!(value, Value::Map(_)) {
            return Ok(charge_reading(ELEMENT)?);
        }
        self.enter()?;
        // A filter tests the objects of a list when the scan comes to them.
        if !(is_list && matches!(steps.first(), Some(Step::Filter(_)))) {
            self.step(steps, value, false, found)?;
        }
        for child in children(value)? {
            self.scan(steps, &child, found)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// How deep the walk is.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    /// Goes back to a level that was left by an error.
    pub(super) const fn leave_to(&mut self, depth: usize) {
        self.depth = depth;
    }

    /// Goes one level deeper. Whoever returns without an error leaves it again.
    fn enter(&mut self) -> Result<(), Stop> {
        charge_reading(VISIT)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Stop::Failed(Failure::limit(format!(
                "the path stands more than {MAX_DEPTH} deep in the document and its filters"
            ))));
        }
        Ok(())
    }
}

/// The one property, or a map of those of several that are there.
fn properties(names: &[String], value: &Value) -> OpResult<Option<Value>> {
    let Value::Map(map) = value else {
        return Ok(None);
    };
    if let [name] = names {
        return Ok(map.get_str(name));
    }
    charge_reading(names.len() * VISIT)?;
    let entries = names
        .iter()
        .filter_map(|name| Some((JavaString::from(name.as_str()), map.get_str(name)?)));
    Ok(Some(Value::map(entries)))
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

/// The places of a list of `len` elements a step names; those out of range are left out.
fn indexes(step: &Step, len: usize) -> OpResult<Vec<usize>> {
    let signed = i64::try_from(len).unwrap_or(i64::MAX);
    let place = |index: i64| {
        if index < 0 {
            signed.saturating_add(index)
        } else {
            index
        }
    };
    let places: Vec<usize> = match step {
        Step::Indexes(indexes) => {
            charge_reading(indexes.len() * ELEMENT)?;
            let places = indexes.iter().map(|index| usize::try_from(place(*index)));
            places.flatten().filter(|index| *index < len).collect()
        }
        Step::Slice { from, to } => {
            let bound = |index: i64| usize::try_from(place(index).clamp(0, signed)).unwrap_or(0);
            let from = from.map_or(0, bound);
            let to = to.map_or(len, bound);
            (from..to).collect()
        }
        _ => Vec::new(),
    };
    charge_reading(places.len() * ELEMENT)?;
    Ok(places)
}
