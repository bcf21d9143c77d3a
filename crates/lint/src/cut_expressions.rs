//! Expressions that a `>` ends which was meant as an operator, an arrow or a quoted character.

use pipewright_source::TextRange;
use pipewright_syntax::{Island, TokenKind, parse_predicate, parse_template, tokens};

/// How many later `>` are tried as the real end. Each costs one parse.
const MOST_ENDS: usize = 6;
/// The longest expression that is looked for, in bytes.
const LONGEST: usize = 2000;

/// The islands of a text that end too early, each with the range that was meant. An island comes with whether it cannot
/// be read; `whole_fails` says that the text is evaluated as one expression and cannot be read as that.
pub(crate) fn cut_expressions<'i>(
    text: &str,
    islands: impl Iterator<Item = (&'i Island, bool)>,
    whole_fails: bool,
) -> Vec<(&'i Island, TextRange)> {
    let mut found = Vec::new();
    let mut from = 0;
    for (island, is_broken) in islands {
        if island.range.start() < from {
            continue;
        }
        if island.inner.slice(text).trim().is_empty() {
            continue;
        }
        let suspicion = suspicion(text, island, is_broken, whole_fails);
        let end = real_end(text, island, suspicion);
        let cut_end = || is_broken.then(|| cut_end(text, island)).flatten();
        if let Some(end) = end.or_else(cut_end) {
            found.push((island, TextRange::new(island.range.start(), end)));
            from = end;
        }
    }
    found
}

/// Why the `>` of an island may not have been meant as its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Suspicion {
    /// What stands before it is no expression, or the text as a whole is none.
    Broken,
    /// A blank stands before it, as before an operator.
    Blank,
    /// It follows on an inner island or a longer expression, as an operator may.
    Nested,
    /// Nothing: it may only be that a later `>` ends what fills a text or a pair of quotes.
    Nothing,
}

fn suspicion(text: &str, island: &Island, broken: bool, whole_fails: bool) -> Suspicion {
    let inner = island.inner.slice(text);
    if broken || whole_fails {
        return Suspicion::Broken;
    }
    if inner.ends_with([' ', '\t']) {
        return Suspicion::Blank;
    }
    let wrapped = inner.starts_with("<+") && inner.ends_with('>');
    let behind = &text[island.range.end() as usize..];
    let is_glued = behind
        .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '=' | '"' | '\'' | '<'));
    if wrapped || is_glued && (inner.contains("<+") || decides(inner)) {
        return Suspicion::Nested;
    }
    Suspicion::Nothing
}

/// Whether an expression compares or joins conditions, so that nobody puts its value in front of a word.
fn decides(inner: &str) -> bool {
    let is_operator = |sign: &str| matches!(sign, "==" | "!=" | "=~" | "!~" | "&&" | "||");
    // A name, as most expressions are, has none of their signs.
    if !inner.contains(['=', '~', '&', '|']) {
        return false;
    }
    tokens(inner)
        .iter()
        .any(|token| token.kind == TokenKind::Operator && is_operator(token.range.slice(inner)))
}

/// The end of the island that was meant: behind the first later `>` up to which the text is an expression. One with a
/// blank before it counts only if there is no other, and never on a weak suspicion: `echo <+<+a>> name > file` is
/// a redirection.
fn real_end(text: &str, island: &Island, suspicion: Suspicion) -> Option<u32> {
    let mut behind_blank = None;
    for meant in later_ends(text, island) {
        let is_likely = suspicion != Suspicion::Nothing || is_alone(text, island, meant);
        if !is_likely || !is_expression(meant.slice(text)) {
            continue;
        }
        if !is_before_blank(meant.slice(text)) {
            return Some(meant.end() + 1);
        }
        behind_blank = behind_blank.or(Some(meant.end() + 1));
    }
    behind_blank.filter(|_| matches!(suspicion, Suspicion::Broken | Suspicion::Blank))
}

/// Whether an island that held this would be all that stands in its text, or in the quotes around it. What has another
/// island behind the sign, or sets a value, is a text of parts.
fn is_alone(text: &str, island: &Island, meant: TextRange) -> bool {
    let before = &text[..island.range.start() as usize];
    let (tail, behind) =
        text[island.range.end() as usize..].split_at((meant.end() - island.range.end()) as usize);
    let behind = &behind[1..];
    let is_whole = before.trim().is_empty() && behind.trim().is_empty();
    let is_quoted = |quote: char| before.ends_with(quote) && behind.starts_with(quote);
    let compares = !tail.contains("<+") && !tail.trim_start_matches('=').contains('=');
    compares && (is_whole || is_quoted('"') || is_quoted('\''))
}

/// The end of an island that is broken off inside brackets or at an arrow, and is no expression even when it is whole:
/// behind the first later `>` in its line up to which the brackets close.
fn cut_end(text: &str, island: &Island) -> Option<u32> {
    let inner = island.inner.slice(text);
    let is_open = open_brackets(inner)? > 0;
    if !is_open && !inner.ends_with(['-', '=']) {
        return None;
    }
    let meant = later_ends(text, island)
        .take_while(|meant| !meant.slice(text).contains('\n'))
        .find(|meant| is_whole(meant.slice(text)) && !is_before_blank(meant.slice(text)));
    meant.map(|meant| meant.end() + 1)
}

/// What the island would hold if it ended at a later `>`, the shortest first.
fn later_ends<'t>(text: &'t str, island: &Island) -> impl Iterator<Item = TextRange> + use<'t> {
    let (start, after) = (island.inner.start() as usize, island.range.end() as usize);
    text[after..]
        .match_indices('>')
        .map(move |(at, _)| TextRange::of(start, after + at))
        .take_while(|meant| (meant.len() as usize) < LONGEST)
        .take(MOST_ENDS)
}

fn is_before_blank(text: &str) -> bool {
    text.ends_with([' ', '\t'])
}

fn is_expression(text: &str) -> bool {
    let template = parse_template(text);
    template.unclosed.is_none() && matches!(parse_predicate(text, &template), Ok(Some(_)))
}

/// Whether every island and bracket of a text is closed.
fn is_whole(text: &str) -> bool {
    parse_template(text).unclosed.is_none() && open_brackets(text) == Some(0)
}

/// How many brackets of a text are open at its end. `None` if one closes that never opened.
fn open_brackets(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    for token in tokens(text) {
        let sign = token.range.slice(text);
        match token.kind {
            TokenKind::Open => open.push(sign),
            TokenKind::Close => {
                let opener = open.pop()?;
                if !matches!((opener, sign), ("(", ")") | ("[", "]") | ("{", "}")) {
                    return None;
                }
            }
            _ => {}
        }
    }
    Some(open.len())
}
