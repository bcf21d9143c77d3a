//! The islands of a text, of both delimiters, as the converter sees them: each kind balances only its own marks, and quotes
//! do not count.

use std::ops::Range;

/// How deep islands may stand in each other: what is deeper stays as it is.
const MAX_DEPTH: usize = 64;

/// `<+ … >` or `${{ … }}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Island {
    /// With its delimiters.
    pub(super) range: Range<usize>,
    /// Between them.
    pub(super) content: Range<usize>,
    /// Whether its delimiters are `<+` and `>`.
    pub(super) is_jexl: bool,
    /// The islands in it.
    pub(super) inner: Vec<Self>,
}

/// The islands of a text that stand in no other, from left to right. What is not closed is none.
pub(super) fn find(text: &str) -> Vec<Island> {
    let mut closed = [(true, "<+", ">"), (false, "${{", "}}")]
        .into_iter()
        .flat_map(|(is_jexl, open, close)| closed(text, is_jexl, open, close))
        .collect::<Vec<_>>();
    closed.sort_unstable_by_key(|island| island.range.start);
    within(&closed, 0..text.len(), 0)
}

/// Of the closed islands those that stand in a part of the text and in no other there, with what stands in them.
fn within(closed: &[Island], range: Range<usize>, depth: usize) -> Vec<Island> {
    let mut found = Vec::new();
    if depth == MAX_DEPTH {
        return found;
    }
    let mut at = range.start;
    let first = closed.partition_point(|island| island.range.start < at);
    for island in &closed[first..] {
        if island.range.start >= range.end {
            break;
        }
        // What an island of the other kind cuts off is not closed in it.
        if island.range.start < at || island.range.end > range.end {
            continue;
        }
        at = island.range.end;
        found.push(Island {
            inner: within(closed, island.content.clone(), depth + 1),
            ..island.clone()
        });
    }
    found
}

/// Every island of a kind that is closed, however deep it stands.
fn closed(text: &str, is_jexl: bool, open: &str, close: &str) -> Vec<Island> {
    let bytes = text.as_bytes();
    let (mut opened, mut closed) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(open.as_bytes()) {
            opened.push(at);
            at += open.len();
        } else if bytes[at..].starts_with(close.as_bytes()) {
            let end = at + close.len();
            closed.extend(opened.pop().map(|start| Island {
                range: start..end,
                content: start + open.len()..at,
                is_jexl,
                inner: Vec::new(),
            }));
            at = end;
        } else {
            at += 1;
        }
    }
    closed
}
