//! Lists.

use std::fmt;
use std::sync::Arc;

use super::Value;
use super::holding::{Place, refuse_own};
use super::items::Items;
use crate::OpResult;

/// A `java.util.List`.
#[derive(Clone)]
pub struct List(Arc<Items>);

impl List {
    /// A list of these elements.
    pub fn new(items: Vec<Value>) -> Self {
        Self(Arc::new(Items::new(items)))
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.0.0.read(Vec::len)
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at `index`.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.0.0.read(|items| items.get(index).cloned())
    }

    /// The elements as they are now.
    pub fn snapshot(&self) -> Arc<Vec<Value>> {
        self.0.0.snapshot()
    }

    /// Puts values at `index`, or at the end where that is before it.
    ///
    /// # Errors
    /// Kind `limit` where the list would hold itself.
    pub fn insert(&self, index: usize, values: Vec<Value>) -> OpResult<()> {
        refuse_own(self.place(), &values)?;
        self.0.0.write(|items| {
            let index = index.min(items.len());
            items.splice(index..index, values);
        });
        Ok(())
    }

    /// Puts a value at the end.
    ///
    /// # Errors
    /// Kind `limit` where the list would hold itself.
    pub fn push(&self, value: Value) -> OpResult<()> {
        refuse_own(self.place(), [&value])?;
        self.0.0.write(|items| items.push(value));
        Ok(())
    }

    /// Puts `value` at `index` and gives what was there; `None` out of range.
    ///
    /// # Errors
    /// Kind `limit` where the list would hold itself.
    pub fn set(&self, index: usize, value: Value) -> OpResult<Option<Value>> {
        self.0.set(index, value)
    }

    /// Takes out the element at `index`; `None` out of range.
    pub fn remove(&self, index: usize) -> Option<Value> {
        let take = |items: &mut Vec<Value>| (index < items.len()).then(|| items.remove(index));
        self.0.0.write(take)
    }

    /// Replaces the elements by some of them, in any order.
    pub(crate) fn rearrange(&self, kept: Vec<Value>) {
        drop(self.0.0.replace(kept));
    }

    pub(super) fn place(&self) -> Place {
        self.0.place()
    }

    /// Whether both are the very same list.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "List({} elements)", self.len())
    }
}
