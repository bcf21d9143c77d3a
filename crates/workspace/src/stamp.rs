//! When files changed last, without reading them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::{Workspace, find};

/// What tells a file from what it was: when it was written, and how long it is. `None` where it cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp(Option<(SystemTime, u64)>);

impl Stamp {
    fn of(path: &Path) -> Self {
        let metadata = fs::metadata(path).ok();
        Self(metadata.and_then(|metadata| Some((metadata.modified().ok()?, metadata.len()))))
    }
}

impl Workspace<'_> {
    /// The files at and below some paths by their places ([`Workspace::place`]), as [`Workspace::collect`] finds them,
    /// with what tells whether they were written since. A path at which there is nothing has a stamp, too.
    pub fn stamps(&mut self, paths: &[PathBuf]) -> BTreeMap<String, Stamp> {
        let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        let found = find::find(&self.directory, &paths, &mut Vec::new());
        let stamp = |file: find::Found| (find::place(&file.path), Stamp::of(&file.path));
        found.into_iter().map(stamp).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_and_what_comes_and_goes_is_noticed() {
        let directory = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
        write("a.yaml", "1");
        write("b.txt", "1");
        let mut nothing = std::io::empty();
        let mut workspace = Workspace::new(directory.path(), &mut nothing, "-");
        let mut stamps = || workspace.stamps(&[PathBuf::from("."), PathBuf::from("c.yaml")]);
        let before = stamps();
        assert_eq!(before.len(), 2, "{before:?}");
        assert_eq!(stamps(), before);
        write("b.txt", "22");
        assert_eq!(stamps(), before, "it is none of those that are read");
        write("a.yaml", "22");
        let after = stamps();
        assert_ne!(after, before);
        write("c.yaml", "1");
        assert_ne!(stamps(), after);
    }
}
