//! Maps and sets: what they hold, and how it is put in.

use std::fmt;
use std::sync::Arc;

use super::holding::{OwnKey, Place, refuse_own};
use super::shared::{Shared, release};
use super::{JavaString, Order, Table, Value};
use crate::OpResult;

/// The entries of a map or set.
#[derive(Debug)]
struct Entries(Shared<Table>);

impl Entries {
    /// Puts `value` under `key` and gives the value it replaces. A key that is a collection is hashed and compared
    /// before the lock is taken, since that reads its own contents.
    fn insert(&self, key: Value, value: Value) -> OpResult<Option<Value>> {
        refuse_own(self.place(), [&key, &value])?;
        if !key.holds_values() {
            return self.0.write(|table| table.insert(key, value));
        }
        let found = self.0.snapshot().find(&key)?;
        Ok(self.0.write(|table| table.put(found, value)))
    }

    /// Puts `value` under these entries themselves, which are `own`, as their key.
    fn insert_under_own(&self, own: &Value, value: Value) -> OpResult<Option<Value>> {
        refuse_own(self.place(), [&value])?;
        let found = self.0.snapshot().find(own)?;
        let found = found.with_key(Value::object(OwnKey));
        Ok(self.0.write(|table| table.put(found, value)))
    }

    fn place(&self) -> Place {
        std::ptr::from_ref(self).addr()
    }

    fn clear(&self) {
        let order = self.0.read(Table::order);
        drop(self.0.replace(Table::new(order)));
    }

    /// Takes out the entry of `key`, which is likewise looked for without the lock.
    fn remove(&self, key: &Value) -> OpResult<Option<Value>> {
        if !key.holds_values() {
            return self.0.write(|table| table.remove(key));
        }
        let found = self.0.snapshot().find(key)?;
        self.0.write(|table| table.take(&found))
    }
}

impl Drop for Entries {
    fn drop(&mut self) {
        if let Some(table) = self.0.take_unshared() {
            release(table.into_parts());
        }
    }
}

/// A `java.util.Map`.
#[derive(Clone)]
pub struct Map(Arc<Entries>);

impl Map {
    /// A map of these entries.
    pub fn new(table: Table) -> Self {
        Self(Arc::new(Entries(Shared::new(table))))
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.0.0.read(Table::len)
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value under `key`; `Some(Null)` where null itself was put.
    pub fn get(&self, key: &Value) -> OpResult<Option<Value>> {
        match key {
            Value::String(text) => Ok(self.get_text(text)),
            _ => Ok(self.snapshot().get(key)?.cloned()),
        }
    }

    /// The value under a string key.
    pub(crate) fn get_text(&self, key: &JavaString) -> Option<Value> {
        self.0.0.read(|table| table.get_text(key).cloned())
    }

    /// The value under a string key.
    pub fn get_str(&self, key: &str) -> Option<Value> {
        self.0.0.read(|table| table.get_str(key).cloned())
    }

    /// Puts `value` under `key` and gives the value it replaces.
    ///
    /// # Errors
    /// Kind `limit` where the map would hold itself, but for the map as its own key; where the key cannot be hashed.
    pub fn insert(&self, key: Value, value: Value) -> OpResult<Option<Value>> {
        match &key {
            Value::Map(map) if map.is_same(self) => self.0.insert_under_own(&key, value),
            _ => self.0.insert(key, value),
        }
    }

    /// Takes out the entry of `key`.
    pub fn remove(&self, key: &Value) -> OpResult<Option<Value>> {
        self.0.remove(key)
    }

    /// Takes out every entry.
    pub fn clear(&self) {
        self.0.clear();
    }

    pub(super) fn place(&self) -> Place {
        self.0.place()
    }

    /// The entries as they are now.
    pub fn snapshot(&self) -> Arc<Table> {
        self.0.0.snapshot()
    }

    /// Whether both are the very same map.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Map({} entries)", self.len())
    }
}

/// A `java.util.Set`.
#[derive(Clone)]
pub struct Set(Arc<Entries>);

impl Set {
    /// The set of these elements. Fails only where an element cannot be hashed.
    pub fn new(order: Order, items: impl IntoIterator<Item = Value>) -> OpResult<Self> {
        let mut table = Table::new(order);
        for item in items {
            table.insert(item, Value::Null)?;
        }
        Ok(Self::of_keys(table))
    }

    /// The set of a table's keys; its values must be null.
    pub(crate) fn of_keys(table: Table) -> Self {
        Self(Arc::new(Entries(Shared::new(table))))
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.0.0.read(Table::len)
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether `item` is in it.
    pub fn contains(&self, item: &Value) -> OpResult<bool> {
        Ok(self.snapshot().get(item)?.is_some())
    }

    /// Puts `item` in; whether it was not there before.
    ///
    /// # Errors
    /// Kind `limit` where the set would hold itself; where the item cannot be hashed.
    pub fn insert(&self, item: Value) -> OpResult<bool> {
        Ok(self.0.insert(item, Value::Null)?.is_none())
    }

    /// Takes `item` out; whether it was there.
    pub fn remove(&self, item: &Value) -> OpResult<bool> {
        Ok(self.0.remove(item)?.is_some())
    }

    /// Replaces the elements by some of them.
    pub(crate) fn rearrange(&self, kept: Table) {
        drop(self.0.0.replace(kept));
    }

    /// Takes out every element.
    pub fn clear(&self) {
        self.0.clear();
    }

    pub(super) fn place(&self) -> Place {
        self.0.place()
    }

    /// The elements as they are now, as the keys of a table.
    pub fn snapshot(&self) -> Arc<Table> {
        self.0.0.snapshot()
    }

    /// The elements in walking order.
    pub fn items(&self) -> Vec<Value> {
        self.snapshot().keys()
    }

    /// Whether both are the very same set.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Set({} elements)", self.len())
    }
}
