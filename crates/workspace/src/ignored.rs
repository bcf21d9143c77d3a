//! What ignore files say: `.ignore`, `.gitignore` and `.git/info/exclude` of every directory from the file system's
//! root down.
//!
//! The crate `ignore` would read these files itself, whatever they are and however long. So it is only given their
//! lines.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::open::Links;
use crate::{ReadError, read};

/// The ignore files of a directory, those that count more first.
const FILES: [&str; 3] = [".ignore", ".gitignore", ".git/info/exclude"];

/// The largest ignore file that is read: 1 MiB.
const MAX_IGNORE_BYTES: u64 = 1 << 20;

/// The lines of one directory's ignore files, and the directories around it.
struct Level {
    files: [Gitignore; FILES.len()],
    around: Option<Arc<Self>>,
}

/// The ignore files met so far, each read once.
#[derive(Default)]
pub(crate) struct Ignored {
    levels: HashMap<PathBuf, Arc<Level>>,
    /// The ignore files that were passed over, with the reason.
    pub(crate) passed_over: Vec<(PathBuf, ReadError)>,
}

impl Ignored {
    /// Whether the file or directory at the absolute `path` is to be left out.
    pub(crate) fn leaves_out(&mut self, path: &Path, is_directory: bool) -> bool {
        let Some(directory) = path.parent() else {
            return false;
        };
        let innermost = self.level(directory);
        // A kind of file counts more than the next kind anywhere; of one kind, the nearest file that speaks of the path
        // decides.
        for kind in 0..FILES.len() {
            let mut level = Some(&innermost);
            while let Some(found) = level {
                match found.files[kind].matched(path, is_directory) {
                    Match::None => level = found.around.as_ref(),
                    Match::Ignore(_) => return true,
                    Match::Whitelist(_) => return false,
                }
            }
        }
        false
    }

    fn level(&mut self, directory: &Path) -> Arc<Level> {
        if let Some(known) = self.levels.get(directory) {
            return Arc::clone(known);
        }
        // A path has at most some thousand parts, and a stack frame each would be too much for a worker.
        let unknown: Vec<&Path> = directory
            .ancestors()
            .take_while(|outer| !self.levels.contains_key(*outer))
            .collect();
        let mut around = unknown
            .last()
            .and_then(|outermost| outermost.parent())
            .and_then(|known| self.levels.get(known).cloned());
        for inner in unknown.into_iter().rev() {
            let files = FILES.map(|name| self.lines(inner, name));
            let level = Arc::new(Level { files, around });
            self.levels.insert(inner.to_path_buf(), Arc::clone(&level));
            around = Some(level);
        }
        // `directory` is the last of its own ancestors, so there is a level.
        around.unwrap_or_else(|| {
            Arc::new(Level {
                files: FILES.map(|_| Gitignore::empty()),
                around: None,
            })
        })
    }

    fn lines(&mut self, directory: &Path, name: &str) -> Gitignore {
        let path = directory.join(name);
        let text = match read::read_bytes(&path, Links::Refused, MAX_IGNORE_BYTES) {
            Ok(bytes) => bytes,
            Err(ReadError::Missing) => return Gitignore::empty(),
            Err(error) => {
                // Below a file, or where `.git` is one, there is no such file either.
                if path.symlink_metadata().is_ok() {
                    self.passed_over.push((path, error));
                }
                return Gitignore::empty();
            }
        };
        let mut builder = GitignoreBuilder::new(directory);
        for line in String::from_utf8_lossy(&text).lines() {
            // A pattern that is none is passed over, as git does.
            drop(builder.add_line(None, line.trim_start_matches('\u{FEFF}')));
        }
        builder.build().unwrap_or_else(|_| Gitignore::empty())
    }
}
