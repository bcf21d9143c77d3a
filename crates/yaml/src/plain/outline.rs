//! The collections that are open where a line begins, as lines that open them.

use std::collections::VecDeque;

use super::{Document, Open, Reader, is_ordinary, line};
use crate::NodeKind;
use crate::decode::Source;
use crate::outline::Outline;

/// How many lines lie between the two outlines: what is to blame for an error stands a few lines above it.
const LINES_BETWEEN: usize = 32;

/// The state of the reader where a line begins.
struct State {
    at: usize,
    open: Vec<Open>,
    document: Document,
    nodes: usize,
}

/// Two outlines of the beginning of a text, the shorter first: up to the last line before `until` that is certain
/// whatever stands behind it, which has a key or dash of its own and so ends what stands before it, and up to one some
/// lines above. Fewer where there are none.
pub(crate) fn outlines(text: &str, until: usize) -> Vec<Outline> {
    if !is_ordinary(text) {
        return Vec::new();
    }
    let mut reader = Reader::new(Source::new(text));
    let mut certain = VecDeque::with_capacity(LINES_BETWEEN);
    let mut at = 0;
    while at < until.min(text.len()) {
        let state = State {
            at,
            open: reader.open.clone(),
            document: reader.document,
            nodes: reader.assembly.nodes.len(),
        };
        let is_certain = reader.begins_entry(at);
        let Some(next) = reader.line(at).filter(|next| *next <= until) else {
            break;
        };
        if is_certain {
            if certain.len() == LINES_BETWEEN {
                certain.pop_front();
            }
            certain.push_back(state);
        }
        at = next;
    }
    let mut both = Vec::new();
    both.extend(certain.pop_front().map(|state| state.outline(&reader)));
    both.extend(certain.pop_back().map(|state| state.outline(&reader)));
    both
}

impl State {
    fn outline(&self, reader: &Reader<'_>) -> Outline {
        let mut read = reader.assembly.nodes[..self.nodes].iter().rev();
        let last_scalar = read.find_map(|node| match &node.kind {
            NodeKind::Scalar(_) => Some(node.range),
            _ => None,
        });
        Outline {
            end: self.at,
            lines: lines_of(&self.open, self.document),
            last_scalar,
        }
    }
}

impl Reader<'_> {
    /// Whether the line at `start` has text that is no comment and no marker of a document.
    fn begins_entry(&self, start: usize) -> bool {
        let end = line::end(self.bytes, start);
        let first = line::skip_spaces(self.bytes, start, end);
        first < end && self.bytes[first] != b'#' && !self.text[start..end].starts_with("---")
    }
}

/// One line for each collection: a key or dash where it stands. All but the innermost wait for what stands inside.
fn lines_of(open_collections: &[Open], document: Document) -> String {
    let mut lines = String::new();
    if document != Document::Nothing {
        lines.push_str("---\n");
    }
    for (at, open) in open_collections.iter().enumerate() {
        lines.extend(std::iter::repeat_n(' ', open.column));
        lines.push_str(if open.is_mapping { "k:" } else { "-" });
        let has_value = at + 1 == open_collections.len() && open.waits.is_none();
        // In quotes, as a plain text would go on.
        lines.push_str(if has_value { " \"\"\n" } else { "\n" });
    }
    lines
}
