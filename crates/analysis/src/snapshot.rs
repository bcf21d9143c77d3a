//! Texts by name, and what is made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use pipewright_model::DocumentKind;
use pipewright_source::{FileId, SourceFile, Sources};

use crate::file::{Belonging, File, Files, Shared};
use crate::prepared::{Key, PrepareError, Prepared};
use crate::together::Together;
use crate::{Analysis, FileKind, Work, WrittenOut};

/// Texts by name with everything that was made of them. Cheap to clone: a clone sees later edits of the other as little
/// as the other sees its own.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    shared: Arc<Shared>,
    state: Arc<State>,
}

#[derive(Clone, Debug, Default)]
struct State {
    sources: Sources,
    files: Files,
    ids: BTreeMap<Arc<str>, FileId>,
    belonging: Belonging,
    /// The files that belong to all others.
    joined: BTreeSet<FileId>,
    together: OnceLock<Arc<Together>>,
    /// The files together as they were before the latest edits.
    before: Option<Arc<Together>>,
}

impl Snapshot {
    /// No files yet; those that will be put in belong together whatever their names: every use reaches every template,
    /// and the names only tell which of several is nearer.
    pub fn of_one_repository() -> Self {
        let mut snapshot = Self::default();
        Arc::make_mut(&mut snapshot.state).belonging = Belonging::Together;
        snapshot
    }

    /// Puts a text in, or in the place of the one that has the name, and returns its id: the same for a name as long as
    /// it is there. Names are paths with `/`; which files belong together follows from them.
    pub fn set_text(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        let name = name.into();
        self.set(Arc::clone(&name), SourceFile::new(name, text))
    }

    /// The same for a file that people know by another name than the one that tells where it stands among the others.
    pub fn set(&mut self, place: impl Into<Arc<str>>, source: SourceFile) -> FileId {
        let place = place.into();
        if let Some(known) = self.id(&place)
            && let Some(file) = self.source(known)
            && file.text() == source.text()
            && file.name() == source.name()
        {
            return known;
        }
        let state = self.edit();
        let id = match state.ids.get(&place) {
            Some(known) => {
                state.sources.replace(*known, source.clone());
                *known
            }
            None => state.sources.add(source.clone()),
        };
        state.ids.insert(Arc::clone(&place), id);
        let file = File::new(place, source);
        let file = match state.files.get(&id) {
            Some(before) => file.edited(before),
            None => file,
        };
        state.files.insert(id, Arc::new(file));
        id
    }

    /// Says that a file belongs to all others, whatever its name: it reaches every template, and every use reaches its
    /// templates.
    pub fn join(&mut self, id: FileId) {
        if self.state.files.contains_key(&id) && !self.state.joined.contains(&id) {
            self.edit().joined.insert(id);
        }
    }

    /// Takes the text of that name out. Whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(id) = self.id(name) else {
            return false;
        };
        let state = self.edit();
        state.ids.remove(name);
        state.joined.remove(&id);
        state.files.remove(&id);
        state.sources.remove(id);
        true
    }

    /// The state to be edited; what is known of the files together is put aside.
    fn edit(&mut self) -> &mut State {
        let state = Arc::make_mut(&mut self.state);
        if let Some(together) = state.together.take() {
            state.before = Some(together);
        }
        state
    }

    /// Drops what the latest edits left behind, where nothing asks for it any more. The next edit drops it otherwise;
    /// to do it before takes that time where nobody waits.
    pub fn forget_edits(&mut self) {
        if let Some(state) = Arc::get_mut(&mut self.state)
            && state.together.get().is_some()
        {
            state.before = None;
        }
    }

    /// The id of the text of that name.
    pub fn id(&self, name: &str) -> Option<FileId> {
        self.state.ids.get(name).copied()
    }

    /// The ids of all texts by their names, sorted by name.
    pub fn ids(&self) -> impl Iterator<Item = (&str, FileId)> {
        self.state.ids.iter().map(|(name, id)| (&**name, *id))
    }

    /// All texts.
    pub fn sources(&self) -> &Sources {
        &self.state.sources
    }

    /// The text of an id.
    pub fn source(&self, id: FileId) -> Option<&SourceFile> {
        self.state.sources.get(id)
    }

    /// What a file is. `None` for an id of no file, as everywhere here.
    pub fn kind(&self, id: FileId) -> Option<FileKind> {
        Some(self.file(id)?.parsed(id, &self.shared).kind)
    }

    /// The file as YAML.
    pub fn tree(&self, id: FileId) -> Option<&Arc<pipewright_yaml::Tree>> {
        Some(&self.file(id)?.parsed(id, &self.shared).tree)
    }

    /// The documents of a file.
    pub fn documents(&self, id: FileId) -> Option<&Arc<[pipewright_model::Document]>> {
        Some(&self.file(id)?.parsed(id, &self.shared).documents)
    }

    /// The places of the documents of a file that hold a pipeline or a part of one: its pipelines, then its templates.
    pub fn pipelines(&self, id: FileId) -> Vec<usize> {
        let documents = self.documents(id).map_or(&[][..], |documents| documents);
        let holders = (0..documents.len()).filter(|at| documents[*at].pipeline().is_some());
        let mut found: Vec<usize> = holders.collect();
        found.sort_by_key(|at| !matches!(documents[*at].kind, DocumentKind::Pipeline(_)));
        found
    }

    /// What became of a file by itself.
    pub fn analysis(&self, id: FileId) -> Option<&Arc<Analysis>> {
        Some(self.file(id)?.analysis(id, &self.shared))
    }

    /// What became of a file with the templates it uses written out and the pipelines it runs at hand. `None` where the
    /// file is not one of Harness.
    pub fn written_out(&self, id: FileId) -> Option<&Arc<WrittenOut>> {
        let file = self.file(id)?;
        self.together().written_out(id, file, &self.shared)
    }

    /// The pipeline or part of one in a document of a file, by the document's place, ready to be evaluated: with the
    /// input sets of these files, of which the later one holds, overlays opened, templates written out and the
    /// pipelines of chained stages at hand.
    ///
    /// # Errors
    /// If the document holds no pipeline, or an input set does not go on it.
    pub fn prepared(
        &self,
        id: FileId,
        document: usize,
        input_sets: &[FileId],
    ) -> Result<Arc<Prepared>, PrepareError> {
        let key = Key {
            document,
            input_sets: input_sets.to_vec(),
        };
        self.together().prepared(id, key, &self.shared)
    }

    /// What was done so far.
    pub fn work(&self) -> Work {
        let counters = &self.shared.counters;
        Work {
            parsed: counters.parsed.get(),
            analysed: counters.analysed.get(),
            written_out: counters.written_out.get(),
            prepared: counters.prepared.get(),
            expressions: self.shared.texts.parsed(),
        }
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.state.files.get(&id).map(|file| &**file)
    }

    fn together(&self) -> &Together {
        let state = &self.state;
        state.together.get_or_init(|| {
            let before = state.before.as_deref();
            let belonging = (state.belonging, &state.joined);
            let together = Together::new(&state.files, belonging, before, &self.shared);
            Arc::new(together)
        })
    }
}
