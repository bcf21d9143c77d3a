//! The files of a snapshot, each with what became of it by itself.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use pipewright_engine::Engine;
use pipewright_resolve::Texts;
use pipewright_source::{FileId, SourceFile};

use crate::Analysis;
use crate::analysis::Parsed;
use crate::work::Counters;

/// The files of a snapshot.
pub(crate) type Files = BTreeMap<FileId, Arc<File>>;

/// What a snapshot shares with its clones.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) texts: Texts,
    /// What remembers the programs that were compiled, also for texts that an edit leaves as they were.
    pub(crate) engine: Arc<Engine>,
    pub(crate) counters: Counters,
}

/// Which files reach each other's templates, pipelines and input sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Belonging {
    /// Those whose names look like files of one repository.
    #[default]
    ByDirectory,
    /// All.
    Together,
}

/// One file of a snapshot.
#[derive(Debug)]
pub(crate) struct File {
    /// Where it stands among the others.
    pub(crate) place: Arc<str>,
    pub(crate) source: SourceFile,
    parsed: OnceLock<Parsed>,
    analysis: OnceLock<Arc<Analysis>>,
    /// The file before the latest edit, until it is parsed.
    before: Mutex<Option<Arc<Self>>>,
}

impl File {
    pub(crate) fn new(place: Arc<str>, source: SourceFile) -> Self {
        Self {
            place,
            source,
            parsed: OnceLock::new(),
            analysis: OnceLock::new(),
            before: Mutex::default(),
        }
    }

    /// The same for a text that comes of an edit of `before`. Of several edits that nobody asked between, the first one
    /// counts.
    pub(crate) fn edited(self, before: &Arc<Self>) -> Self {
        let before = match before.parsed.get() {
            Some(_) => Some(Arc::clone(before)),
            None => before.take_before(),
        };
        Self {
            before: Mutex::new(before),
            ..self
        }
    }

    fn take_before(&self) -> Option<Arc<Self>> {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        before.take()
    }

    /// The file as documents.
    pub(crate) fn parsed(&self, id: FileId, shared: &Shared) -> &Parsed {
        self.parsed.get_or_init(|| {
            shared.counters.parsed.step();
            let before = self.take_before();
            let before = before.as_deref();
            let known = before.and_then(|file| Some((file.parsed.get()?, file.source.text())));
            Parsed::new(id, &self.source, known)
        })
    }

    /// What became of the file by itself.
    pub(crate) fn analysis(&self, id: FileId, shared: &Shared) -> &Arc<Analysis> {
        self.analysis.get_or_init(|| {
            let parsed = self.parsed(id, shared).clone();
            shared.counters.analysed.step();
            Arc::new(Analysis::of_own_text(parsed, shared))
        })
    }
}
