//! The comma or bracket that ends an expression too early: `{type: String, value: <+hosts.split(",")>}`.
//!
//! Inside `{ }` and `[ ]` commas and brackets end a plain scalar. What is left of the expression may be YAML or not;
//! the parser's own error would speak of quotes that are never closed.

use pipewright_source::TextRange;

use crate::Node;
use crate::colon::plain_text;
use crate::events::Failure;
use crate::lines::line_at;
use crate::open::{Open, begins_cel, first_open, is_open};

/// A sign inside an expression that ends the plain scalar around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct FlowCut {
    /// The byte of the sign.
    pub(crate) at: u32,
    /// The scalar that wants quotes.
    pub(crate) scalar: TextRange,
}

/// The sign that cuts an expression on the line where the parser failed, or on that of the quote that it takes for
/// open, if that is why.
pub(crate) fn flow_cut(text: &str, failure: &Failure) -> Option<FlowCut> {
    let at = failure.at as usize;
    let places = [failure.opening_quote(text), Some(at)];
    places.into_iter().flatten().find_map(|place| {
        let line = line_at(text, place);
        let is_inside = failure
            .open_flow
            .is_some_and(|open| (open as usize) < line.start);
        let start = bracket_of(&text[line.clone()]).map(|bracket| line.start + bracket);
        let start = start.or_else(|| is_inside.then_some(line.start))?;
        first_cut(&text[..line.end], start).filter(|cut| cut.at as usize <= at)
    })
}

/// Where the flow collection begins that is the value of a line: behind dashes and a key.
fn bracket_of(line: &str) -> Option<usize> {
    let behind = line.trim_start_matches([' ', '-']);
    let behind = match behind.split_once(": ") {
        Some((key, value)) if !key.starts_with(['{', '[']) => value.trim_start(),
        _ => behind,
    };
    behind
        .starts_with(['{', '['])
        .then(|| line.len() - behind.len())
}

/// How many scalars of a text are looked at in vain: each may need the rest of its line, and a line may have as many as
/// there are bytes.
const MOST_TRIES: usize = 100;

/// The signs that cut an expression of a text that is YAML all the same.
pub(crate) fn in_scalars(text: &str, nodes: &[Node]) -> Vec<FlowCut> {
    let (mut found, mut tries) = (Vec::new(), 0);
    if first_open(text).is_none() {
        return found;
    }
    for node in nodes.iter().filter(|node| may_be_cut(text, node)) {
        let start = node.range.start() as usize;
        let line = line_at(text, start);
        match scalar(&text[..line.end], start) {
            (_, Some(cut)) => found.push(cut),
            (_, None) => tries += 1,
        }
        if tries == MOST_TRIES {
            break;
        }
    }
    found
}

/// Whether an expression is open at the end of a plain scalar, and a sign stands behind it that may cut it.
pub(crate) fn may_be_cut(text: &str, node: &Node) -> bool {
    let is_cut = || {
        let rest = text[node.range.end() as usize..].trim_start_matches([' ', '\t']);
        rest.starts_with(is_sign)
    };
    plain_text(node).is_some_and(is_open) && is_cut()
}

/// Puts a letter for every sign that means something to YAML in the scalar, which so stays in one piece.
pub(crate) fn hide_signs(text: &mut String, cut: FlowCut) {
    let scalar = cut.scalar.to_usize();
    let means = |c| is_sign(c) || matches!(c, '"' | '\'' | ':' | '#');
    let hidden = text[scalar.clone()].replace(means, "_");
    text.replace_range(scalar, &hidden);
}

const fn is_sign(c: char) -> bool {
    matches!(c, ',' | '[' | ']' | '{' | '}')
}

/// The first cut in a line of a flow collection, which ends with `text` and whose first value begins behind `start`.
fn first_cut(text: &str, start: usize) -> Option<FlowCut> {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b',' | b':' | b'[' | b']' | b'{' | b'}' => at += 1,
            quote @ (b'"' | b'\'') => at = after_quotes(text, at, quote)?,
            b'#' if bytes[..at].ends_with(b" ") => return None,
            _ => match scalar(text, at) {
                (_, Some(cut)) => return Some(cut),
                (end, None) => at = end.max(at + 1),
            },
        }
    }
    None
}

/// Where the string ends that begins at `start`.
fn after_quotes(text: &str, start: usize, quote: u8) -> Option<usize> {
    let mut at = start + 1;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            byte if *byte == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the plain scalar ends that begins at `start` in a line that ends with `text`, if the expressions in it are
/// taken for whole; and the sign that cuts one of them.
fn scalar(text: &str, start: usize) -> (usize, Option<FlowCut>) {
    let bytes = text.as_bytes();
    let (mut at, mut open, mut cut) = (start, Open::default(), None);
    while at < bytes.len() {
        let is_sign = is_sign(char::from(bytes[at]));
        let ends_key = bytes[at] == b':' && bytes.get(at + 1).is_none_or(|next| *next == b' ');
        let ends = is_sign || ends_key || bytes[..at].ends_with(b" ") && bytes[at] == b'#';
        if ends && !open.is_open() {
            break;
        }
        if is_sign {
            cut = cut.or(Some(at));
        } else if begins_cel(bytes, at) {
            // Its own braces are signs, too.
            cut = cut.or(Some(at + 1));
        }
        at = open.step(text, at);
    }
    let end = at.min(bytes.len());
    let end_of_text = start + text[start..end].trim_end().len();
    let cut = cut.filter(|_| !open.is_open()).map(|sign| FlowCut {
        at: TextRange::of(sign, sign).start(),
        scalar: TextRange::of(start, end_of_text),
    });
    (end, cut)
}
