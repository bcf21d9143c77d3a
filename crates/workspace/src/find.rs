//! From the paths of a command line to the files below them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use crate::ignored::Ignored;
use crate::open::special;
use crate::{Origin, PassedOver, ReadError};

/// The endings of files that are read in a directory, in any case.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// A file to read.
#[derive(Debug)]
pub(crate) struct Found {
    /// What to open.
    pub(crate) path: PathBuf,
    /// What to call it.
    pub(crate) name: String,
    pub(crate) origin: Origin,
    /// Why it need not be tried: the walk itself failed here.
    pub(crate) problem: Option<ReadError>,
}

/// The files below `paths`, which start at `directory`. A file that several paths lead to comes once, under the first.
///
/// What the walks pass over with a reason is added to `passed_over`.
pub(crate) fn find(
    directory: &Path,
    paths: &[&Path],
    passed_over: &mut Vec<PassedOver>,
) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for path in paths {
        let full = directory.join(path);
        match fs::metadata(&full) {
            Ok(metadata) if metadata.is_dir() => walk(&full, path, &mut found, passed_over),
            Ok(_) => found.push(named(full, path, None)),
            Err(error) => found.push(named(full, path, Some(error.into()))),
        }
    }
    if paths.len() > 1 {
        // Named files first, so that a file that is both named and walked to counts as named.
        found.sort_by_key(|file| file.origin == Origin::Walked);
        let mut seen = BTreeSet::new();
        found.retain(|file| {
            let identity = fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone());
            seen.insert(identity)
        });
    }
    found
}

fn named(full: PathBuf, path: &Path, problem: Option<ReadError>) -> Found {
    Found {
        path: full,
        name: slashed(path),
        origin: Origin::Named,
        problem,
    }
}

/// Adds the files below the directory `root`, which was given as `path`.
fn walk(root: &Path, path: &Path, found: &mut Vec<Found>, passed_over: &mut Vec<PassedOver>) {
    // Patterns count from the directory of their file on, so they are held against paths without `..` and links.
    let base = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    let ignored = Arc::new(Mutex::new(Ignored::default()));
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .git_global(true)
        .require_git(false)
        .follow_links(false)
        .filter_entry({
            let (root, base, ignored) = (root.to_path_buf(), base.clone(), Arc::clone(&ignored));
            move |entry| {
                let below = entry.path().strip_prefix(&root).unwrap_or(entry.path());
                let is_directory = entry.file_type().is_some_and(|kind| kind.is_dir());
                let mut ignored = ignored.lock().unwrap_or_else(PoisonError::into_inner);
                entry.file_name() != ".git" && !ignored.leaves_out(&base.join(below), is_directory)
            }
        })
        .build();
    for entry in walker {
        match entry {
            Ok(entry) => {
                let name = walked_name(root, path, entry.path());
                match special_kind(&entry) {
                    Some(kind) if is_named_like_one(&entry) => passed_over.push(PassedOver {
                        name,
                        reason: ReadError::Special(kind),
                    }),
                    _ if is_candidate(&entry) => found.push(Found {
                        name,
                        path: entry.into_path(),
                        origin: Origin::Walked,
                        problem: None,
                    }),
                    _ => {}
                }
            }
            Err(error) => found.push(unwalkable(root, path, error)),
        }
    }
    let mut ignored = ignored.lock().unwrap_or_else(PoisonError::into_inner);
    passed_over.extend(
        ignored
            .passed_over
            .drain(..)
            .map(|(file, reason)| PassedOver {
                // One below the root by the name a walk gives it, one around it by its place.
                name: match file.strip_prefix(&base) {
                    Ok(below) => walked_name(root, path, &root.join(below)),
                    Err(_) => slashed(&file),
                },
                reason,
            }),
    );
}

/// What an entry is, or leads to as a link, that is no regular file. A link to anything else is passed over without a
/// word.
fn special_kind(entry: &DirEntry) -> Option<&'static str> {
    let kind = entry.file_type()?;
    if kind.is_symlink() && is_named_like_one(entry) {
        return special(fs::metadata(entry.path()).ok()?.file_type());
    }
    special(kind)
}

