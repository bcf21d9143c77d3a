//! The files of one folder with what is found in them, as `pipewright check` in it finds it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipewright_analysis::{FileKind, Snapshot};
use pipewright_lint::{Kept, Options, check};
use pipewright_source::{Diagnostic, FileId, SourceFile};
use pipewright_workspace::{
    ConfigurationProblem, Configurations, Configured, Input, MAX_FILE_BYTES, Workspace,
};

/// The files of one folder, or those that are open and belong to none.
#[derive(Debug, Default)]
pub(crate) struct Project {
    /// The folder; `None` for files outside of all.
    pub(crate) folder: Option<Folder>,
    pub(crate) snapshot: Snapshot,
    kept: Kept,
    /// The levels of rules in any of the files.
    options: Options,
    /// The levels of rules in each file that has others.
    of_files: BTreeMap<FileId, Options>,
    /// The places of the files that were found in the folder, and so are reported on when they are not open.
    found: BTreeSet<Arc<str>>,
    /// The places of the files at hand.
    at_hand: BTreeSet<Arc<str>>,
    /// The configurations that cannot be taken.
    pub(crate) problems: Vec<ConfigurationProblem>,
    /// Whether the folder is one repository, so that all of its files belong together.
    is_one_repository: bool,
    reading: Reading,
    /// Whether something changed since the latest check.
    is_stale: bool,
    /// Whether its files were checked together before.
    is_checked: bool,
}

/// Whether the files of a folder are read as they are on disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Reading {
    #[default]
    Due,
    Done,
}

/// A folder that is open in the editor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Folder {
    /// As the editor names it.
    pub(crate) path: PathBuf,
    /// Where it is, whatever links lead to it.
    pub(crate) place: String,
}

/// The text of a document that is open, by its place.
pub(crate) type Texts<'d> = BTreeMap<&'d str, &'d SourceFile>;

impl Project {
    pub(crate) fn of_folder(folder: Folder) -> Self {
        Self {
            folder: Some(folder),
            ..Self::default()
        }
    }

    /// Whether its files are still to be read.
    pub(crate) fn is_unread(&self) -> bool {
        self.reading == Reading::Due
    }

    /// Whether nothing was found yet in its files together: they are read or checked for the first time.
    pub(crate) fn is_new(&self) -> bool {
        !self.is_checked
    }

    /// Whether something changed since the latest check.
    pub(crate) fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// Notes that files on disk may be others.
    pub(crate) fn is_to_be_read_again(&mut self) {
        self.reading = Reading::Due;
    }

    /// How long the path of its folder is, if a place is in it.
    pub(crate) fn holds(&self, place: &str) -> Option<usize> {
        let folder = self.folder.as_ref()?;
        Path::new(place)
            .starts_with(&folder.place)
            .then_some(folder.place.len())
    }

    /// Puts the text of an open document in. One that is longer than files may be is as good as not there.
    pub(crate) fn set_open(&mut self, place: &Arc<str>, text: &SourceFile) {
        if text.text().len() as u64 > MAX_FILE_BYTES {
            self.is_stale |= self.snapshot.remove(place);
            return;
        }
        let is_new = self.snapshot.id(place).is_none();
        self.set(place, text);
        if is_new {
            self.join_if_one_repository();
            self.configure();
        }
    }

    fn set(&mut self, place: &Arc<str>, text: &SourceFile) {
        let known = self
            .snapshot
            .id(place)
            .and_then(|id| self.snapshot.source(id));
        if known.is_some_and(|known| known.text() == text.text()) {
            return;
        }
        let file = text.called(self.name(place));
        self.snapshot.set(Arc::clone(place), file);
        self.is_stale = true;
    }

