//! Arrays, lists, sets and maps.

use std::fmt;
use std::sync::Arc;

use super::holding::{OwnKey, Place, refuse_own};
use super::shared::{Shared, release};
use super::{JavaString, Order, Table, Value};
use crate::OpResult;

/// The element class of a Java array, which decides what it may hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ElementClass {
    /// `boolean[]`
    Boolean,
    /// `byte[]`
    Byte,
    /// `short[]`
    Short,
    /// `char[]`
    Char,
    /// `int[]`
    Int,
    /// `long[]`
    Long,
    /// `float[]`
    Float,
    /// `double[]`
    Double,
    /// An array of objects of the class with this name, such as `java.lang.String`.
    Object(&'static str),
}

impl ElementClass {
    /// `Object[]`
    pub const OBJECT: Self = Self::Object("java.lang.Object");
    /// `String[]`
    pub(crate) const STRING: Self = Self::Object("java.lang.String");

    /// Whether its elements are primitive values, which are never null.
    pub const fn is_primitive(self) -> bool {
        !matches!(self, Self::Object(_))
    }

    /// The name of the array's class, such as `[I` or `[Ljava.lang.String;`.
    pub(crate) fn array_class(self) -> String {
        let code = match self {
            Self::Boolean => "Z",
            Self::Byte => "B",
            Self::Short => "S",
            Self::Char => "C",
            Self::Int => "I",
            Self::Long => "J",
            Self::Float => "F",
            Self::Double => "D",
            Self::Object(name) => return format!("[L{name};"),
        };
        format!("[{code}")
    }
}

/// The elements of an array or list.
#[derive(Debug)]
struct Items(Shared<Vec<Value>>);

impl Items {
    fn set(&self, index: usize, value: Value) -> OpResult<Option<Value>> {
        refuse_own(self.place(), [&value])?;
        Ok(self.0.write(|items| {
            let element = items.get_mut(index)?;
            Some(std::mem::replace(element, value))
        }))
    }

    fn place(&self) -> Place {
        std::ptr::from_ref(self).addr()
    }
}

impl Drop for Items {
    fn drop(&mut self) {
        if let Some(items) = self.0.take_unshared() {
            release(items.into_iter());
        }
    }
}

/// The entries of a map or set.
#[derive(Debug)]
struct Entries(Shared<Table>);

impl Entries {
    /// Puts `value` under `key` and gives the value it replaces. A key that is a collection is hashed and compared before the
    /// lock is taken, since that reads its own contents.
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

/// A Java array: fixed length, equal only to itself.
#[derive(Clone)]
pub struct Array {
    element: ElementClass,
    items: Arc<Items>,
}

impl Array {
    /// An array of `element` with these elements.
    pub fn new(element: ElementClass, items: Vec<Value>) -> Self {
        Self {
            element,
            items: Arc::new(Items(Shared::new(items))),
        }
    }

    /// A `String[]`.
    pub(crate) fn of_strings(items: impl IntoIterator<Item = JavaString>) -> Self {
        Self::new(
            ElementClass::STRING,
            items.into_iter().map(Value::String).collect(),
        )
    }

    /// The class of its elements.
    pub const fn element(&self) -> ElementClass {
        self.element
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.items.0.read(Vec::len)
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at `index`.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.items.0.read(|items| items.get(index).cloned())
    }

    /// Puts `value` at `index` and gives what was there; `None` out of range. The caller has made sure of its class.
    ///
    /// # Errors
    /// Kind `limit` where the array would hold itself.
    pub fn set(&self, index: usize, value: Value) -> OpResult<Option<Value>> {
        self.items.set(index, value)
    }

    pub(super) fn place(&self) -> Place {
        self.items.place()
    }

    /// The elements as they are now.
    pub fn snapshot(&self) -> Arc<Vec<Value>> {
        self.items.0.snapshot()
    }

    /// Whether both are the very same array.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.items, &other.items)
    }
}

impl fmt::Debug for Array {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({} elements)", self.element.array_class(), self.len())
    }
}

/// A `java.util.List`.
#[derive(Clone)]
pub struct List(Arc<Items>);

impl List {
    /// A list of these elements.
    pub fn new(items: Vec<Value>) -> Self {
        Self(Arc::new(Items(Shared::new(items))))
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
        drop(self.0.0.write(|items| std::mem::replace(items, kept)));
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
        drop(self.0.0.write(Table::take_all));
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
        drop(self.0.0.write(|table| std::mem::replace(table, kept)));
    }

    /// Takes out every element.
    pub fn clear(&self) {
        drop(self.0.0.write(Table::take_all));
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
