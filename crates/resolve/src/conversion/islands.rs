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
    within(text, 0..text.len(), 0)
}

fn within(text: &str, range: Range<usize>, depth: usize) -> Vec<Island> {
    let mut found = Vec::new();
    if depth == MAX_DEPTH {
        return found;
    }
    let mut at = range.start;
    while let Some((start, is_jexl)) = opening(text, at..range.end) {
        let open = if is_jexl { 2 } else { 3 };
        let Some((close, end)) = closing(text, start + open..range.end, is_jexl) else {
            at = start + open;
            continue;
        };
        let content = start + open..close;
        found.push(Island {
            range: start..end,
            is_jexl,
            inner: within(text, content.clone(), depth + 1),
            content,
        });
        at = end;
    }
    found
}

/// Where the next island begins, and whether it is one of `<+`.
fn opening(text: &str, range: Range<usize>) -> Option<(usize, bool)> {
    let part = &text[range.clone()];
    let jexl = part.find("<+").map(|at| (range.start + at, true));
    let cel = part.find("${{").map(|at| (range.start + at, false));
    match (jexl, cel) {
        (Some(jexl), Some(cel)) => Some(if jexl.0 < cel.0 { jexl } else { cel }),
        (jexl, cel) => jexl.or(cel),
    }
}

/// Where the delimiter stands that closes an island, and where it ends.
fn closing(text: &str, range: Range<usize>, is_jexl: bool) -> Option<(usize, usize)> {
    let (open, close) = if is_jexl { ("<+", ">") } else { ("${{", "}}") };
    let bytes = &text.as_bytes()[..range.end];
    let mut depth = 0_usize;
    let mut at = range.start;
    while at < range.end {
        if bytes[at..].starts_with(open.as_bytes()) {
            depth += 1;
            at += open.len();
        } else if bytes[at..].starts_with(close.as_bytes()) {
            if depth == 0 {
                return Some((at, at + close.len()));
            }
            depth -= 1;
            at += close.len();
        } else {
            at += 1;
        }
    }
    None
}
