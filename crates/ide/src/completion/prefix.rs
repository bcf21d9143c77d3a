//! The path that stands before the cursor, read off the token stream: the text need not parse.

use pipewright_source::{Span, TextRange};
use pipewright_syntax::{Language, Languages, Token, TokenKind, open_cel, open_jexl, tokens_of};
use pipewright_yaml::{NodeId, Tree};

/// What stands before the cursor.
pub(super) struct Prefix {
    /// The names before the one that is written, from left to right.
    pub(super) path: Vec<String>,
    /// Where the name that is written begins, up to the cursor.
    pub(super) written: Span,
}

/// The text up to the cursor of the innermost expression around it.
pub(super) struct Begun<'t> {
    /// From the beginning of the expression.
    pub(super) text: &'t str,
    pub(super) language: Language,
    /// The cursor's place in the decoded text.
    pub(super) end: u32,
}

impl Prefix {
    /// The path at the end of an expression in a scalar, with the cursor at `offset`. `None` in strings and comments,
    /// and behind what only a run knows.
    pub(super) fn find(
        tree: &Tree,
        scalar: NodeId,
        offset: u32,
        begun: &Begun<'_>,
    ) -> Option<Self> {
        let (path, length) = path_at_end(begun.text, begun.language)?;
        let start = begun.end.checked_sub(u32::try_from(length).ok()?)?;
        let written = tree.cover_of(scalar, TextRange::new(start, begun.end));
        // Inside an escape there is no place to write.
        (written.range.end() <= offset).then_some(Self { path, written })
    }
}

impl<'t> Begun<'t> {
    /// What stands before the cursor in a scalar. `None` outside of expressions. `is_whole` says that the text is an
    /// expression of JEXL also outside of islands.
    pub(super) fn find(
        tree: &'t Tree,
        scalar: NodeId,
        offset: u32,
        languages: Languages,
        is_whole: bool,
    ) -> Option<Self> {
        let text = tree.text(scalar)?;
        let end = decoded(tree, scalar, text, offset);
        let before = text.get(..end as usize)?;
        let (start, language) = match innermost_open(before, languages) {
            Some(open) => open,
            None if is_whole => (0, Language::Jexl),
            None => return None,
        };
        Some(Self {
            text: before.get(start..)?,
            language,
            end,
        })
    }
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

/// Where the content of the innermost island begins that is not closed at the end of a text, and its language.
fn innermost_open(text: &str, languages: Languages) -> Option<(usize, Language)> {
    let of_jexl = open_jexl(text).map(|at| (at, Language::Jexl));
    let of_cel = match languages {
        Languages::Jexl => None,
        Languages::JexlAndCel => open_cel(text).map(|at| (at, Language::Cel)),
    };
    [of_jexl, of_cel]
        .into_iter()
        .flatten()
        .max_by_key(|(at, _)| *at)
}

/// The path at the end of an expression and the length of its last, perhaps unfinished name in bytes.
pub(super) fn path_at_end(expression: &str, language: Language) -> Option<(Vec<String>, usize)> {
    let all = tokens_of(expression, language);
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
