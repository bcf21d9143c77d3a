//! The token stream: total, so that a text that does not parse can still be coloured and explained.

use pest::error::Error;
use pest::iterators::{Pair, Pairs};
use pest::{Parser as _, RuleType};
use pipewright_source::TextRange;

use crate::Language;
use crate::grammar::cel::{CelParser, Rule as CelRule};
use crate::grammar::expression::{ExpressionParser, Rule};

/// A piece of a text and what it looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Its bytes.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
}

/// The kinds of token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// Blanks and line breaks.
    Blank,
    /// `// …`, `## …` or `/* … */`
    Comment,
    /// A name, also one after a dot.
    Name,
    /// A reserved word; word operators such as `and` are among them.
    Keyword,
    /// A number.
    Number,
    /// A string in single or double quotes.
    String,
    /// A string in backticks.
    TemplateString,
    /// A string that does not end on its line, or a template string or comment that does not end.
    Unterminated,
    /// An operator made of signs, `->`, `?` and assignments included.
    Operator,
    /// `(`, `[` or `{`
    Open,
    /// `)`, `]` or `}`
    Close,
    /// `.` before a name
    Dot,
    /// `,`, `;`, `:` or `...`
    Punctuation,
    /// `<+`, which opens an island; in plain JEXL no text with it is valid.
    IslandOpen,
    /// A character that belongs to no token.
    Junk,
}

/// Cuts any text into tokens of JEXL. They stand in order and cover every byte; blanks and comments are tokens too.
///
/// The text is taken as one expression: `<+` is a token of its own, the `>` of an island is an operator.
///
/// ```
/// use pipewright_syntax::{TokenKind, tokens};
/// let kinds: Vec<TokenKind> = tokens("a.size ==").iter().map(|token| token.kind).collect();
/// assert_eq!(kinds, [TokenKind::Name, TokenKind::Dot, TokenKind::Keyword, TokenKind::Blank, TokenKind::Operator]);
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    let pairs = ExpressionParser::parse(Rule::tokens, text);
    found(pairs, kind)
}

/// Cuts any text into tokens of a language, as [`tokens`] does for JEXL.
///
/// ```
/// use pipewright_syntax::{Language, TokenKind, tokens_of};
/// let kinds: Vec<TokenKind> = tokens_of("a.size in", Language::Cel).iter().map(|token| token.kind).collect();
/// assert_eq!(kinds, [TokenKind::Name, TokenKind::Dot, TokenKind::Name, TokenKind::Blank, TokenKind::Keyword]);
/// ```
pub fn tokens_of(text: &str, language: Language) -> Vec<Token> {
    match language {
        Language::Jexl => tokens(text),
        Language::Cel => found(CelParser::parse(CelRule::tokens, text), kind_in_cel),
    }
}

/// The tokens below the pairs of a rule that matches every text.
fn found<R: RuleType>(
    pairs: Result<Pairs<'_, R>, Error<R>>,
    kind: impl Fn(R) -> Option<TokenKind>,
) -> Vec<Token> {
    let inner = pairs.into_iter().flatten().flat_map(Pair::into_inner);
    let tokens = inner.filter_map(|pair| {
        let span = pair.as_span();
        let range = TextRange::of(span.start(), span.end());
        Some(Token {
            range,
            kind: kind(pair.as_rule())?,
        })
    });
    tokens.collect()
}

fn kind(rule: Rule) -> Option<TokenKind> {
    Some(match rule {
        Rule::blank => TokenKind::Blank,
        Rule::comment => TokenKind::Comment,
        Rule::word => TokenKind::Name,
        Rule::keyword => TokenKind::Keyword,
        Rule::number => TokenKind::Number,
        Rule::string => TokenKind::String,
        Rule::template_string => TokenKind::TemplateString,
        Rule::unterminated => TokenKind::Unterminated,
        Rule::operator => TokenKind::Operator,
        Rule::open => TokenKind::Open,
        Rule::close => TokenKind::Close,
        Rule::punctuation_dot => TokenKind::Dot,
        Rule::punctuation => TokenKind::Punctuation,
        Rule::island_open => TokenKind::IslandOpen,
        Rule::junk => TokenKind::Junk,
        _ => return None,
    })
}

fn kind_in_cel(rule: CelRule) -> Option<TokenKind> {
    Some(match rule {
        CelRule::blank => TokenKind::Blank,
        CelRule::comment => TokenKind::Comment,
        CelRule::word | CelRule::escaped => TokenKind::Name,
        CelRule::keyword => TokenKind::Keyword,
        CelRule::number_token => TokenKind::Number,
        CelRule::string => TokenKind::String,
        CelRule::unterminated => TokenKind::Unterminated,
        CelRule::operator => TokenKind::Operator,
        CelRule::open => TokenKind::Open,
        CelRule::close => TokenKind::Close,
        CelRule::punctuation_dot => TokenKind::Dot,
        CelRule::punctuation => TokenKind::Punctuation,
        CelRule::junk => TokenKind::Junk,
        _ => return None,
    })
}

impl Token {
    /// Whether the token is neither blank nor comment.
    pub fn is_significant(&self) -> bool {
        !matches!(self.kind, TokenKind::Blank | TokenKind::Comment)
    }
}

/// Whether an operand may end with this token, so that a sign after it joins two operands.
pub(crate) fn ends_operand(kind: TokenKind, text: &str, after_dot: bool) -> bool {
    match kind {
        TokenKind::Name
        | TokenKind::Number
        | TokenKind::String
        | TokenKind::TemplateString
        | TokenKind::Close => true,
        TokenKind::Keyword => {
            after_dot || matches!(text, "null" | "true" | "false" | "NaN" | "#NaN")
        }
        _ => false,
    }
}
