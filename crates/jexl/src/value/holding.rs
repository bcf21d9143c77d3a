//! What values hold. One that would hold itself is refused when it is made: it could never be freed.

use std::any::Any;
use std::collections::HashSet;
use std::sync::Arc;

use super::{JavaString, Object, Value};
use crate::budget;
use crate::{ErrorKind, Failure, OpResult};

/// Where the contents of a container are in memory, which tells it from every other.
pub(super) type Place = usize;

/// Refuses to put `values` into the container at `place` where one of them is it or holds it, however deep.
///
/// Only containers among the values cost anything: every container in them is looked into once and its elements are
/// charged.
///
/// # Errors
/// Kind `limit` for a value that would hold itself, and where the budget ends first.
pub(super) fn refuse_own<'v>(
    place: Place,
    values: impl IntoIterator<Item = &'v Value>,
) -> OpResult<()> {
    let containers = values.into_iter().filter(|value| value.holds_values());
    let mut waiting: Vec<Value> = containers.cloned().collect();
    let mut seen = HashSet::new();
    while let Some(value) = waiting.pop() {
        let Some(found) = place_of(&value) else {
            continue;
        };
        if found == place {
            return Err(Failure::limit(
                "a value would hold itself, which is refused",
            ));
        }
        if seen.insert(found) {
            look_into(&value, &mut waiting)?;
        }
    }
    Ok(())
}

fn place_of(value: &Value) -> Option<Place> {
    match value {
        Value::Array(array) => Some(array.place()),
        Value::List(list) => Some(list.place()),
        Value::Set(set) => Some(set.place()),
        Value::Map(map) => Some(map.place()),
        Value::Object(object) => Some(Arc::as_ptr(object).addr()),
        _ => None,
    }
}

/// Adds the containers in a container to those that wait to be looked into.
fn look_into(container: &Value, waiting: &mut Vec<Value>) -> OpResult<()> {
    let mut count = 0;
    let mut look = |value: &Value| {
        count += 1;
        if value.holds_values() {
            waiting.push(value.clone());
        }
    };
    match container {
        Value::Array(array) if array.element().is_primitive() => {}
        Value::Array(array) => array.snapshot().iter().for_each(look),
        Value::List(list) => list.snapshot().iter().for_each(look),
        Value::Set(set) => set.snapshot().each(look),
        Value::Map(map) => map.snapshot().each(look),
        Value::Object(object) => object.each_held(&mut look),
        _ => {}
    }
    budget::read_elements(count)
}

/// A map as its own key, which Java allows as long as nobody asks for its hash code again. It stands for the map
/// without holding it.
#[derive(Debug)]
pub(super) struct OwnKey;

impl Object for OwnKey {
    fn type_name(&self) -> &'static str {
        "Map"
    }

    fn text(&self) -> OpResult<JavaString> {
        Ok("(this Map)".into())
    }

    fn hash_code(&self) -> OpResult<i32> {
        Err(Failure::new(
            ErrorKind::Evaluation,
            "the map contains itself",
        ))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Array, ElementClass, List, Map, Order, Set, Table};
    use super::*;

    #[test]
    fn no_container_is_put_into_itself() {
        let list = List::new(vec![Value::Null]);
        let array = Array::new(ElementClass::OBJECT, vec![Value::Null]);
        let map = Map::new(Table::new(Order::Insertion));
        let set = Set::new(Order::Insertion, []).unwrap();
        let all = [
            Value::List(list.clone()),
            Value::Array(array.clone()),
            Value::Map(map.clone()),
            Value::Set(set.clone()),
        ];
        for (index, own) in all.into_iter().enumerate() {
            let nested = Value::list(vec![Value::map([("a".into(), own.clone())])]);
            for value in [own, nested] {
                let refused = match index {
                    0 => [
                        list.insert(0, vec![value.clone()]).is_err(),
                        list.set(0, value).is_err(),
                    ],
                    1 => [array.set(0, value).is_err(), true],
                    2 => [map.insert("a".into(), value).is_err(), true],
                    _ => [set.insert(value).is_err(), true],
                };
                assert_eq!(refused, [true, true], "{index}");
            }
        }
        assert_eq!(list.len(), 1);
    }

    #[test]
    fn what_is_shared_many_times_is_looked_into_once() {
        let mut value = Value::list(vec!["x".into()]);
        for _ in 0..60 {
            value = Value::list(vec![value.clone(), value]);
        }
        let list = List::new(Vec::new());
        list.insert(0, vec![value]).unwrap();
    }

    #[test]
    fn a_map_as_its_own_key_is_freed() {
        let Value::Object(token) = Value::list(Vec::new())
            .call("stream", &[])
            .unwrap()
            .unwrap()
        else {
            panic!("a stream is an object")
        };
        let map = Map::new(Table::new(Order::Insertion));
        let own = Value::Map(map.clone());
        map.insert("token".into(), Value::Object(Arc::clone(&token)))
            .unwrap();
        map.insert(own.clone(), Value::Integer(1)).unwrap();
        assert_eq!(
            own.text().unwrap(),
            "{token=java.util.stream.Stream@0, (this Map)=1}"
        );
        assert_eq!(Arc::strong_count(&token), 2);
        drop((own, map));
        assert_eq!(Arc::strong_count(&token), 1);
    }

    #[test]
    fn a_map_that_is_its_own_key_has_no_hash_code() {
        let map = Map::new(Table::new(Order::Insertion));
        let own = Value::Map(map.clone());
        map.insert(own.clone(), Value::Null).unwrap();
        let failure = map.insert(own, Value::Null).unwrap_err();
        assert_eq!(failure.kind(), Some(ErrorKind::Evaluation));
    }
}
