//! Flow collections that begin and end on one line: `[a, "b"]`, `{ key: value }`.

use pipewright_source::TextRange;

use super::line::{is_blank_or_end, quoted, skip_spaces};
use super::{MOST_OPEN, Reader};

impl Reader<'_> {
    /// Reads the collection whose bracket stands at `at`; gives where it ends.
    pub(super) fn flow(&mut self, at: usize, end: usize) -> Option<usize> {
        let depth = self.assembly.depth();
        let mut at = at;
        loop {
            // What begins here is an item, or a key where a mapping is open that has all its values.
            at = match self.bytes.get(at).filter(|_| at < end)? {
                b'[' | b'{' if !self.is_key_next(depth) => {
                    let is_mapping = self.bytes[at] == b'{';
                    if self.open.len() + self.assembly.depth() - depth >= MOST_OPEN {
                        return None;
                    }
                    self.assembly
                        .start(is_mapping, TextRange::of(at, at + 1), None);
                    let inside = skip_spaces(self.bytes, at + 1, end);
                    if self.bytes.get(inside) != Some(&closing(is_mapping)) {
                        at = inside;
                        continue;
                    }
                    inside
                }
                quote @ (b'"' | b'\'') => {
                    let quoted = quoted(self.bytes, at, end, *quote)?;
                    self.quoted(at, quoted);
                    quoted.end
                }
                _ => {
                    let behind = plain_end(self.bytes, at, end)?;
                    self.scalar(at, behind);
                    behind
                }
            };
            at = skip_spaces(self.bytes, at, end);
            if self.assembly.depth() > depth && self.assembly.is_value_next() {
                let is_colon = self.bytes.get(at) == Some(&b':');
                if !is_colon || at + 1 >= end || self.bytes[at + 1] != b' ' {
                    return None;
                }
                at = skip_spaces(self.bytes, at + 1, end);
                continue;
            }
            // The collections that end here.
            while at < end && matches!(self.bytes[at], b']' | b'}') {
                if self.bytes[at] != closing(self.assembly.is_mapping()?) {
                    return None;
                }
                self.assembly.end(Some(TextRange::of(at, at + 1)));
                at += 1;
                if self.assembly.depth() == depth {
                    return Some(at);
                }
                at = skip_spaces(self.bytes, at, end);
            }
            if at >= end || self.bytes[at] != b',' || !is_blank_or_end(self.bytes, at + 1, end) {
                return None;
            }
            at = skip_spaces(self.bytes, at + 1, end);
        }
    }

    /// Whether a key comes next in the flow mapping that is open.
    fn is_key_next(&self, depth: usize) -> bool {
        self.assembly.depth() > depth
            && self.assembly.is_mapping() == Some(true)
            && !self.assembly.is_value_next()
    }
}

const fn closing(is_mapping: bool) -> u8 {
    if is_mapping { b'}' } else { b']' }
}

/// The end of a plain text inside brackets, without the blanks behind it. Only those that begin like a word or an
/// expression are certain.
fn plain_end(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let first = bytes[at];
    if !(first.is_ascii_alphanumeric() || matches!(first, b'<' | b'/' | b'.' | b'_' | b'$')) {
        return None;
    }
    let rest = bytes.get(at..end)?;
    let mut length = rest.len();
    for (offset, byte) in rest.iter().enumerate() {
        match byte {
            b',' | b']' | b'}' => {
                length = offset;
                break;
            }
            b'[' | b'{' | b'#' => return None,
            b':' => match rest.get(offset + 1)? {
                b' ' => {
                    length = offset;
                    break;
                }
                b',' | b'[' | b']' | b'{' | b'}' => return None,
                _ => {}
            },
            _ => {}
        }
    }
    let text = &rest[..length];
    let blanks = text.iter().rev().take_while(|byte| **byte == b' ').count();
    Some(at + length - blanks)
}
