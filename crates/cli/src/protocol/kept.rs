//! What is kept from one line for the next, so that it is not made again.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use crate::answer::Fault;

/// How many of a kind are kept: engines with different settings, or positions.
const MOST_KEPT: usize = 64;

/// What is kept under a key, made if it is not among those; where they are too many, all are made anew.
pub(super) fn found_or_made<K: Eq + Hash, V>(
    kept: &mut HashMap<K, V>,
    key: K,
    make: impl FnOnce(&K) -> Result<V, Fault>,
) -> Result<&V, Fault> {
    if kept.len() >= MOST_KEPT && !kept.contains_key(&key) {
        kept.clear();
    }
    match kept.entry(key) {
        Entry::Occupied(found) => Ok(found.into_mut()),
        Entry::Vacant(place) => {
            let value = make(place.key())?;
            Ok(place.insert(value))
        }
    }
}
