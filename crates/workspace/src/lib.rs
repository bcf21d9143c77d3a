//! Finds, reads and replaces files: the only crate that touches the file system.
//!
//! What may be read is bounded on purpose, because pipelines come from pull requests: at most [`MAX_FILE_BYTES`] of a
//! regular file, nothing behind a symbolic link that was met while walking, nothing outside the paths that were named
//! but ignore files in the directories around them.
//!
//! ```
//! use std::path::PathBuf;
//!
//! use pipewright_workspace::{Origin, Workspace};
//!
//! let directory = tempfile::tempdir()?;
//! std::fs::write(directory.path().join(".gitignore"), "old.yaml")?;
//! for name in ["release.yaml", "old.yaml", "notes.txt"] {
//!     std::fs::write(directory.path().join(name), "pipeline: {}")?;
//! }
//!
//! let mut standard_input = "pipeline: { identifier: piped }".as_bytes();
//! let mut workspace = Workspace::new(directory.path(), &mut standard_input, "stdin.yaml");
//! let inputs = workspace.collect(&[PathBuf::from("."), PathBuf::from("-")]);
//! let found: Vec<(&str, Origin)> = inputs.iter().map(|input| (&*input.name, input.origin)).collect();
//! assert_eq!(found, [("release.yaml", Origin::Walked), ("stdin.yaml", Origin::Named)]);
//! assert_eq!(inputs[1].text.as_deref().ok(), Some("pipeline: { identifier: piped }"));
//! # Ok::<(), std::io::Error>(())
//! ```

mod beside;
mod configurations;
mod error;
mod find;
mod ignored;
mod listed;
mod nearest;
mod open;
mod read;
mod revision;
mod stamp;
mod write;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

pub use configurations::{ConfigurationProblem, Configurations, Configured, ProblemReason};
pub use error::{ReadError, WriteError};
pub use read::MAX_FILE_BYTES;
pub use revision::{Revision, RevisionError, read_revision};
pub use stamp::Stamp;
pub use write::{append_to, replace};

use find::Found;
use open::Links;

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Below this many files a thread pool costs more than it saves.
const FEW_FILES: usize = 8;

/// Why a file is among the inputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// It was named on the command line: it gets an answer whatever it is.
    Named,
    /// It was met in a directory: it is passed over if it is not for Pipewright.
    Walked,
}

/// One file, read or not.
#[derive(Clone, Debug)]
pub struct Input {
    /// The path as given or walked to, with `/` between its parts; for standard input the name given to it.
    pub name: Arc<str>,
    /// Why it is here.
    pub origin: Origin,
    /// Its text, or why there is none.
    pub text: Result<Arc<str>, ReadError>,
}

/// Where paths start and what `-` reads.
pub struct Workspace<'a> {
    directory: PathBuf,
    standard_input: &'a mut dyn Read,
    standard_input_name: String,
    passed_over: Vec<PassedOver>,
    is_one_repository: bool,
}

/// A file that was met while walking and is not read, though its name says that it would be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassedOver {
    /// Its path, with `/` between its parts.
    pub name: String,
    /// Why.
    pub reason: ReadError,
}

/// What a list of paths named besides files to read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Listed {
    /// Paths where there is nothing, such as files that a change deletes.
    pub missing: usize,
    /// Files with another ending.
    pub foreign: usize,
}

impl std::fmt::Debug for Workspace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace")
            .field("directory", &self.directory)
            .finish_non_exhaustive()
    }
}

impl<'a> Workspace<'a> {
    /// Relative paths start at `directory` (empty: the directory of the process); `-` reads `standard_input`, which
    /// goes by `standard_input_name`.
    pub fn new(
        directory: impl Into<PathBuf>,
        standard_input: &'a mut dyn Read,
        standard_input_name: impl Into<String>,
    ) -> Self {
        Self {
            directory: directory.into(),
            standard_input,
            standard_input_name: standard_input_name.into(),
            passed_over: Vec::new(),
            is_one_repository: false,
        }
    }

    /// Whether what was collected last came from one directory that is the working copy of a repository, or from
    /// several paths inside the same one, and from no other repository inside it.
    pub const fn is_one_repository(&self) -> bool {
        self.is_one_repository
    }

    /// What was passed over so far: ignore files and files with one of the endings that are no regular files.
    pub fn passed_over(&self) -> &[PassedOver] {
        &self.passed_over
    }