/// Whether an entry of a walk is a regular file with one of the endings. A symbolic link is none, wherever it points.
fn is_candidate(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file()) && is_named_like_one(entry)
}

/// What is to become of a path that a program lists.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ListedPath {
    /// There is nothing.
    Missing,
    /// It is a file with another ending.
    Foreign,
    /// It is to be read or walked.
    Wanted,
}

/// Looks at a path that a program lists.
pub(crate) fn listed(path: &Path) -> ListedPath {
    match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => ListedPath::Missing,
        Ok(metadata) if !metadata.is_dir() && !has_ending(path) => ListedPath::Foreign,
        _ => ListedPath::Wanted,
    }
}

fn is_named_like_one(entry: &DirEntry) -> bool {
    has_ending(entry.path())
}

/// Whether a path has one of the endings.
pub(crate) fn has_ending(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| EXTENSIONS.iter().any(|e| extension.eq_ignore_ascii_case(e)))
}

/// A directory that cannot be listed. The directory that was named counts as named, one below it as walked to.
fn unwalkable(root: &Path, path: &Path, error: ignore::Error) -> Found {
    let place = path_of(&error).unwrap_or(root).to_path_buf();
    let problem = error.into_io_error().map_or_else(
        || ReadError::Other("it cannot be listed".to_owned()),
        ReadError::from,
    );
    if place == root {
        return named(place, path, Some(problem));
    }
    Found {
        name: walked_name(root, path, &place),
        path: place,
        origin: Origin::Walked,
        problem: Some(problem),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

/// The name of `file`, met below `root`, which was given as `path`: what a shell would complete. `.` adds nothing.
fn walked_name(root: &Path, path: &Path, file: &Path) -> String {
    let below = file.strip_prefix(root).unwrap_or(file);
    if path == Path::new(".") {
        return slashed(below);
    }
    slashed(&path.join(below))
}

/// Whether all files that were found below some paths belong to one repository: the only path is its working copy, or
/// several lie in the same one; and no directory between it and one of the files is another.
pub(crate) fn is_one_repository(roots: &[PathBuf], found: &[Found]) -> bool {
    let has_git = |directory: &Path| directory.join(".git").exists();
    let root = match roots {
        [] => return false,
        [root] if root.is_dir() && has_git(root) => root.clone(),
        // Files that are named one by one belong together anyway.
        roots if !roots.iter().any(|root| root.is_dir()) => return false,
        [_] => return false,
        [first, others @ ..] => {
            let copy_around = |path: &PathBuf| {
                let path = fs::canonicalize(path).ok()?;
                path.ancestors()
                    .find(|directory| has_git(directory))
                    .map(Path::to_path_buf)
            };
            match copy_around(first) {
                Some(copy)
                    if others
                        .iter()
                        .all(|path| copy_around(path).as_ref() == Some(&copy)) =>
                {
                    copy
                }
                _ => return false,
            }
        }
    };
    let is_in_several = roots.len() > 1;
    let mut below: BTreeSet<PathBuf> = BTreeSet::new();
    for file in found {
        let path = if is_in_several {
            PathBuf::from(place(&file.path))
        } else {
            file.path.clone()
        };
        let around = path.ancestors().skip(1);
        // The directories around one that is known are known, too.
        around
            .take_while(|directory| *directory != root)
            .all(|directory| below.insert(directory.to_path_buf()));
    }
    !below.iter().any(|directory| has_git(directory))
}

/// The path from the root on, with `/` between its parts: that of the file itself, or where there is none, of what is
/// written.
pub(crate) fn place(path: &Path) -> String {
    let place = fs::canonicalize(path).unwrap_or_else(|_| {
        // Without a current directory the path stays what it is, which is as good as any other place.
        lexical(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()))
    });
    slashed(&place)
}

/// The path without `.` and `..`, by its letters.
fn lexical(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            // Above the root is the root.
            Component::ParentDir => drop(clean.pop()),
            other => clean.push(other),
        }
    }
    clean
}

/// The path with `/` between its parts; bytes that are no Unicode become replacement characters.
fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if !cfg!(windows) {
        return text.into_owned();
    }
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::RootDir => parts.push(String::new()),
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts.join("/")
}
