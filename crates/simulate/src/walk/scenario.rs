//! What one walk takes for granted: how unknown conditions turn out, and whose failures are left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::condition::Question;
use crate::layout::EntryId;

/// What one walk takes for granted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scenario {
    /// How conditions turn out that are unknown; those not named are true.
    pub(crate) turned_out: BTreeMap<Question, bool>,
    /// The branches whose failures are left out.
    pub(crate) without_failures: BTreeSet<Branch>,
    /// The turns that wait, and whether they are skipped, against what the walk would find.
    pub(crate) queue: BTreeMap<EntryId, bool>,
}

/// One of several branches that run side by side: its first entry; and everything below.
pub(crate) type Branch = EntryId;

/// A turn that had to wait.
#[derive(Clone, Debug)]
pub(crate) struct Queued {
    pub(crate) turn: EntryId,
    /// Whether it was skipped.
    pub(crate) skipped: bool,
}
