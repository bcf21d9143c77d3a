//! Iterators.

use std::any::Any;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::budget;
use crate::value::{JavaString, List, Object};
use crate::{Failure, OpResult, Value};

/// An iterator over these elements.
pub(super) fn over(items: Vec<Value>) -> OpResult {
    budget::grow_values(items.len())?;
    Ok(Value::object(Iterator {
        items: List::new(items),
        next: AtomicUsize::new(0),
    }))
}

#[derive(Debug)]
struct Iterator {
    items: List,
    next: AtomicUsize,
}

impl Object for Iterator {
    fn type_name(&self) -> &'static str {
        "Iterator"
    }

    fn text(&self) -> OpResult<JavaString> {
        Ok("java.util.Iterator@0".into())
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        match (method, arguments) {
            ("hasNext", []) => {
                let more = self.next.load(Ordering::Relaxed) < self.items.len();
                Ok(Some(more.into()))
            }
            ("next", []) => {
                let next = self.next.fetch_add(1, Ordering::Relaxed);
                match self.items.get(next) {
                    Some(item) => Ok(Some(item)),
                    None => Err(Failure::method("the iterator has no more elements")),
                }
            }
            _ => Ok(None),
        }
    }

    fn items(&self) -> OpResult<Option<Vec<Value>>> {
        budget::read_elements(self.items.len())?;
        let left = self.next.swap(self.items.len(), Ordering::Relaxed);
        Ok(Some(
            self.items
                .snapshot()
                .get(left..)
                .unwrap_or_default()
                .to_vec(),
        ))
    }

    fn each_held(&self, look: &mut dyn FnMut(&Value)) {
        look(&Value::List(self.items.clone()));
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
