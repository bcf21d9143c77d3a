//! The order of the nodes in a plan: as they start, and where they do not, behind what stands before them.

use crate::layout::{EntryId, Layout};
use crate::walk::Walk;

/// Every entry: those with a record by the time of the first one, in one tick by the document; one without follows the
/// last one listed below what stands before it, or what it stands in.
pub(super) fn in_order(layout: &Layout, walk: &Walk<'_, '_>) -> Vec<EntryId> {
    let count = layout.entries.len();
    let mut recorded: Vec<EntryId> = (0..count)
        .filter(|entry| walk.cells[*entry].created.is_some())
        .collect();
    recorded.sort_by_key(|entry| (walk.cells[*entry].created, *entry));
    let mut rank = vec![0; count];
    for (place, entry) in recorded.iter().enumerate() {
        rank[*entry] = place + 1;
    }
    let mut anchors = Anchors {
        rank,
        last: (0..count).collect(),
        anchor: vec![0; count],
    };
    anchors.sum_up(layout);
    let mut followers: Vec<Vec<EntryId>> = vec![Vec::new(); count];
    let mut before: Vec<Option<EntryId>> = vec![None; count];
    for entry in 0..count {
        let parent = layout.entry(entry).parent;
        let sibling = parent.and_then(|parent| before[parent].replace(entry));
        if anchors.rank[entry] > 0 {
            anchors.anchor[entry] = entry;
            continue;
        }
        let behind = match (sibling, parent) {
            (Some(sibling), _) => anchors.last_of(sibling),
            (None, Some(parent)) => anchors.anchor[parent],
            (None, None) => continue,
        };
        anchors.anchor[entry] = behind;
        followers[behind].push(entry);
    }
    let mut order = Vec::with_capacity(count);
    for entry in recorded {
        order.push(entry);
        order.append(&mut followers[entry]);
    }
    order
}

struct Anchors {
    /// Of an entry with a record its place among them, from 1.
    rank: Vec<usize>,
    /// The last entry with a record at or below each.
    last: Vec<EntryId>,
    /// The entry with a record that each follows, or is.
    anchor: Vec<EntryId>,
}

impl Anchors {
    /// Finds the last entry with a record below each. Inner ones come first.
    fn sum_up(&mut self, layout: &Layout) {
        for entry in (1..layout.entries.len()).rev() {
            let Some(parent) = layout.entry(entry).parent else {
                continue;
            };
            let (inner, outer) = (self.last[entry], self.last[parent]);
            if self.rank[inner] > self.rank[outer] {
                self.last[parent] = inner;
            }
        }
    }

    /// The entry with a record behind which what follows `sibling` comes.
    fn last_of(&self, sibling: EntryId) -> EntryId {
        let last = self.last[sibling];
        if self.rank[last] > 0 {
            last
        } else {
            self.anchor[sibling]
        }
    }
}
