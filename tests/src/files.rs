//! Files of the test data.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files below a folder whose names end so, sorted by path.
///
/// # Errors
/// Where a folder cannot be read.
pub fn below(folder: &Path, extensions: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_wanted = |extension: &&str| path.extension().is_some_and(|of| of == *extension);
        if path.is_dir() {
            found.extend(below(&path, extensions)?);
        } else if extensions.iter().any(is_wanted) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The same with their texts. A file that is no text is left out.
///
/// # Errors
/// Where a folder cannot be read.
pub fn texts_below(folder: &Path, extensions: &[&str]) -> io::Result<Vec<(PathBuf, String)>> {
    let with_text = |path: PathBuf| fs::read_to_string(&path).ok().map(|text| (path, text));
    let found = below(folder, extensions)?;
    Ok(found.into_iter().filter_map(with_text).collect())
}
