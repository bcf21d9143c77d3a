//! What a look-up has to say beyond its value: why something is null, and what would have to be given.

use std::sync::{Arc, Mutex, PoisonError};

use crate::Nowhere;

/// A remark on one name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// The name: fully qualified where it is part of the pipeline.
    pub name: String,
    /// Which kind of remark.
    pub kind: NoteKind,
    /// The fact, as the end of a sentence.
    pub reason: Arc<str>,
    /// Why the path leads nowhere, if that is the fact.
    pub nowhere: Option<Nowhere>,
}

/// The kinds of remark.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoteKind {
    /// The name is null, as the engine would find.
    Null,
    /// The name is known to a run only, unless its value is given.
    Unknown,
}

/// How many notes are kept; a text may read more names than anyone wants to hear of.
const MAX_NOTES: usize = 200;

/// Collects notes from every object of a context.
#[derive(Debug, Default)]
pub(crate) struct Notes(Mutex<Vec<Note>>);

impl Notes {
    pub(crate) fn add(&self, name: &str, kind: NoteKind, reason: &Arc<str>) {
        self.push(name, kind, reason, None);
    }

    /// Adds that the path leads nowhere, so that the name is null.
    pub(crate) fn add_nowhere(&self, name: &str, why: Nowhere) {
        self.push(name, NoteKind::Null, &why.to_string().into(), Some(why));
    }

    fn push(&self, name: &str, kind: NoteKind, reason: &Arc<str>, nowhere: Option<Nowhere>) {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |notes: &[Note]| {
            notes
                .iter()
                .all(|note| note.name != name || note.reason != *reason)
        };
        if notes.len() < MAX_NOTES && is_new(&notes) {
            notes.push(Note {
                name: name.to_owned(),
                kind,
                reason: Arc::clone(reason),
                nowhere,
            });
        }
    }

    /// Forgets them.
    pub(crate) fn clear(&self) {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notes.clear();
    }

    pub(crate) fn all(&self) -> Vec<Note> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
