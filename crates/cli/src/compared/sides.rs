//! Both sides of a comparison: folders, files or revisions, by names that both have.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipewright_analysis::Snapshot;
use pipewright_lint::Options;
use pipewright_source::{FileId, SourceFile};
use pipewright_workspace::{Configurations, Workspace, read_revision};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::Streams;
use crate::at_hand::unreadable;
use crate::configured::Configured;
use crate::exit::Failure;
use crate::printable::printable;
use crate::rule_names;

/// What the command line names as one side.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Side {
    Folder(PathBuf),
    File(PathBuf),
    Revision(String),
}

/// The texts of one side by their names.
struct Texts {
    by_name: BTreeMap<String, Arc<str>>,
    /// What the configurations say of the rules in each file; empty where there is none.
    options: BTreeMap<String, Options>,
    /// Whether all of them are of one repository.
    is_one_repository: bool,
}

/// The files of both sides.
#[derive(Debug)]
pub(crate) struct Sides {
    pub(crate) base: Snapshot,
    pub(crate) head: Snapshot,
    /// The rules of each file before, as its configuration has them; empty where there is none.
    pub(crate) base_options: BTreeMap<FileId, Options>,
    /// The same after.
    pub(crate) head_options: BTreeMap<FileId, Options>,
}

impl Sides {
    /// Reads both sides; where no second one is named, that is the directory one stands in.
    ///
    /// # Errors
    /// When something cannot be read, a configuration says what cannot be understood, or a file is to be compared with
    /// a folder.
    pub(crate) fn read(
        base: &str,
        head: Option<&str>,
        configured: &Configured,
        streams: &mut Streams<'_>,
    ) -> Result<Self, Failure> {
        let directory = streams.surroundings.directory.clone();
        let (base, head) = (
            Side::of(base, &directory),
            Side::of(head.unwrap_or("."), &directory),
        );
        if matches!(base, Side::File(_)) != matches!(head, Side::File(_)) {
            let sentence =
                "a file is compared with a file: name two of them, or two folders or revisions";
            return Err(Failure::Message(sentence.to_owned()));
        }
        // Two files are one, whatever they are called.
        let name = match &head {
            Side::File(path) => Some(path.to_string_lossy().replace('\\', "/")),
            _ => None,
        };
        let before = base.texts(name.as_deref(), configured, streams)?;
        let after = head.texts(name.as_deref(), configured, streams)?;
        let is_one = before.is_one_repository && after.is_one_repository;
        let mut snapshot = if is_one {
            Snapshot::of_one_repository()
        } else {
            Snapshot::default()
        };
        put(&mut snapshot, &before);
        prepare(&snapshot);
        let mut changed = snapshot.clone();
        for name in before.by_name.keys() {
            if !after.by_name.contains_key(name) {
                changed.remove(name);
            }
        }
        put(&mut changed, &after);
        prepare(&changed);
        Ok(Self {
            base_options: by_id(&snapshot, before.options),
            head_options: by_id(&changed, after.options),
            base: snapshot,
            head: changed,
        })
    }
}

fn by_id(snapshot: &Snapshot, options: BTreeMap<String, Options>) -> BTreeMap<FileId, Options> {
    let options = options.into_iter();
    options
        .filter_map(|(name, options)| Some((snapshot.id(&name)?, options)))
        .collect()
}

/// What the configuration of the file at a place says of the rules.
fn options(configurations: &Configurations, place: &str) -> Result<Options, Failure> {
    let none: [&str; 0] = [];
    let options = configurations.options(place, &none, &none, false);
    options.map_err(|error| rule_names::unknown_choice(&error.name))
}

fn put(snapshot: &mut Snapshot, texts: &Texts) {
    for (name, text) in &texts.by_name {
        let file = SourceFile::new(name.as_str(), Arc::clone(text));
        snapshot.set(name.as_str(), file);
    }
}

/// Reads what every question asks, on all processors.
fn prepare(snapshot: &Snapshot) {
    let ids: Vec<_> = snapshot.ids().map(|(_, id)| id).collect();
    ids.clone().into_par_iter().for_each(|id| {
        snapshot.analysis(id);
    });
    ids.into_par_iter().for_each(|id| {
        snapshot.written_out(id);
    });
}

impl Side {
    /// A path where there is something, else a revision.
    fn of(text: &str, directory: &Path) -> Self {
        let path = PathBuf::from(text);
        if pipewright_workspace::is_file(directory, &path) {
            Self::File(path)
        } else if pipewright_workspace::is_directory(directory, &path) {
            Self::Folder(path)
        } else {
            Self::Revision(text.to_owned())
        }
    }

    fn texts(
        &self,
        name: Option<&str>,
        configured: &Configured,
        streams: &mut Streams<'_>,
    ) -> Result<Texts, Failure> {
        let directory = streams.surroundings.directory.clone();
        let mut workspace = Workspace::new(directory.clone(), &mut streams.input, "<stdin>");
        match self {
            Self::Revision(revision) => {
                let read = read_revision(&directory, revision).map_err(|error| {
                    let revision = printable(revision);
                    Failure::Message(format!("cannot read `{revision}`: {error}"))
                })?;
                let configurations = configured.of_revision(&read, &mut workspace)?;
                let mut of_files = BTreeMap::new();
                for (name, _) in read.files.iter().filter(|_| !configurations.is_empty()) {
                    let place = workspace.place(name);
                    of_files.insert(name.clone(), options(&configurations, &place)?);
                }
                Ok(Texts {
                    by_name: read.files.into_iter().collect(),
                    options: of_files,
                    is_one_repository: true,
                })
            }
            Self::Folder(path) | Self::File(path) => {
                let inputs = workspace.collect(std::slice::from_ref(path));
                let names = inputs.iter().map(|input| &*input.name);
                let configurations = configured.read(names, &mut workspace)?;
                let root = workspace.place(&path.to_string_lossy());
                let (mut by_name, mut of_files) = (BTreeMap::new(), BTreeMap::new());
                for input in inputs {
                    let place = workspace.place(&input.name);
                    let below = place.strip_prefix(&root).unwrap_or(&place);
                    let own = below.trim_start_matches('/');
                    let own = name.unwrap_or(own);
                    if !configurations.is_empty() {
                        of_files.insert(own.to_owned(), options(&configurations, &place)?);
                    }
                    match input.text {
                        Ok(text) => {
                            by_name.insert(own.to_owned(), text);
                        }
                        Err(error) if name.is_some() => {
                            return Err(unreadable(&input.name, &error));
                        }
                        // `check` tells of them.
                        Err(_) => {}
                    }
                }
                Ok(Texts {
                    by_name,
                    options: of_files,
                    is_one_repository: workspace.is_one_repository(),
                })
            }
        }
    }
}
