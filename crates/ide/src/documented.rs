//! What is documented of the words of expressions and comments.

use pipewright_analysis::Snapshot;
use pipewright_lint::rule;
use pipewright_source::{FileId, Span, TextRange};
use pipewright_syntax::{ModifierKind, Token, TokenKind, parse_runtime_input, tokens};

use crate::Hover;
use crate::cursor::touches;
use crate::island::text_at;
use crate::signature::signatures_of;

/// The function or method that is called at the cursor: how it can be called, and what it does.
pub(crate) fn call_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let of = text_at(snapshot.analysis(file)?, file, offset)?;
    let is_called = |token: &&Token| {
        matches!(token.kind, TokenKind::Name | TokenKind::Keyword)
            && touches(of.cover(token.range), file, offset)
    };
    let islands = of.text.islands().map(|(_, island, _)| island.inner);
    let whole = of.text.whole().map(|_| TextRange::of(0, of.decoded.len()));
    // The innermost expression alone has the name as a token of its own level.
    let around = islands
        .chain(whole)
        .filter(|range| touches(of.cover(*range), file, offset));
    let range = around.min_by_key(|range| range.len())?;
    let all = tokens(range.slice(of.decoded)).into_iter();
    let all: Vec<Token> = all
        .filter(|token| token.kind != TokenKind::Blank)
        .map(|token| Token {
            range: token.range.shift(range.start()),
            ..token
        })
        .collect();
    let text = |at: usize| all.get(at).map(|token| token.range.slice(of.decoded));
    let at = all.iter().position(|token| is_called(&token))?;
    if text(at + 1) != Some("(") {
        return None;
    }
    let is_dot = |at: usize| {
        all.get(at)
            .is_some_and(|token| token.kind == TokenKind::Dot)
    };
    let receiver = at.checked_sub(1).filter(|dot| is_dot(*dot));
    let root = receiver.and_then(|dot| dot.checked_sub(1));
    let root = root.filter(|root| root.checked_sub(1).is_none_or(|before| !is_dot(before)));
    let signatures = signatures_of(text(at)?, receiver.is_some(), root.and_then(text));
    let remarks = signatures.into_iter();
    let remarks: Vec<String> = remarks
        .map(|of| format!("`{}`: {}", of.label, of.doc))
        .collect();
    (!remarks.is_empty()).then(|| Hover::new(of.cover(all[at].range), None, remarks))
}

/// The modifier of a runtime input at the cursor: how it is written, and what it does.
pub(crate) fn modifier_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let of = text_at(snapshot.analysis(file)?, file, offset)?;
    let modifiers = parse_runtime_input(of.decoded)?.modifiers.into_iter();
    let mut written = modifiers.map(|of_input| (of.cover(of_input.name_range), of_input.kind));
    let (span, kind) = written.find(|(span, _)| touches(*span, file, offset))?;
    let remark = format!("`{}`: {}", kind.signature(), kind.doc());
    (kind != ModifierKind::Unknown).then(|| Hover::new(span, None, vec![remark]))
}

/// The rule that a comment names at the cursor.
pub(crate) fn rule_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let tree = snapshot.tree(file)?;
    let text = snapshot.source(file)?.text();
    let mut comments = tree.comments().iter();
    let comment = comments.find(|of| of.range.start() <= offset && offset <= of.range.end())?;
    let is_word = |c: char| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit();
    let (before, behind) = text.split_at_checked(offset as usize)?;
    let start = before.trim_end_matches(is_word).len();
    let end = text.len() - behind.trim_start_matches(is_word).len();
    let range = TextRange::of(start, end);
    let rule = rule(text.get(start..end)?).filter(|_| comment.range.contains_range(range))?;
    let remarks = vec![rule.summary().to_owned()];
    Some(Hover::new(Span::new(file, range), None, remarks))
}
