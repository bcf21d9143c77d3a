//! Streams and optionals, as far as they go without functions: JEXL's lambdas are none to Java.

use std::any::Any;

use super::order::{compare, sorted};
use super::{int, iterator};
use crate::budget;
use crate::operators;
use crate::value::{Array, ElementClass, JavaString, List, Object, Order, Set, equals, hash_code};
use crate::{Failure, OpResult, Value};

/// A stream of objects.
pub(super) fn of_objects(items: Vec<Value>) -> OpResult {
    Stream::of(items, Kind::Objects)
}

/// A stream of `int`s.
pub(super) fn of_ints(items: Vec<Value>) -> OpResult {
    Stream::of(items, Kind::Ints)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Objects,
    Ints,
}

#[derive(Debug)]
struct Stream {
    items: List,
    kind: Kind,
}

impl Stream {
    fn of(items: Vec<Value>, kind: Kind) -> OpResult {
        budget::grow_values(items.len())?;
        let items = List::new(items);
        Ok(Value::object(Self { items, kind }))
    }

    fn with(&self, items: Vec<Value>) -> OpResult {
        Self::of(items, self.kind)
    }

    fn optional(&self, value: Option<Value>) -> OpResult<Option<Value>> {
        if matches!(value, Some(Value::Null)) {
            return Err(super::arguments::null_argument());
        }
        Ok(Some(Value::object(Optional {
            value: List::new(value.into_iter().collect()),
            kind: self.kind,
        })))
    }

    fn distinct(&self) -> OpResult<Vec<Value>> {
        let items = self.items.snapshot();
        Ok(Set::new(Order::Insertion, items.iter().cloned())?.items())
    }
}

impl Object for Stream {
    fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Objects => "Stream",
            Kind::Ints => "IntStream",
        }
    }

    fn text(&self) -> OpResult<JavaString> {
        Ok("java.util.stream.Stream@0".into())
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let items = self.items.snapshot();
        if !matches!(method, "count" | "findFirst" | "findAny") {
            budget::read_elements(items.len())?;
        }
        let count = |argument: &Value| match argument.as_i64() {
            Some(number) => usize::try_from(number)
                .map(Some)
                .map_err(|_| Failure::method("the number of elements is negative")),
            None => Ok(None),
        };
        let value = match (method, arguments) {
            ("count", []) => Value::Long(i64::try_from(items.len()).unwrap_or(i64::MAX)),
            ("sorted", []) => self.with(sorted(&items, compare)?)?,
            ("distinct", []) => self.with(self.distinct()?)?,
            ("limit", [most]) => match count(most)? {
                Some(most) => self.with(items.iter().take(most).cloned().collect())?,
                None => return Ok(None),
            },
            ("skip", [first]) => match count(first)? {
                Some(first) => self.with(items.iter().skip(first).cloned().collect())?,
                None => return Ok(None),
            },
            ("findFirst" | "findAny", []) => return self.optional(items.first().cloned()),
            ("parallel" | "sequential" | "unordered", []) => self.with(items.to_vec())?,
            ("iterator", []) => iterator::over(items.to_vec())?,
            ("toList", []) if self.kind == Kind::Objects => Value::list(items.to_vec()),
            ("toArray", []) => {
                let element = match self.kind {
                    Kind::Objects => ElementClass::OBJECT,
                    Kind::Ints => ElementClass::Int,
                };
                Value::Array(Array::new(element, items.to_vec()))
            }
            ("boxed", []) if self.kind == Kind::Ints => of_objects(items.to_vec())?,
            ("max", []) if self.kind == Kind::Ints => {
                let most = items.iter().max_by_key(|item| item.as_i64());
                return self.optional(most.cloned());
            }
            ("min", []) if self.kind == Kind::Ints => {
                let least = items.iter().min_by_key(|item| item.as_i64());
                return self.optional(least.cloned());
            }
            ("sum", []) if self.kind == Kind::Ints => {
                let mut sum = 0_i32;
                for item in items.iter() {
                    sum = sum.wrapping_add(operators::to_integer(item)?);
                }
                Value::Integer(sum)
            }
            _ => return Ok(None),
        };
        Ok(Some(value))
    }

    fn each_held(&self, look: &mut dyn FnMut(&Value)) {
        look(&Value::List(self.items.clone()));
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Debug)]
struct Optional {
    /// One element or none.
    value: List,
    kind: Kind,
}

impl Object for Optional {
    fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Objects => "Optional",
            Kind::Ints => "OptionalInt",
        }
    }

    fn text(&self) -> OpResult<JavaString> {
        let name = self.type_name();
        Ok(match self.value.get(0) {
            Some(value) => format!("{name}[{}]", value.text()?).into(),
            None => format!("{name}.empty").into(),
        })
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let value = self.value.get(0);
        Ok(Some(match (method, arguments) {
            ("isPresent", []) => value.is_some().into(),
            ("isEmpty", []) => value.is_none().into(),
            ("orElse", [other]) => value.unwrap_or_else(|| other.clone()),
            ("get", []) if self.kind == Kind::Objects => value.ok_or_else(no_value)?,
            ("getAsInt", []) if self.kind == Kind::Ints => value.ok_or_else(no_value)?,
            ("orElseThrow", []) => value.ok_or_else(no_value)?,
            ("stream", []) => Value::object(Stream {
                items: List::new(value.into_iter().collect()),
                kind: self.kind,
            }),
            ("hashCode", []) => match value {
                Some(value) => Value::Integer(hash_code(&value)?),
                None => int(0),
            },
            _ => return Ok(None),
        }))
    }

    fn equals(&self, other: &Value) -> OpResult<Option<bool>> {
        let Value::Object(other) = other else {
            return Ok(Some(false));
        };
        let Some(other) = other.as_any().downcast_ref::<Self>() else {
            return Ok(None);
        };
        let own = Value::List(self.value.clone());
        equals(&own, &Value::List(other.value.clone())).map(Some)
    }

    fn each_held(&self, look: &mut dyn FnMut(&Value)) {
        look(&Value::List(self.value.clone()));
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn no_value() -> Failure {
    Failure::method("the optional has no value")
}
