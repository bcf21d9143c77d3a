//! The entries of maps and sets, in insertion order or in the order of a Java `HashMap`.

use std::hash::{BuildHasher as _, Hash, Hasher};

use foldhash::fast::RandomState;
use indexmap::map::raw_entry_v1::{RawEntryApiV1 as _, RawEntryMut};
use indexmap::{Equivalent, IndexMap};

use super::{JavaString, Value, equals, hash_code};
use crate::OpResult;
use crate::budget;

/// In which order entries are walked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Order {
    /// As they were put in: context objects, JSON.
    Insertion,
    /// As a `java.util.HashMap` with this many buckets walks them: literals.
    Hash {
        /// The number of buckets, a power of two; the table doubles it as it fills.
        buckets: u32,
    },
}

impl Order {
    /// The order of `new HashMap()`.
    pub const fn hash() -> Self {
        Self::Hash { buckets: 16 }
    }

    /// The order of `new HashMap(size)`.
    pub(crate) fn hash_sized(size: usize) -> Self {
        let size = u32::try_from(size).unwrap_or(1 << 30).min(1 << 30);
        Self::Hash {
            buckets: size.max(1).next_power_of_two(),
        }
    }

    /// Grows the buckets as a `HashMap` does when it holds `len` entries.
    fn fill(&mut self, len: usize) {
        if let Self::Hash { buckets } = self {
            while len > (*buckets as usize) * 3 / 4 && *buckets < 1 << 30 {
                *buckets *= 2;
            }
        }
    }
}

/// A key with its Java hash code. Keys are equal where Java's `equals` says so.
#[derive(Clone, Debug)]
struct Key {
    value: Value,
    /// `hashCode()`, which is the order of a `HashMap`; strings are looked up by their text instead.
    hash: i32,
}

impl Key {
    fn new(value: Value) -> OpResult<Self> {
        let hash = hash_code(&value)?;
        Ok(Self { value, hash })
    }

    fn text(text: JavaString, order: Order) -> Self {
        let hash = match order {
            Order::Insertion => 0,
            Order::Hash { .. } => text.hash_code(),
        };
        Self {
            value: Value::String(text),
            hash,
        }
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.value {
            Value::String(text) => text.hash(state),
            _ => state.write_i32(self.hash),
        }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::String(a), Value::String(b)) => a == b,
            (a, b) => self.hash == other.hash && equals(a, b).unwrap_or(false),
        }
    }
}

impl Eq for Key {}

/// A string looked up without making a key of it.
#[derive(Hash)]
#[repr(transparent)]
struct TextKey<'a>(&'a JavaString);

impl Equivalent<Key> for TextKey<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        key.value.as_string() == Some(self.0)
    }
}

/// Text looked up without making a string of it.
#[derive(Hash)]
struct StrKey<'a>(&'a str);

impl Equivalent<Key> for StrKey<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        matches!(&key.value, Value::String(text) if text == self.0)
    }
}

/// A key and its index in a table, if it is there: what [`Table::find`] found.
pub(super) struct Found {
    key: Key,
    index: Option<usize>,
}

impl Found {
    /// The same place for another key.
    pub(super) fn with_key(mut self, value: Value) -> Self {
        self.key.value = value;
        self
    }
}

/// Keys and values. Sets keep `null` as every value.
#[derive(Clone, Debug)]
pub struct Table {
    entries: IndexMap<Key, Value, RandomState>,
    order: Order,
}

impl Default for Table {
    fn default() -> Self {
        Self::new(Order::Insertion)
    }
}

impl Table {
    /// A table without entries.
    pub fn new(order: Order) -> Self {
        Self {
            entries: IndexMap::default(),
            order,
        }
    }