    /// What people call the file at a place: its path from the folder on.
    fn name<'p>(&self, place: &'p str) -> &'p str {
        let folder = self.folder.as_ref();
        let below = folder.and_then(|folder| place.strip_prefix(&*folder.place));
        below.map_or(place, |below| below.trim_start_matches('/'))
    }

    /// Takes a document out that is no longer open, or puts the file on disk in its place.
    pub(crate) fn set_closed(&mut self, place: &Arc<str>) {
        if self.found.contains(place) || self.at_hand.contains(place) {
            self.is_to_be_read_again();
        } else {
            self.is_stale |= self.snapshot.remove(place);
        }
    }

    /// Reads the files of the folder and what its configurations name, but those that are open.
    pub(crate) fn read(&mut self, open: &Texts<'_>) {
        self.reading = Reading::Done;
        let folder = self.folder.as_ref();
        let directory = folder.map_or(PathBuf::new(), |folder| folder.path.clone());
        let mut nothing = std::io::empty();
        let mut workspace = Workspace::new(directory, &mut nothing, "-");
        let mut paths = Vec::new();
        if folder.is_some() {
            paths.push(PathBuf::from("."));
            // What is wrong with the configuration is told where it is read for the files.
            paths.extend(
                Configured::Nearest
                    .further_paths(&mut workspace)
                    .unwrap_or_default(),
            );
        }
        let inputs = workspace.collect(&paths);
        let is_one_repository = workspace.is_one_repository();
        if self.is_one_repository && !is_one_repository {
            self.separate();
        }
        self.is_one_repository = is_one_repository;
        let found = self.put(&inputs, &workspace, open);
        self.join_if_one_repository();
        let gone: Vec<Arc<str>> = self.found.difference(&found).cloned().collect();
        self.found = found;
        let configurations = self.configure();
        let with = workspace.collect(&configurations.with());
        let mut at_hand = self.put(&with, &workspace, open);
        at_hand.retain(|place| !self.found.contains(place));
        let no_longer: Vec<Arc<str>> = self.at_hand.difference(&at_hand).cloned().collect();
        for place in gone.iter().chain(&no_longer) {
            let stays = self.found.contains(place)
                || at_hand.contains(place)
                || open.contains_key(&**place);
            self.is_stale |= !stays && self.snapshot.remove(place);
        }
        for place in &at_hand {
            if let Some(id) = self.snapshot.id(place) {
                self.is_stale |= !self.at_hand.contains(place);
                self.snapshot.join(id);
            }
        }
        self.at_hand = at_hand;
    }

    /// Says that the files belong together, where they are those of one repository.
    fn join_if_one_repository(&mut self) {
        if self.is_one_repository {
            let ids: Vec<FileId> = self.reported().map(|(_, id)| id).collect();
            for id in ids {
                self.snapshot.join(id);
            }
        }
    }

    /// Puts the files anew that belonged together and do no longer.
    fn separate(&mut self) {
        let before = std::mem::take(&mut self.snapshot);
        self.kept = Kept::default();
        self.at_hand.clear();
        for (place, id) in before.ids() {
            if let Some(file) = before.source(id) {
                self.set(&place.into(), file);
            }
        }
    }

    /// Puts files that were read into the snapshot. Gives their places.
    fn put(
        &mut self,
        inputs: &[Input],
        workspace: &Workspace<'_>,
        open: &Texts<'_>,
    ) -> BTreeSet<Arc<str>> {
        let mut places = BTreeSet::new();
        for input in inputs {
            let Ok(text) = &input.text else {
                continue;
            };
            let place: Arc<str> = workspace.place(&input.name).into();
            match open.get(&*place) {
                Some(text) => self.set(&place, text),
                None => self.set(&place, &SourceFile::new("", Arc::clone(text))),
            }
            places.insert(place);
        }
        places
    }

    /// Reads the configurations of all files that are reported on, and gives each file its levels.
    fn configure(&mut self) -> Configurations {
        let mut nothing = std::io::empty();
        let mut workspace = Workspace::new("", &mut nothing, "-");
        let ids = self.snapshot.ids();
        let reported: Vec<(Arc<str>, FileId)> = ids
            .filter(|(place, _)| !self.at_hand.contains(*place))
            .map(|(place, id)| (place.into(), id))
            .collect();
        let names = reported.iter().map(|(place, _)| &**place);
        let (configurations, problems) =
            Configurations::read(&Configured::Nearest, names, &mut workspace);
        let mut of_files = BTreeMap::new();
        if !configurations.is_empty() {
            for (place, id) in &reported {
                let none: [&str; 0] = [];
                let options = configurations.options(place, &none, &none, false);
                of_files.insert(*id, options.unwrap_or_default());
            }
        }
        self.is_stale |= self.of_files != of_files;
        self.options = if of_files.is_empty() {
            Options::default()
        } else {
            Options::of_files(&of_files)
        };
        self.of_files = of_files;
        self.problems = problems;
        configurations
    }

    /// Checks what the edits since the latest check can have changed, no more than so many files. Whether there were
    /// any.
    pub(crate) fn check_some(&mut self, files: usize) -> bool {
        let was_stale = self.is_stale;
        if was_stale && self.kept.check_some(&self.snapshot, &self.options, files) {
            self.is_stale = false;
        }
        self.is_checked |= !self.is_stale && self.reading == Reading::Done;
        was_stale
    }

    /// Drops what the latest edits left behind, while nobody waits.
    pub(crate) fn forget_edits(&mut self) {
        self.kept.forget_edits();
        self.snapshot.forget_edits();
    }

    /// The levels of rules in a file.
    pub(crate) fn options_of(&self, id: FileId) -> &Options {
        self.of_files.get(&id).unwrap_or(&self.options)
    }

    /// What the latest check found in a file that is reported on.
    pub(crate) fn found(&self, id: FileId) -> Vec<Diagnostic> {
        self.admitted(id, self.kept.found(id))
    }

    /// What is found in a file by itself, for when the others are not read yet.
    pub(crate) fn found_alone(&self, id: FileId) -> Vec<Diagnostic> {
        self.admitted(id, &check(&self.snapshot, id, &self.options))
    }

    /// The findings as the file has them reported; none where it is not of Harness, or at hand only.
    fn admitted(&self, id: FileId, found: &[Diagnostic]) -> Vec<Diagnostic> {
        match self.snapshot.kind(id) {
            None | Some(FileKind::Broken | FileKind::Other) => return Vec::new(),
            Some(FileKind::Harness | FileKind::Version1 | FileKind::Templated) => {}
        }
        let found = found.iter().cloned();
        match self.of_files.get(&id) {
            Some(options) => found.filter_map(|found| options.admit(found)).collect(),
            None => found.collect(),
        }
    }

    /// The files that are reported on, by their places.
    pub(crate) fn reported(&self) -> impl Iterator<Item = (&str, FileId)> {
        let ids = self.snapshot.ids();
        ids.filter(|(place, _)| !self.at_hand.contains(*place))
    }
}
