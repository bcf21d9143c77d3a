//! The words of expressions by what they are, for colours.

use std::collections::HashMap;

use pipewright_analysis::Snapshot;
use pipewright_resolve::SegmentKind;
use pipewright_source::{FileId, Span, TextRange};
use pipewright_syntax::{IslandId, Language, TokenKind, tokens, tokens_of};

use crate::cursor::of_own_text;
use crate::island::{Written, texts};

/// A piece of an expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct SemanticToken {
    /// Where it stands; within a line.
    pub span: Span,
    /// What it is.
    pub kind: SemanticKind,
}

/// What a piece of an expression is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum SemanticKind {
    /// `<+` and `${{`, and the `>` and `}}` that close them.
    Delimiter,
    /// The first name of a path.
    Root,
    /// A further name of a path.
    Member,
    /// A method or function that is called.
    Method,
    /// Another name.
    Name,
    /// A reserved word.
    Keyword,
    /// A number.
    Number,
    /// A text in quotes.
    String,
    /// A sign between operands.
    Operator,
    /// A comment of the expression.
    Comment,
}

impl SemanticKind {
    /// The word for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delimiter => "delimiter",
            Self::Root => "root",
            Self::Member => "member",
            Self::Method => "method",
            Self::Name => "name",
            Self::Keyword => "keyword",
            Self::Number => "number",
            Self::String => "string",
            Self::Operator => "operator",
            Self::Comment => "comment",
        }
    }
}

/// The pieces of all expressions of a file, in order, without overlaps. Text outside of expressions has none, nor have
/// brackets and dots.
pub fn semantic_tokens(snapshot: &Snapshot, file: FileId) -> Vec<SemanticToken> {
    let Some(analysis) = snapshot.analysis(file) else {
        return Vec::new();
    };
    let mut names: HashMap<Span, SemanticKind> = HashMap::new();
    for of in of_own_text(analysis) {
        for read in of.reads() {
            for (place, segment) in read.reference.segments.iter().enumerate() {
                let kind = match segment.kind {
                    SegmentKind::Call(_) => SemanticKind::Method,
                    _ if place == 0 => SemanticKind::Root,
                    _ => SemanticKind::Member,
                };
                names.insert(read.tree.cover_of(read.scalar, segment.range), kind);
            }
        }
    }
    let mut found: Vec<SemanticToken> = Vec::new();
    for of in texts(analysis) {
        let islands = &of.text.template().islands;
        if islands
            .iter()
            .any(|island| island.language == Language::Cel)
        {
            of_two_languages(&of, &names, &mut found);
            continue;
        }
        for range in expressions(&of) {
            of_expression(&of, range, &names, &mut found);
        }
    }
    found.sort_by_key(|token| token.span);
    // Texts that aliases repeat are written once.
    found.dedup_by_key(|token| token.span);
    found
}

/// The expressions of a text that stand in no other one.
fn expressions(of: &Written<'_>) -> Vec<TextRange> {
    if of.text.whole().is_some() {
        return vec![TextRange::of(0, of.decoded.len())];
    }
    let template = of.text.template();
    let closed = template.roots().map(|(_, range)| range);
    closed.chain(template.unclosed).collect()
}

/// The pieces of a text that holds CEL: each expression in its language, without those inside it.
fn of_two_languages(
    of: &Written<'_>,
    names: &HashMap<Span, SemanticKind>,
    found: &mut Vec<SemanticToken>,
) {
    let template = of.text.template();
    let mut pieces: Vec<(TextRange, Language)> = Vec::new();
    if of.text.whole().is_some() {
        let whole = TextRange::of(0, of.decoded.len());
        pieces.extend(between(whole, template.roots()).map(|range| (range, Language::Jexl)));
    }
    for (island, id) in template.islands.iter().zip(0..) {
        let (open, close) = (
            TextRange::new(island.range.start(), island.inner.start()),
            TextRange::new(island.inner.end(), island.range.end()),
        );
        for delimiter in [open, close] {
            write(of, delimiter, SemanticKind::Delimiter, found);
        }
        let inside = between(island.inner, template.children(IslandId(id)));
        pieces.extend(inside.map(|range| (range, island.language)));
    }
    for (range, language) in pieces {
        for token in tokens_of(range.slice(of.decoded), language) {
            let place = token.range.shift(range.start());
            if let Some(kind) = kind_of(token.kind, of.cover(place), names) {
                write(of, place, kind, found);
            }
        }
    }
}

/// What lies between the islands of a range.
fn between(
    range: TextRange,
    islands: impl Iterator<Item = (IslandId, TextRange)>,
) -> impl Iterator<Item = TextRange> {
    let mut cuts = vec![range.start()];
    cuts.extend(islands.flat_map(|(_, island)| [island.start(), island.end()]));
    cuts.push(range.end());
    let pairs: Vec<TextRange> = cuts
        .chunks_exact(2)
        .map(|cut| TextRange::new(cut[0], cut[1]))
        .collect();
    pairs.into_iter()
}

/// What a token is; `None` for what has no colour.
fn kind_of(
    kind: TokenKind,
    span: Span,
    names: &HashMap<Span, SemanticKind>,
) -> Option<SemanticKind> {
    Some(match kind {
        TokenKind::IslandOpen => SemanticKind::Delimiter,
        TokenKind::Name | TokenKind::Keyword if names.contains_key(&span) => names[&span],
        TokenKind::Name => SemanticKind::Name,
        TokenKind::Keyword => SemanticKind::Keyword,
        TokenKind::Number => SemanticKind::Number,
        TokenKind::String | TokenKind::TemplateString | TokenKind::Unterminated => {
            SemanticKind::String
        }
        TokenKind::Operator => SemanticKind::Operator,
        TokenKind::Comment => SemanticKind::Comment,
        _ => return None,
    })
}

/// Adds a piece of a text, line by line.
fn write(of: &Written<'_>, place: TextRange, kind: SemanticKind, found: &mut Vec<SemanticToken>) {
    let written = of.tree.ranges_of(of.text.scalar, place).into_iter();
    found.extend(written.map(|span| SemanticToken { span, kind }));
}

fn of_expression(
    of: &Written<'_>,
    range: TextRange,
    names: &HashMap<Span, SemanticKind>,
    found: &mut Vec<SemanticToken>,
) {
    let islands = of.text.template().islands.iter();
    let closing: Vec<u32> = islands.map(|island| island.range.end() - 1).collect();
    let all = tokens(range.slice(of.decoded)).into_iter();
    let all = all.map(|token| (token.kind, token.range.shift(range.start())));
    // `<+a>=='x'`: the sign begins behind the island.
    let all = all.flat_map(|(kind, place)| {
        let cut = place.start() + 1;
        let is_cut = closing.contains(&place.start()) && place.len() > 1;
        let (first, rest) = (
            TextRange::new(place.start(), cut),
            TextRange::new(cut, place.end()),
        );
        let parts = if is_cut {
            [Some(first), Some(rest)]
        } else {
            [Some(place), None]
        };
        parts.into_iter().flatten().map(move |place| (kind, place))
    });
    for (kind, place) in all {
        let is_close = kind == TokenKind::Operator && closing.contains(&place.start());
        let kind = if is_close {
            Some(SemanticKind::Delimiter)
        } else {
            kind_of(kind, of.cover(place), names)
        };
        if let Some(kind) = kind {
            write(of, place, kind, found);
        }
    }
}
