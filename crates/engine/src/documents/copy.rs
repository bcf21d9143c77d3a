//! Copies of values, so that a change of one is no change of the other.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_jexl::value::{Map, Table};
use pipewright_jexl::{OpResult, Value, charge_growth, charge_reading};

/// The work of copying an element, in bytes read; a table charges its entries itself.
const ELEMENT: usize = 8;

/// A copy of `value` and of every list and map in it. What stands in it twice is one thing in the copy too.
///
/// # Errors
/// Kind `limit` where the question has too little left.
pub(crate) fn copy_of(value: &Value) -> OpResult<Value> {
    Copies::default().copy(value)
}

/// The lists and maps that were copied, by where their contents are in memory.
#[derive(Default)]
struct Copies(HashMap<usize, Value>);

impl Copies {
    /// As deep as JSON may be, and a path and a list of what it found around it.
    fn copy(&mut self, value: &Value) -> OpResult<Value> {
        match value {
            Value::List(list) => {
                let items = list.snapshot();
                self.once(Arc::as_ptr(&items).addr(), |copies| {
                    charge(items.len())?;
                    let items = items.iter().map(|item| copies.copy(item));
                    Ok(Value::list(items.collect::<OpResult<_>>()?))
                })
            }
            Value::Map(map) => {
                let table = map.snapshot();
                self.once(Arc::as_ptr(&table).addr(), |copies| {
                    charge(table.len().saturating_mul(4))?;
                    let mut copy = Table::new(table.order());
                    for (key, value) in table.walk() {
                        copy.insert(key.clone(), copies.copy(value)?)?;
                    }
                    Ok(Value::Map(Map::new(copy)))
                })
            }
            other => Ok(other.clone()),
        }
    }

    fn once(
        &mut self,
        place: usize,
        copy: impl FnOnce(&mut Self) -> OpResult<Value>,
    ) -> OpResult<Value> {
        if let Some(copied) = self.0.get(&place) {
            return Ok(copied.clone());
        }
        let copied = copy(self)?;
        self.0.insert(place, copied.clone());
        Ok(copied)
    }
}

/// Pays for a list or map with room for so many values.
fn charge(values: usize) -> OpResult<()> {
    charge_reading((values + ELEMENT).saturating_mul(ELEMENT))?;
    charge_growth((values + ELEMENT).saturating_mul(size_of::<Value>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_shares_no_list_and_no_map_with_what_was_copied() {
        let inner = Value::list(vec![Value::Null]);
        let value = Value::map([("a".into(), inner.clone()), ("b".into(), inner.clone())]);
        let copy = copy_of(&value).unwrap();
        let (Value::List(inner), Value::Map(copy)) = (inner, copy) else {
            panic!("a list and a map")
        };
        inner.push(Value::Null).unwrap();
        let (Some(Value::List(a)), Some(Value::List(b))) = (copy.get_str("a"), copy.get_str("b"))
        else {
            panic!("two lists")
        };
        assert_eq!(a.len(), 1);
        a.push(Value::Null).unwrap();
        assert_eq!(b.len(), 2);
    }
}
