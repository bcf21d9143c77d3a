//! The path that stands before the cursor, read off the token stream: the text need not parse.

use pipewright_source::{Span, TextRange};
use pipewright_syntax::{Token, TokenKind, parse_template, tokens};
use pipewright_yaml::{NodeId, Tree};

/// How an island begins.
const OPEN: &str = "<+";

/// What stands before the cursor.
pub(super) struct Prefix {
    /// The names before the one that is written, from left to right.
    pub(super) path: Vec<String>,
    /// Where the name that is written begins, up to the cursor.
    pub(super) written: Span,
}

impl Prefix {
    /// The path before the cursor in a scalar. `None` outside of expressions, in strings and comments, and behind what
    /// only a run knows. `is_whole` says that the text is an expression also outside of islands.
    pub(super) fn find(tree: &Tree, scalar: NodeId, offset: u32, is_whole: bool) -> Option<Self> {
        let (expression, end) = expression_before(tree, scalar, offset, is_whole)?;
        let (path, length) = path_at_end(expression)?;
        let begin = end.checked_sub(u32::try_from(length).ok()?)?;
        let written = tree.cover_of(scalar, TextRange::new(begin, end));
        // Inside an escape there is no place to write.
        (written.range.end() <= offset).then_some(Self { path, written })
    }
}

/// The text of the innermost expression from its beginning to the cursor, and the cursor's place in the decoded text.
/// `None` outside of expressions.
pub(super) fn expression_before(
    tree: &Tree,
    scalar: NodeId,
    offset: u32,
    is_whole: bool,
) -> Option<(&str, u32)> {
    let text = tree.text(scalar)?;
    let end = decoded(tree, scalar, text, offset);
    let before = text.get(..end as usize)?;
    let start = match innermost_open(before) {
        Some(start) => start,
        None if is_whole => 0,
        None => return None,
    };
    Some((before.get(start..)?, end))
}

/// The offset in the decoded text at which the byte of the file was written: a search by halves, as offsets rise
/// together.
pub(super) fn decoded(tree: &Tree, scalar: NodeId, text: &str, offset: u32) -> u32 {
    let mut bounds: Vec<u32> = text
        .char_indices()
        .filter_map(|(at, _)| u32::try_from(at).ok())
        .collect();
    bounds.extend(u32::try_from(text.len()));
    let written = |at: u32| tree.cover_of(scalar, TextRange::new(at, at)).range.start();
    let behind = bounds.partition_point(|at| written(*at) <= offset);
    behind.checked_sub(1).map_or(0, |at| bounds[at])
}

/// Where the content of the innermost island begins that is not closed at the end of a text.
fn innermost_open(text: &str) -> Option<usize> {
    let mut start = None;
    let mut at = 0;
    while let Some(unclosed) = parse_template(text.get(at..)?).unclosed {
        at += unclosed.start() as usize + OPEN.len();
        start = Some(at);
    }
    start
}

/// The path at the end of an expression and the length of its last, perhaps unfinished name in bytes.
pub(super) fn path_at_end(expression: &str) -> Option<(Vec<String>, usize)> {
    let all = tokens(expression);
    let mut rest: &[Token] = &all;
    let mut take = |kinds: &[TokenKind]| -> Option<&str> {
        let (last, before) = rest.split_last()?;
        if !kinds.contains(&last.kind) {
            return None;
        }
        rest = before;
        Some(last.range.slice(expression))
    };
    let name = [TokenKind::Name, TokenKind::Keyword];
    let written = take(&name).unwrap_or("").len();
    let mut path = Vec::new();
    while take(&[TokenKind::Dot]).is_some() {
        path.push(take(&name)?.to_owned());
    }
    path.reverse();
    let goes_on = match rest.last().map(|token| token.kind) {
        // A string or comment that does not end; the end of a value, whose members only a run knows.
        Some(
            TokenKind::Unterminated
            | TokenKind::Comment
            | TokenKind::Junk
            | TokenKind::Number
            | TokenKind::Close
            | TokenKind::String
            | TokenKind::Name,
        ) => false,
        _ => true,
    };
    goes_on.then_some((path, written))
}
