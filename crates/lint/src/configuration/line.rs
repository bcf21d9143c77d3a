//! The line of a TOML file that cannot be read, as tokens up to the place where reading stopped.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

/// The tokens of a text without blanks and comments, and where among them the reader of TOML stopped.
pub(super) struct Line<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// The token at which the reader stopped.
    pub(super) here: usize,
    /// The first token of the setting or header that it is in.
    pub(super) first: usize,
    /// The `=` of the setting, where it stands before `here`.
    pub(super) equals: Option<usize>,
    /// The brackets of the value that are open at `here`, the outermost first.
    pub(super) open: Vec<usize>,
}

impl<'t> Line<'t> {
    /// The line around the byte `at`.
    pub(super) fn around(text: &'t str, at: usize) -> Option<Self> {
        let significant =
            |token: &Token| !matches!(token.kind(), TokenKind::Whitespace | TokenKind::Comment);
        let tokens: Vec<Token> = Source::new(text).lex().filter(significant).collect();
        let here = tokens
            .iter()
            .position(|token| token.span().end() > at || token.kind() == TokenKind::Eof)?;
        let mut line = Self {
            text,
            tokens,
            here,
            first: 0,
            equals: None,
            open: Vec::new(),
        };
        for index in 0..here {
            line.pass(index);
        }
        Some(line)
    }

    /// Takes one of the tokens in front of `here`.
    fn pass(&mut self, index: usize) {
        match self.kind(index) {
            TokenKind::Newline if self.open.is_empty() => {
                self.first = index + 1;
                self.equals = None;
            }
            TokenKind::Equals if self.open.is_empty() => self.equals = Some(index),
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket if self.equals.is_some() => {
                self.open.push(index);
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                self.open.pop();
            }
            _ => {}
        }
    }

    pub(super) fn kind(&self, index: usize) -> TokenKind {
        self.tokens.get(index).map_or(TokenKind::Eof, Token::kind)
    }

    /// The kind of the token in front of one.
    pub(super) fn kind_before(&self, index: usize) -> TokenKind {
        let before = index.checked_sub(1);
        before.map_or(TokenKind::Newline, |before| self.kind(before))
    }

    /// The bytes of a token.
    pub(super) fn place(&self, index: usize) -> Option<Range<usize>> {
        let span = self.tokens.get(index)?.span();
        Some(span.start()..span.end())
    }

    pub(super) fn written(&self, index: usize) -> &'t str {
        self.written_between(index, index)
    }

    /// The bytes from one token to another, both included.
    pub(super) fn between(&self, first: usize, last: usize) -> Option<Range<usize>> {
        Some(self.place(first)?.start..self.place(last)?.end)
    }

    pub(super) fn written_between(&self, first: usize, last: usize) -> &'t str {
        let place = self.between(first, last);
        place
            .and_then(|place| self.text.get(place))
            .unwrap_or_default()
    }

    /// Whether the line ends with a token.
    pub(super) fn ends(&self, index: usize) -> bool {
        matches!(self.kind(index), TokenKind::Newline | TokenKind::Eof)
    }

    /// The first token at or behind `here` that is no line break.
    pub(super) fn next(&self) -> usize {
        let line_breaks = self.tokens[self.here..].iter();
        let line_breaks = line_breaks.take_while(|token| token.kind() == TokenKind::Newline);
        self.here + line_breaks.count()
    }

    pub(super) fn is_quoted(&self, index: usize) -> bool {
        self.kind(index).encoding().is_some()
    }

    /// The quotes that a quoted token begins with, and should end with.
    pub(super) fn quotes(&self, index: usize) -> &'static str {
        match self.kind(index) {
            TokenKind::LiteralString => "'",
            TokenKind::MlLiteralString => "'''",
            TokenKind::MlBasicString => "\"\"\"",
            _ => "\"",
        }
    }

    /// Whether a token begins with quotes and does not end with them.
    pub(super) fn is_unclosed(&self, index: usize) -> bool {
        let quotes = self.quotes(index);
        let inside = self.written(index).strip_prefix(quotes);
        self.is_quoted(index) && inside.is_none_or(|inside| !inside.ends_with(quotes))
    }

    /// Whether a token may be a key as it stands.
    pub(super) fn is_key(&self, index: usize) -> bool {
        let of_bare_keys = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        match self.kind(index) {
            TokenKind::Atom => self.written(index).chars().all(of_bare_keys),
            _ => self.is_quoted(index),
        }
    }

    /// The line, from 1, where the key or table at `index` is written first.
    pub(super) fn first_line_of(&self, index: usize) -> Option<usize> {
        let opens = |at: usize| self.kind(at) == TokenKind::LeftSquareBracket;
        let is_header = opens(self.first);
        let starts: Vec<usize> = (0..self.first)
            .filter(|at| self.kind_before(*at) == TokenKind::Newline)
            .collect();
        // The keys of one table stand below its header.
        let header = starts.iter().rposition(|start| opens(*start));
        let starts = match header {
            Some(header) if !is_header => &starts[header + 1..],
            _ => &starts[..],
        };
        let name = |start: &usize| (*start..self.first).find(|at| self.is_key(*at));
        let mut names = starts.iter().filter_map(name);
        let first = names.find(|at| self.written(*at) == self.written(index))?;
        let before = self.text.get(..self.place(first)?.start)?;
        Some(before.matches('\n').count() + 1)
    }
}
