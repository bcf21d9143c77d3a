//! From bytes of files to indexes into their texts, each file read and counted once.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::code_points::CodePoints;

/// Files by name, read when they are asked for.
pub(crate) struct Texts<T, R> {
    read: R,
    counted: BTreeMap<String, CodePoints<T>>,
}

impl<T: AsRef<str> + Default, R: Fn(&str) -> Option<T>> Texts<T, R> {
    /// The texts that `read` gives; one that it does not give is empty.
    pub(crate) const fn new(read: R) -> Self {
        Self {
            read,
            counted: BTreeMap::new(),
        }
    }

    /// The code points of these bytes of a file.
    pub(crate) fn range(&mut self, file: &str, bytes: &Range<usize>) -> (usize, usize) {
        if !self.counted.contains_key(file) {
            let text = (self.read)(file).unwrap_or_default();
            self.counted.insert(file.to_owned(), CodePoints::new(text));
        }
        self.counted[file].range(bytes)
    }
}
