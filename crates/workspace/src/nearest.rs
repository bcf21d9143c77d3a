//! Files that stand above others and speak for them.

use std::path::{Path, PathBuf};

/// The nearest regular file called `file` in the directory of `place` or above it, up to the directory that holds
/// `.git`.
pub(crate) fn nearest(place: &Path, file: &str) -> Option<PathBuf> {
    for directory in place.ancestors().skip(1) {
        let candidate = directory.join(file);
        if candidate.is_file() {
            return Some(candidate);
        }
        if directory.join(".git").exists() {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_nearest_counts_and_the_repository_ends_it() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        for folder in ["outer/repository/.git", "outer/repository/a/b"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        let found = |name: &str| nearest(&at(name), "c.toml");
        fs::write(at("outer/c.toml"), "").unwrap();
        assert_eq!(found("outer/x.yaml"), Some(at("outer/c.toml")));
        assert_eq!(found("outer/repository/a/b/x.yaml"), None);
        fs::write(at("outer/repository/c.toml"), "").unwrap();
        assert_eq!(
            found("outer/repository/a/b/x.yaml"),
            Some(at("outer/repository/c.toml"))
        );
        fs::write(at("outer/repository/a/c.toml"), "").unwrap();
        assert_eq!(
            found("outer/repository/a/b/x.yaml"),
            Some(at("outer/repository/a/c.toml"))
        );
    }
}
