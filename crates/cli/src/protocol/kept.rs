//! What is kept from one line for the next, so that it is not made again.

use std::collections::HashMap;
use std::hash::Hash;

use crate::answer::Fault;

/// How many of a kind are kept: engines with different settings, or positions.
const MOST_KEPT: usize = 64;

/// What is kept under a key, made if it is not among those; where they are too many, all are made anew.
pub(super) fn found_or_made<'k, K: Clone + Eq + Hash, V>(
    kept: &'k mut HashMap<K, V>,
    key: &K,
    make: impl FnOnce(&K) -> Result<V, Fault>,
) -> Result<&'k V, Fault> {
    if !kept.contains_key(key) {
        let value = make(key)?;
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(key.clone(), value);
    }
    Ok(&kept[key])
}
