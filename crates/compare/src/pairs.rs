//! Which document before is which one after: by file and identifier, then by identifier, then by file.

use std::collections::{BTreeMap, HashSet};

use pipewright_analysis::Snapshot;
use pipewright_model::DocumentKind;
use pipewright_source::FileId;

use crate::PartKind;
use crate::part::{documents, identifier};

/// A document of a snapshot, by its file and its place in that.
pub(crate) type At = (FileId, usize);

/// The documents of two snapshots: those that are one and the same, and those that only one has.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    pub(crate) both: Vec<(At, At)>,
    pub(crate) gone: Vec<At>,
    pub(crate) new: Vec<At>,
}

/// What tells a document from others of its kind.
struct Label<'s> {
    at: At,
    kind: PartKind,
    file: &'s str,
    identifier: &'s str,
    /// Of a template.
    version: &'s str,
}

/// What two documents have to have in common.
type KeyOf = fn(&Label<'_>) -> Option<[String; 3]>;

impl Pairs {
    pub(crate) fn new(base: &Snapshot, head: &Snapshot) -> Self {
        let (before, after) = (labels(base), labels(head));
        let mut pairs = Self::default();
        let mut left: Vec<&Label<'_>> = after.iter().collect();
        let mut gone: Vec<&Label<'_>> = before.iter().collect();
        let keys: [KeyOf; 4] = [
            |of| Some([of.file, of.identifier, of.version].map(str::to_owned)),
            |of| {
                let named = [of.identifier, of.version, ""].map(str::to_owned);
                (!of.identifier.is_empty()).then_some(named)
            },
            |of| Some([of.file, of.identifier, ""].map(str::to_owned)),
            |of| Some([of.file, "", ""].map(str::to_owned)),
        ];
        for (number, key) in keys.into_iter().enumerate() {
            // By its identifier alone one is known only where no other has it.
            let only_one = number == 1;
            let mut there: BTreeMap<(PartKind, [String; 3]), Vec<usize>> = BTreeMap::new();
            for (place, label) in left.iter().enumerate() {
                if let Some(key) = key(label) {
                    there.entry((label.kind, key)).or_default().push(place);
                }
            }
            let mut taken: HashSet<usize> = HashSet::new();
            let mut wanted: BTreeMap<(PartKind, [String; 3]), usize> = BTreeMap::new();
            for label in &gone {
                if let Some(key) = key(label) {
                    *wanted.entry((label.kind, key)).or_default() += 1;
                }
            }
            gone.retain(|label| {
                let Some(key) = key(label) else { return true };
                let key = (label.kind, key);
                let Some(places) = there.get_mut(&key) else {
                    return true;
                };
                let is_certain = places.len() == 1 && wanted.get(&key) == Some(&1);
                if places.is_empty() || (only_one && !is_certain) {
                    return true;
                }
                let place = places.remove(0);
                taken.insert(place);
                pairs.both.push((label.at, left[place].at));
                false
            });
            let mut place = 0;
            left.retain(|_| {
                place += 1;
                !taken.contains(&(place - 1))
            });
        }
        pairs.gone = gone.iter().map(|label| label.at).collect();
        pairs.new = left.iter().map(|label| label.at).collect();
        pairs
    }
}

fn labels(snapshot: &Snapshot) -> Vec<Label<'_>> {
    let mut labels = Vec::new();
    for (place, file) in snapshot.ids() {
        for (number, document) in documents(snapshot, file) {
            let version = match &document.kind {
                DocumentKind::Template(template) => template.version_label.as_ref(),
                _ => None,
            };
            labels.push(Label {
                at: (file, number),
                kind: PartKind::of(&document.kind),
                file: place,
                identifier: identifier(&document.kind),
                version: version.map_or("", |version| &version.text),
            });
        }
    }
    labels
}
