//! The words of expressions by what they are, for colours.

use std::collections::HashMap;

use pipewright_analysis::Snapshot;
use pipewright_resolve::SegmentKind;
use pipewright_source::{FileId, Span, TextRange};
use pipewright_syntax::{TokenKind, tokens};

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
    /// `<+` and the `>` that closes it.
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
        let span = of.cover(place);
        let kind = match kind {
            TokenKind::IslandOpen => SemanticKind::Delimiter,
            TokenKind::Operator if closing.contains(&place.start()) => SemanticKind::Delimiter,
            TokenKind::Name | TokenKind::Keyword if names.contains_key(&span) => names[&span],
            TokenKind::Name => SemanticKind::Name,
            TokenKind::Keyword => SemanticKind::Keyword,
            TokenKind::Number => SemanticKind::Number,
            TokenKind::String | TokenKind::TemplateString | TokenKind::Unterminated => {
                SemanticKind::String
            }
            TokenKind::Operator => SemanticKind::Operator,
            TokenKind::Comment => SemanticKind::Comment,
            _ => continue,
        };
        let written = of.tree.ranges_of(of.text.scalar, place).into_iter();
        found.extend(written.map(|span| SemanticToken { span, kind }));
    }
}
