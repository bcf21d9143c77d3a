//! Everything that a plan lists, written out before anything runs: nodes, loops and each of their turns.

mod build;
mod deployments;
mod looped;
mod turns;

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_model::{NodeId, SectionKind};
use pipewright_resolve::Instance;

pub(crate) use looped::DEPLOYMENT;

use crate::Kind;

/// The place of an entry in the layout: in the order of the document.
pub(crate) type EntryId = usize;

/// Everything that a plan lists.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The pipeline first, each entry before what is inside it.
    pub(crate) entries: Vec<Entry>,
    by_name: HashMap<Arc<str>, EntryId>,
    /// The loops whose turns were too many to be written out, by name.
    pub(crate) cut: Vec<Arc<str>>,
}

/// One thing that a plan lists.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) node: NodeId,
    pub(crate) name: Arc<str>,
    pub(crate) kind: Kind,
    pub(crate) parent: Option<EntryId>,
    /// The first entry behind what is inside.
    pub(crate) end: EntryId,
    /// The turns it stands in, outermost first.
    pub(crate) turns: Arc<[Instance]>,
    pub(crate) lists: Vec<List>,
    /// Of a loop its turns.
    pub(crate) looping: Option<Looping>,
    /// The stage, or turn of one, that it is or stands in.
    pub(crate) stage: Option<EntryId>,
    /// Whether it stands below a rollback section.
    pub(crate) in_rollback: bool,
    /// Whether it stands for a template that is not at hand.
    pub(crate) is_opaque: bool,
    /// Whether the engine drops it: a member of a parallel block inside another.
    pub(crate) is_dropped: bool,
}

/// A list of an entry.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) kind: SectionKind,
    pub(crate) items: Vec<Item>,
}

/// One item of a list.
#[derive(Debug)]
pub(crate) enum Item {
    /// Something by itself.
    One(EntryId),
    /// Several side by side.
    Parallel(Vec<EntryId>),
}

/// What a loop goes through.
#[derive(Debug)]
pub(crate) enum Looping {
    /// These turns.
    Turns(Turns),
    /// Only a run can count them; these names would decide.
    Open(Vec<String>),
}

/// The turns of a loop.
#[derive(Debug)]
pub(crate) struct Turns {
    pub(crate) all: Vec<EntryId>,
    /// How many run side by side.
    pub(crate) at_once: usize,
    /// Whether turns that wait still start after one has failed.
    pub(crate) proceeds: bool,
}

impl Layout {
    pub(crate) const ROOT: EntryId = 0;

    pub(crate) fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id]
    }

    /// The entry of a fully qualified name.
    pub(crate) fn find(&self, name: &str) -> Option<EntryId> {
        self.by_name.get(name).copied()
    }

    /// The entry itself, then the one around it, and so on.
    pub(crate) fn outward(&self, id: EntryId) -> impl Iterator<Item = EntryId> {
        std::iter::successors(Some(id), |inner| self.entry(*inner).parent)
    }

    /// Whether `outer` is `inner` itself or around it.
    pub(crate) fn is_around(&self, outer: EntryId, inner: EntryId) -> bool {
        outer <= inner && inner < self.entry(outer).end
    }

    /// The place of the item of each entry in the lists of the one around it.
    pub(crate) fn items(&self) -> Vec<usize> {
        let mut places = vec![0; self.entries.len()];
        for entry in &self.entries {
            let items = entry.lists.iter().flat_map(|list| &list.items);
            for (place, item) in items.enumerate() {
                for member in item.entries() {
                    places[*member] = place;
                }
            }
        }
        places
    }

    /// The entries directly inside an entry, in the order of the document.
    pub(crate) fn children(&self, id: EntryId) -> impl Iterator<Item = EntryId> {
        let end = self.entry(id).end;
        let first = (id + 1 < end).then_some(id + 1);
        std::iter::successors(first, move |child| {
            let next = self.entry(*child).end;
            (next < end).then_some(next)
        })
    }
}

impl Entry {
    /// Its list of some kind, with something in it.
    pub(crate) fn list(&self, kind: SectionKind) -> Option<&[Item]> {
        let list = self.lists.iter().find(|list| list.kind == kind)?;
        (!list.items.is_empty()).then_some(&list.items)
    }
}

impl Item {
    /// The entries of the item.
    pub(crate) fn entries(&self) -> &[EntryId] {
        match self {
            Self::One(entry) => std::slice::from_ref(entry),
            Self::Parallel(members) => members,
        }
    }
}
