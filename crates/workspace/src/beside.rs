//! The file beside another one that is going to take its name.
//!
//! Its name tells whose it is (`.a.yaml.pipewright-0.tmp`), and it is locked as long as its process lives. So what a
//! process that was ended left there is known, and goes when the same file is written next.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use crate::open::{Links, regular_file};

/// As many processes may write one file at once before a further name is made up.
const NAMES: usize = 4;

/// Longer names of files than this are cut, so that what is put around them fits, too.
const MOST_NAME_BYTES: usize = 200;

/// Makes an empty file beside the one at `target`, which is locked while it is open and goes with what is returned
/// unless it is given the name of another.
///
/// # Errors
/// When the system says no.
pub(crate) fn new_file(target: &Path) -> io::Result<NamedTempFile> {
    let directory = match target.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    for number in 0..NAMES {
        let name = name(target, number);
        remove_left_behind(&directory.join(&name));
        let mut builder = Builder::new();
        new_file_permissions(builder.prefix(&name).rand_bytes(0));
        let file = match builder.tempfile_in(directory) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            made => made?,
        };
        // Some file systems know no locks: there nothing can be told to be left behind, and nothing is removed.
        let _ = file.as_file().lock();
        if is_at(file.as_file(), file.path()) {
            return Ok(file);
        }
    }
    let mut builder = Builder::new();
    new_file_permissions(builder.prefix(".pipewright-").suffix(".tmp"));
    builder.tempfile_in(directory)
}

fn name(target: &Path, number: usize) -> OsString {
    let whole = target.file_name().unwrap_or(OsStr::new("file"));
    let mut name = OsString::from(".");
    if whole.len() <= MOST_NAME_BYTES {
        name.push(whole);
    } else {
        let whole = whole.to_string_lossy();
        let ends = whole.char_indices().map(|(at, _)| at);
        let end = ends.take_while(|at| *at <= MOST_NAME_BYTES).last();
        name.push(&whole[..end.unwrap_or(0)]);
    }
    name.push(format!(".pipewright-{number}.tmp"));
    name
}

/// Removes the file at a path of ours if it is a regular one that no process has locked.
fn remove_left_behind(path: &Path) {
    let Ok(file) = regular_file(path, Links::Refused) else {
        return;
    };
    // Between the two questions another process may have put its file there.
    if file.try_lock().is_ok() && is_at(&file, path) {
        let _ = fs::remove_file(path);
    }
}

/// Whether a path still leads to an open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let (Ok(open), Ok(there)) = (file.metadata(), path.symlink_metadata()) else {
        return false;
    };
    (open.dev(), open.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// A new file has the permissions of any other that a program makes.
#[cfg(unix)]
fn new_file_permissions(builder: &mut Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;

    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn new_file_permissions(_: &mut Builder<'_, '_>) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let entries = fs::read_dir(directory).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_left_behind_goes_and_what_is_in_use_or_of_others_stays() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        let target = at("a.yaml");
        let stay = [
            ".a.yaml.pipewright-x.tmp",
            ".a.yaml.tmp",
            ".b.yaml.pipewright-0.tmp",
        ];
        for name in stay.iter().chain(&[".a.yaml.pipewright-0.tmp"]) {
            fs::write(at(name), "half of it").unwrap();
        }
        let first = new_file(&target).unwrap();
        assert_eq!(first.path(), at(".a.yaml.pipewright-0.tmp"));
        assert_eq!(fs::read(first.path()).unwrap(), b"");
        // The first one is in use.
        let second = new_file(&target).unwrap();
        assert_eq!(second.path(), at(".a.yaml.pipewright-1.tmp"));
        second.persist(&target).unwrap();
        drop(first);
        assert_eq!(
            names(directory.path()),
            [stay[0], stay[1], stay[2], "a.yaml"]
        );
    }

    #[test]
    fn a_name_that_is_taken_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("a.yaml");
        for number in 0..NAMES {
            fs::create_dir(directory.path().join(name(&target, number))).unwrap();
        }
        let file = new_file(&target).unwrap();
        assert!(file.path().is_file());
        drop(file);
        assert_eq!(names(directory.path()).len(), NAMES);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("a.yaml");
        let precious = directory.path().join("precious");
        fs::write(&precious, "text").unwrap();
        let link = directory.path().join(name(&target, 0));
        std::os::unix::fs::symlink(&precious, &link).unwrap();
        let file = new_file(&target).unwrap();
        assert_ne!(file.path(), link);
        assert_eq!(fs::read_to_string(&precious).unwrap(), "text");
        assert!(link.is_symlink());
    }

    #[test]
    fn long_names_are_cut() {
        for long in ["x".repeat(255), "ä".repeat(127)] {
            let name = name(Path::new(&long), 3);
            assert!(name.len() < 225, "{name:?}");
        }
    }
}
