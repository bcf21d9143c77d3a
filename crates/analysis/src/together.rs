//! The files of a snapshot as one project, and what of an earlier one still holds.
//!
//! Every answer notes which documents it looked up, found or not. After an edit those answers hold on whose own file is
//! the same, whose file belongs to the same place, and that looked up none of the documents that changed: those of the
//! files that were edited, before and after, and of files that belong elsewhere now.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use pipewright_context::loops_of;
use pipewright_resolve::{Home, LookUps, Project, ProjectFile, role};
use pipewright_source::FileId;

use crate::file::{Belonging, File, Files, Shared};
use crate::prepared::{Key, PrepareError, Prepared};
use crate::values::FileWork;
use crate::{FileKind, WrittenOut};

/// The files that say something to each other.
#[derive(Debug)]
pub(crate) struct Together {
    files: Files,
    project: Project,
    places: BTreeMap<FileId, usize>,
    /// What was made for each file of the project.
    made: Vec<Made>,
}

/// What was made for one file.
#[derive(Debug, Default)]
struct Made {
    written_out: OnceLock<Arc<WrittenOut>>,
    /// What evaluating its texts may still cost.
    work: FileWork,
    prepared: Mutex<HashMap<Key, Arc<Prepared>>>,
}

impl Together {
    /// Puts the files together, of which the `joined` belong to all others. What still holds of `before` is taken over.
    pub(crate) fn new(
        files: &Files,
        (belonging, joined): (Belonging, &BTreeSet<FileId>),
        before: Option<&Self>,
        shared: &Shared,
    ) -> Self {
        let is_member = |id: FileId, file: &File| {
            let parsed = file.parsed(id, shared);
            match belonging {
                Belonging::ByDirectory => {
                    matches!(parsed.kind, FileKind::Harness | FileKind::Version1)
                }
                Belonging::Together => !parsed.documents.is_empty(),
            }
        };
        let members: Vec<(FileId, &Arc<File>)> = files
            .iter()
            .map(|(id, file)| (*id, file))
            .filter(|(id, file)| is_member(*id, file))
            .collect();
        let of_project = members.iter().map(|(id, file)| {
            let parsed = file.parsed(*id, shared);
            ProjectFile {
                name: Arc::clone(&file.place),
                tree: Arc::clone(&parsed.tree),
                documents: Arc::clone(&parsed.documents),
                is_joined: belonging == Belonging::Together || joined.contains(id),
            }
        });
        let project = Project::new(of_project.collect()).counting_loops(loops_of);
        let places = members.iter().zip(0..);
        let together = Self {
            files: files.clone(),
            project,
            places: places.map(|((id, _), place)| (*id, place)).collect(),
            made: members.iter().map(|_| Made::default()).collect(),
        };
        if let Some(before) = before {
            together.take_over(before, shared);
        }
        together
    }

    fn take_over(&self, before: &Self, shared: &Shared) {
        let changed = self.changed_since(before, shared);
        for (id, place) in &self.places {
            let Some(was_at) = before.places.get(id) else {
                continue;
            };
            if !self.is_as_before(*id, before) {
                continue;
            }
            let (old, new) = (&before.made[*was_at], &self.made[*place]);
            if let Some(known) = old.written_out.get()
                && !known.asked.contain_any(&changed)
            {
                self.project
                    .keep(*place, before.project.expansion(*was_at).cloned());
                // Nobody else has the new one yet.
                let _ = new.written_out.set(Arc::clone(known));
            }
            let holds = |(key, prepared): &(&Key, &Arc<Prepared>)| {
                let mut sets = key.input_sets.iter();
                !prepared.asked.contain_any(&changed)
                    && sets.all(|set| self.is_as_before(*set, before))
            };
            let known = old.prepared.lock().unwrap_or_else(PoisonError::into_inner);
            let kept = known.iter().filter(holds);
            let kept = kept.map(|(key, prepared)| (key.clone(), Arc::clone(prepared)));
            let mut prepared = new.prepared.lock().unwrap_or_else(PoisonError::into_inner);
            prepared.extend(kept);
        }
    }

    /// Whether a file is there with the same text, and belongs to the same place.
    fn is_as_before(&self, id: FileId, before: &Self) -> bool {
        let same_text = match (self.files.get(&id), before.files.get(&id)) {
            (Some(now), Some(then)) => Arc::ptr_eq(now, then),
            _ => false,
        };
        same_text && self.home(id) == before.home(id)
    }

    fn home(&self, id: FileId) -> Option<&Home> {
        let place = self.places.get(&id)?;
        Some(self.project.home(*place))
    }

    /// The documents that may be other ones than before.
    fn changed_since(&self, before: &Self, shared: &Shared) -> LookUps {
        let mut changed = LookUps::default();
        for (files, others) in [(&self.files, before), (&before.files, self)] {
            for (id, file) in files {
                if others.files.contains_key(id) && self.is_as_before(*id, before) {
                    continue;
                }
                for (role, identifier) in file.parsed(*id, shared).documents.iter().filter_map(role)
                {
                    changed.note(role, identifier);
                }
            }
        }
        changed
    }

    /// A file with what it uses written out. `None` where it takes no part.
    pub(crate) fn written_out(
        &self,
        id: FileId,
        file: &File,
        shared: &Shared,
    ) -> Option<&Arc<WrittenOut>> {
        let place = *self.places.get(&id)?;
        let make = || {
            shared.counters.written_out.step();
            let own = file.analysis(id, shared);
            Arc::new(WrittenOut::new(own, &self.project, place, shared))
        };
        Some(self.made[place].written_out.get_or_init(make))
    }

    /// A pipeline ready for evaluation.
    pub(crate) fn prepared(
        &self,
        id: FileId,
        key: Key,
        shared: &Shared,
    ) -> Result<Arc<Prepared>, PrepareError> {
        let place = *self.places.get(&id).ok_or(PrepareError::NoPipeline)?;
        let of_file = &self.made[place].prepared;
        let lock = || of_file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return Ok(Arc::clone(known));
        }
        shared.counters.prepared.step();
        let (at, sets) = ((place, key.document), self.sets(&key)?);
        let work = self.made[place].work.clone();
        let prepared = Prepared::new(&self.project, at, &sets, (work, &shared.engine))?;
        let prepared = Arc::new(prepared);
        lock().insert(key, Arc::clone(&prepared));
        Ok(prepared)
    }

    /// The places of the files of input sets.
    fn sets(&self, key: &Key) -> Result<Vec<(FileId, usize)>, PrepareError> {
        let place = |id: &FileId| {
            let place = self.places.get(id).copied();
            place.map(|place| (*id, place))
        };
        let sets = key.input_sets.iter();
        sets.map(|id| place(id).ok_or(PrepareError::no_input_set(*id)))
            .collect()
    }
}
