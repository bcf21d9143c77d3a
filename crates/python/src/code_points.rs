//! From bytes of UTF-8 to indexes into a Python text.

use std::ops::Range;

/// How many bytes lie between two counts.
const STRIDE: usize = 512;

/// The code points of a text, counted now and then.
#[derive(Debug)]
pub(crate) struct CodePoints<'t> {
    text: &'t str,
    /// How many begin before each multiple of the stride; empty for a text that is ASCII, where bytes are code points.
    counts: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                counts.push(before);
                before += begun(chunk);
            }
            counts.push(before);
        }
        Self { text, counts }
    }

    /// The code point that begins at a byte, or how many there are for one behind the text.
    pub(crate) fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        match self.counts.get(byte / STRIDE) {
            Some(before) => {
                let rest = byte - byte % STRIDE;
                before + begun(&self.text.as_bytes()[rest..byte])
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
