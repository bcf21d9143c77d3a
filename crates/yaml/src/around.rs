//! From a place in the file to the nodes around it.

use pipewright_source::TextRange;

use crate::{Entry, NodeId, NodeKind, Tree};

/// A part of a collection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The key of an entry.
    Key(Entry),
    /// The value of an entry.
    Value(Entry),
    /// An item of a list, with its number from 0.
    Item(usize, NodeId),
}

impl Part {
    /// The node itself.
    pub const fn node(self) -> NodeId {
        match self {
            Self::Key(entry) => entry.key,
            Self::Value(entry) => entry.value,
            Self::Item(_, node) => node,
        }
    }
}

/// Nodes are in the order of the file, but where templates or merged keys were written between them: the last that
/// begins before the range is asked first, then each.
impl Tree {
    /// The number of the document around a range of the file, from 0, with its root.
    pub fn root_around(&self, range: TextRange) -> Option<(usize, NodeId)> {
        self.item_around(self.roots(), range)
    }

    /// The part of a collection around a range of the file. Nothing is around it in a node that stands for another.
    pub fn part_around(&self, collection: NodeId, range: TextRange) -> Option<Part> {
        match &self.raw(collection).kind {
            NodeKind::Mapping(entries) => {
                let part = |entry: &Entry| {
                    if self.holds(entry.key, range) {
                        Some(Part::Key(*entry))
                    } else if self.holds(entry.value, range) {
                        Some(Part::Value(*entry))
                    } else {
                        None
                    }
                };
                let behind = entries.partition_point(|entry| self.begins_before(entry.key, range));
                let last = entries[..behind].last();
                last.into_iter().chain(entries).find_map(part)
            }
            NodeKind::Sequence(items) => {
                let (number, item) = self.item_around(items, range)?;
                Some(Part::Item(number, item))
            }
            NodeKind::Scalar(_) | NodeKind::Alias(_) | NodeKind::BrokenAlias => None,
        }
    }

    /// The parts of collections around a range of the file, from the root of its document to the innermost.
    pub fn parts_around(&self, range: TextRange) -> impl Iterator<Item = Part> {
        let root = self.root_around(range).map(|(_, root)| root);
        let first = root.and_then(|root| self.part_around(root, range));
        std::iter::successors(first, move |part| self.part_around(part.node(), range))
    }

    fn item_around(&self, items: &[NodeId], range: TextRange) -> Option<(usize, NodeId)> {
        let behind = items.partition_point(|item| self.begins_before(*item, range));
        let last = behind.checked_sub(1);
        let mut places = last.into_iter().chain(0..items.len());
        let place = places.find(|place| self.holds(items[*place], range))?;
        Some((place, items[place]))
    }

    fn holds(&self, id: NodeId, range: TextRange) -> bool {
        self.raw(id).range.contains_range(range)
    }

    fn begins_before(&self, id: NodeId, range: TextRange) -> bool {
        self.raw(id).range.start() <= range.start()
    }
}

#[cfg(test)]
mod tests {
    use pipewright_source::FileId;

    use super::*;

    #[test]
    fn parts_lead_from_the_root_to_a_place() {
        let text = "a: 1\n---\nb:\n  - c: x\n    <<: { d: y }\n  - [e, z]\n";
        let tree = crate::parse(FileId(0), text);
        let path = |place: &str| {
            let start = text.find(place).unwrap();
            let range = TextRange::of(start, start + place.len());
            let document = tree.root_around(range).map(|(number, _)| number);
            let parts = tree.parts_around(range).map(|part| match part {
                Part::Key(entry) => format!("key {}", tree.text(entry.key).unwrap()),
                Part::Value(entry) => format!("value {}", tree.text(entry.key).unwrap()),
                Part::Item(number, _) => format!("item {number}"),
            });
            (document, parts.collect::<Vec<_>>().join(", "))
        };
        let cases = [
            ("a", Some(0), "key a"),
            ("1", Some(0), "value a"),
            ("x", Some(1), "value b, item 0, value c"),
            ("y", Some(1), "value b, item 0, value d"),
            ("z", Some(1), "value b, item 1, item 1"),
            ("---", None, ""),
        ];
        for (place, document, parts) in cases {
            assert_eq!(path(place), (document, parts.to_owned()), "{place}");
        }
    }
}
