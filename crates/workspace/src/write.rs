//! Writes files, so that nobody ever sees half of one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::{WriteError, beside};

/// Puts `contents` in the place of the file at `path`, or makes one there.
///
/// The new text is written beside the file and then takes its name in one step: whoever reads the file meanwhile, and
/// whoever looks at it after a full disk or a sudden end, finds the whole old or the whole new text. What a sudden end
/// leaves beside the file goes when the same file is written next. A symbolic link stays and what it points at is
/// replaced; permissions stay. Where there is no regular file but a pipe or a device, it is written to as it is.
///
/// # Errors
/// When the system says no; the file is then as it was.
pub fn replace(path: &Path, contents: &[u8]) -> Result<(), WriteError> {
    put(path, contents).map_err(WriteError::from)
}

/// Opens the file at `path` to write at its end, or makes one there.
///
/// # Errors
/// When the system says no.
pub fn append_to(path: &Path) -> Result<File, WriteError> {
    let file = OpenOptions::new().append(true).create(true).open(path);
    file.map_err(WriteError::from)
}

fn put(path: &Path, contents: &[u8]) -> io::Result<()> {
    let target = target(path)?;
    let known = match fs::metadata(&target) {
        Ok(metadata) if metadata.is_file() => Some(metadata.permissions()),
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) => {
            return OpenOptions::new()
                .write(true)
                .open(&target)?
                .write_all(contents);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    // A file that must not be written is not replaced either, though its directory would allow it.
    if known.is_some() {
        OpenOptions::new().append(true).open(&target)?;
    }
    let mut file = beside::new_file(&target)?;
    file.write_all(contents)?;
    if let Some(permissions) = known {
        fs::set_permissions(file.path(), permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

/// What a path leads to: behind its links, also where there is nothing yet.
fn target(path: &Path) -> io::Result<PathBuf> {
    /// As many links one after the other as systems follow.
    const MOST_LINKS: usize = 40;
    if let Ok(target) = fs::canonicalize(path) {
        return Ok(target);
    }
    let mut target = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let Ok(link) = fs::read_link(&target) else {
            return Ok(target);
        };
        target = match target.parent() {
            Some(parent) => parent.join(link),
            None => link,
        };
    }
    Err(io::Error::other("too many symbolic links"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let entries = fs::read_dir(directory).unwrap();
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<String> = entries
            .map(|entry| name(entry).to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_made_or_replaced_and_nothing_else_is_left() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.yaml");
        for text in ["one", "", "another"] {
            replace(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(names(directory.path()), ["a.yaml"]);
        let error = replace(directory.path(), b"text").unwrap_err();
        assert_eq!(error, WriteError::IsDirectory);
        let error = replace(&path.join("b"), b"text").unwrap_err();
        assert_eq!(error, WriteError::NoDirectory);
        assert_eq!(names(directory.path()), ["a.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        let directory = tempfile::tempdir().unwrap();
        let [path, link, dangling] =
            ["a.yaml", "link.yaml", "dangling.yaml"].map(|name| directory.path().join(name));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o751)).unwrap();
        symlink("a.yaml", &link).unwrap();
        symlink("new.yaml", &dangling).unwrap();
        replace(&link, b"new").unwrap();
        replace(&dangling, b"made").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o751
        );
        let made = directory.path().join("new.yaml");
        assert_eq!(fs::read_to_string(&made).unwrap(), "made");
        assert_eq!(
            names(directory.path()),
            ["a.yaml", "dangling.yaml", "link.yaml", "new.yaml"]
        );
    }
}
