//! What is kept from one line for the next, so that it is not made again.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use crate::answer::Fault;

/// How many of a kind are kept: engines with different settings, positions, texts.
const MOST_KEPT: usize = 64;

/// What is kept under a key, made if it is not among those; where they are too many, all are made anew.
pub(super) fn found_or_made<'k, K, Q, V>(
    kept: &'k mut HashMap<K, V>,
    key: &Q,
    make: impl FnOnce(&Q) -> Result<V, Fault>,
) -> Result<&'k V, Fault>
where
    K: Borrow<Q> + Eq + Hash,
    Q: ToOwned<Owned = K> + Eq + Hash + ?Sized,
{
    if !kept.contains_key(key) {
        let value = make(key)?;
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(key.to_owned(), value);
    }
    Ok(&kept[key])
}
