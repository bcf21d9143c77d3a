//! From bytes of UTF-8 to indexes into a Python text.

use std::ops::Range;

/// How many bytes lie between two counts.
const STRIDE: usize = 512;

/// The code points of a text, counted now and then.
#[derive(Debug)]
pub(crate) struct CodePoints<T> {
    text: T,
    /// How many begin before each multiple of the stride; empty for a text that is ASCII, where bytes are code points.
    counts: Vec<usize>,
}

impl<T: AsRef<str>> CodePoints<T> {
    pub(crate) fn new(text: T) -> Self {
        let mut counts = Vec::new();
        let bytes = text.as_ref().as_bytes();
        if !bytes.is_ascii() {
            let mut before = 0;
            for chunk in bytes.chunks(STRIDE) {
                counts.push(before);
                before += begun(chunk);
            }
            counts.push(before);
        }
        Self { text, counts }
    }

    /// The code point that begins at a byte, or how many there are for one behind the text.
    pub(crate) fn at(&self, byte: usize) -> usize {
        let bytes = self.text.as_ref().as_bytes();
        let byte = byte.min(bytes.len());
        match self.counts.get(byte / STRIDE) {
            Some(before) => {
                let rest = byte - byte % STRIDE;
                before + begun(&bytes[rest..byte])
            }
            None => byte,
        }
    }

    /// The code points of a range of bytes.
    pub(crate) fn range(&self, bytes: &Range<usize>) -> (usize, usize) {
        (self.at(bytes.start), self.at(bytes.end))
    }
}

/// How many code points begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| *byte & 0xC0 != 0x80).count()
}