    /// A table without entries that has room for so many.
    pub(crate) fn with_capacity(order: Order, entries: usize) -> Self {
        Self {
            entries: IndexMap::with_capacity_and_hasher(entries, RandomState::default()),
            order,
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// In which order it is walked.
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The value under `key`. Fails only where the key cannot be hashed.
    pub fn get(&self, key: &Value) -> OpResult<Option<&Value>> {
        if let Value::String(text) = key {
            budget::read_bytes(text.bytes())?;
            return Ok(self.get_text(text));
        }
        let key = Key::new(key.clone())?;
        budget::honest(|| self.entries.get(&key))
    }

    /// The value under a string key.
    pub(crate) fn get_text(&self, key: &JavaString) -> Option<&Value> {
        self.entries.get(&TextKey(key))
    }

    /// The value under a string key.
    pub fn get_str(&self, key: &str) -> Option<&Value> {
        self.entries.get(&StrKey(key))
    }

    /// Puts a value under a key and gives the value it replaces. An equal key stays where and what it is.
    pub fn insert(&mut self, key: Value, value: Value) -> OpResult<Option<Value>> {
        budget::hash_elements(1)?;
        let key = match key {
            Value::String(text) => {
                budget::read_bytes(text.bytes())?;
                Key::text(text, self.order)
            }
            key => Key::new(key)?,
        };
        let replaced = budget::honest(|| self.entries.insert(key, value))?;
        self.order.fill(self.entries.len());
        Ok(replaced)
    }

    /// Puts a value under a string key.
    pub fn insert_text(&mut self, key: JavaString, value: Value) -> Option<Value> {
        let key = Key::text(key, self.order);
        let replaced = self.entries.insert(key, value);
        self.order.fill(self.entries.len());
        replaced
    }

    /// Takes out the entry of `key`.
    pub(crate) fn remove(&mut self, key: &Value) -> OpResult<Option<Value>> {
        let found = self.find(key)?;
        self.take(&found)
    }

    /// Where `key` stands or would stand.
    pub(super) fn find(&self, key: &Value) -> OpResult<Found> {
        budget::hash_elements(1)?;
        let key = match key {
            Value::String(text) => {
                budget::read_bytes(text.bytes())?;
                Key::text(text.clone(), self.order)
            }
            key => Key::new(key.clone())?,
        };
        let index = budget::honest(|| self.entries.get_index_of(&key))?;
        Ok(Found { key, index })
    }

    /// Puts a value where its key was found and gives the value it replaces. No keys are compared.
    pub(super) fn put(&mut self, found: Found, value: Value) -> Option<Value> {
        if let Some((_, old)) = found
            .index
            .and_then(|index| self.entries.get_index_mut(index))
        {
            return Some(std::mem::replace(old, value));
        }
        let hash = self.entries.hasher().hash_one(&found.key);
        let vacant = self.entries.raw_entry_mut_v1().from_hash(hash, |_| false);
        if let RawEntryMut::Vacant(vacant) = vacant {
            vacant.insert_hashed_nocheck(hash, found.key, value);
        }
        self.order.fill(self.entries.len());
        None
    }

    /// Takes out what was found. No keys are compared.
    pub(super) fn take(&mut self, found: &Found) -> OpResult<Option<Value>> {
        let Some(index) = found.index else {
            return Ok(None);
        };
        budget::move_elements(self.entries.len().saturating_sub(index))?;
        let taken = self.entries.shift_remove_index(index);
        Ok(taken.map(|(_, value)| value))
    }

    /// The entries in the order they were put in.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&Value, &Value)> {
        self.entries.iter().map(|(key, value)| (&key.value, value))
    }

    /// The entries in the order of [`Table::order`].
    pub fn walk(&self) -> Vec<(&Value, &Value)> {
        match self.order {
            Order::Insertion => self
                .entries
                .iter()
                .map(|(key, value)| (&key.value, value))
                .collect(),
            Order::Hash { buckets } => {
                let mut placed: Vec<_> = self
                    .entries
                    .iter()
                    .map(|(key, value)| (bucket(key.hash, buckets), &key.value, value))
                    .collect();
                placed.sort_by_key(|(bucket, _, _)| *bucket);
                placed
                    .into_iter()
                    .map(|(_, key, value)| (key, value))
                    .collect()
            }
        }
    }

    /// The keys in the order of [`Table::order`].
    pub fn keys(&self) -> Vec<Value> {
        self.walk()
            .into_iter()
            .map(|(key, _)| key.clone())
            .collect()
    }

    /// The values in the order of [`Table::order`].
    pub fn values(&self) -> Vec<Value> {
        self.walk()
            .into_iter()
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// Looks at every key and value, in no order.
    pub(super) fn each(&self, mut look: impl FnMut(&Value)) {
        for (key, value) in &self.entries {
            look(&key.value);
            look(value);
        }
    }

    /// Every key and value, for dropping.
    pub(crate) fn into_parts(self) -> impl Iterator<Item = Value> {
        self.entries
            .into_iter()
            .flat_map(|(key, value)| [key.value, value])
    }
}

/// The bucket of a `HashMap`: the upper half of the hash code is spread into the lower.
fn bucket(hash: i32, buckets: u32) -> u32 {
    let hash = hash.cast_unsigned();
    (hash ^ (hash >> 16)) & (buckets - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(order: Order, keys: &[&str]) -> String {
        let mut table = Table::new(order);
        for key in keys {
            table.insert_text((*key).into(), Value::Null);
        }
        let names: Vec<String> = table
            .keys()
            .iter()
            .map(|key| key.as_string().unwrap().to_string())
            .collect();
        names.join(" ")
    }

    #[test]
    fn hash_order_is_that_of_a_java_hash_map() {
        assert_eq!(keys(Order::hash(), &["z", "k", "a"]), "a z k");
        assert_eq!(
            keys(Order::hash(), &["banana", "apple", "cherry"]),
            "banana apple cherry"
        );
        assert_eq!(keys(Order::Insertion, &["z", "k", "a"]), "z k a");
    }

    #[test]
    fn numbers_of_different_classes_are_different_keys() {
        let mut table = Table::default();
        table.insert(Value::Integer(1), "int".into()).unwrap();
        table.insert(Value::Long(1), "long".into()).unwrap();
        assert_eq!(table.len(), 2);
        let found = table.get(&Value::Long(1)).unwrap().unwrap();
        assert_eq!(found.as_string().unwrap(), &"long");
    }
}