    /// Finds and reads the files below `paths`, each once, sorted by name.
    ///
    /// A directory is walked, hidden directories included but for `.git`: ignore files are honoured, symbolic links are
    /// not followed, and files ending in `.yaml`, `.yml` or `.json` are read. A path that is no directory is read
    /// whatever its name, and `-` is standard input, which takes the place of the file of its name. Never fails as a
    /// whole: what cannot be read is among the inputs with the reason.
    pub fn collect(&mut self, paths: &[PathBuf]) -> Vec<Input> {
        let from_input = paths.iter().any(|path| is_standard_input(path));
        let on_disk: Vec<&Path> = paths
            .iter()
            .map(PathBuf::as_path)
            .filter(|path| !is_standard_input(path))
            .collect();
        let mut found = find::find(&self.directory, &on_disk, &mut self.passed_over);
        let roots: Vec<PathBuf> = on_disk
            .iter()
            .map(|path| self.directory.join(path))
            .collect();
        self.is_one_repository = !from_input && find::is_one_repository(&roots, &found);
        if from_input {
            let place = self.place(&self.standard_input_name);
            found.retain(|file| find::place(&file.path) != place);
        }
        let mut inputs: Vec<Input> = if found.len() < FEW_FILES {
            found.into_iter().map(load).collect()
        } else {
            found.into_par_iter().map(load).collect()
        };
        if from_input {
            inputs.push(Input {
                name: self.standard_input_name.as_str().into(),
                origin: Origin::Named,
                text: read::read_stream(&mut self.standard_input).map(Arc::from),
            });
        }
        inputs.sort_by(|a, b| a.name.cmp(&b.name));
        inputs
    }

    /// The same for paths that a program lists, such as those that a change touches: files with another ending than
    /// those that are read, and what is no longer there, are passed over as in a directory, and told beside the inputs.
    /// Directories are walked. A file that `known` holds is not given again.
    pub fn collect_listed(&mut self, paths: &[PathBuf], known: &[Input]) -> (Vec<Input>, Listed) {
        let mut told = Listed::default();
        let mut wanted = Vec::new();
        for path in paths {
            match find::listed(&self.directory.join(path)) {
                find::ListedPath::Missing => told.missing += 1,
                find::ListedPath::Foreign => told.foreign += 1,
                find::ListedPath::Wanted => wanted.push(path.as_path()),
            }
        }
        let mut found = find::find(&self.directory, &wanted, &mut self.passed_over);
        let known: BTreeSet<String> = known.iter().map(|input| self.place(&input.name)).collect();
        let mut seen = BTreeSet::new();
        found.retain(|file| {
            let place = find::place(&file.path);
            !known.contains(&place) && seen.insert(place)
        });
        let walked = found.into_iter().map(|file| Found {
            origin: Origin::Walked,
            ..file
        });
        let mut inputs: Vec<Input> = walked.map(load).collect();
        inputs.sort_by(|a, b| a.name.cmp(&b.name));
        (inputs, told)
    }

    /// The paths that the list at `path` names, or standard input where that is `-`: between zero bytes, or one a line.
    pub fn read_list(&mut self, path: &Path) -> Result<Vec<PathBuf>, ReadError> {
        let list = if is_standard_input(path) {
            read::bytes_of(&mut self.standard_input, MAX_FILE_BYTES)?
        } else {
            read::read_bytes(&self.directory.join(path), Links::Followed, MAX_FILE_BYTES)?
        };
        Ok(listed::paths(&list))
    }

    /// The nearest file called `file` in the directory of the file of a name or above it, as far as the repository
    /// goes: a directory that holds `.git` is the last one looked at.
    pub fn nearest(&self, name: &str, file: &str) -> Option<PathBuf> {
        nearest::nearest(Path::new(&self.place(name)), file)
    }

    /// Where the file of a name is, the same for all ways to name it: an absolute path with `/` between its parts,
    /// without `.`, `..` and, where there is such a file, symbolic links.
    pub fn place(&self, name: &str) -> String {
        find::place(&self.directory.join(name))
    }

    /// Whether a file is at a path.
    pub fn has(&self, path: &Path) -> bool {
        self.directory.join(path).is_file()
    }

    /// The text of one file, or of standard input where `path` is `-`.
    pub fn read_text(&mut self, path: &Path) -> Result<String, ReadError> {
        if is_standard_input(path) {
            read::read_stream(&mut self.standard_input)
        } else {
            read::read_file(&self.directory.join(path), Links::Followed)
        }
    }
}

/// Whether there is a file at a path, which starts at `directory` where it is relative. Symbolic links are followed.
pub fn is_file(directory: &Path, path: &Path) -> bool {
    directory.join(path).is_file()
}

/// Whether there is a directory at a path, likewise.
pub fn is_directory(directory: &Path, path: &Path) -> bool {
    directory.join(path).is_dir()
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

fn load(found: Found) -> Input {
    let links = match found.origin {
        Origin::Named => Links::Followed,
        Origin::Walked => Links::Refused,
    };
    let text = match found.problem {
        Some(problem) => Err(problem),
        None => read::read_file(&found.path, links).map(Arc::from),
    };
    Input {
        name: found.name.into(),
        origin: found.origin,
        text,
    }
}
