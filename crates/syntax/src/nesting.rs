//! Refuses texts that nest too deep before anything recursive looks at them.
//!
//! The tree is built, walked, printed, evaluated and dropped by recursion, so its depth must be bounded. What makes it
//! deeper: brackets, prefix operators, `?`, `?:` and assignments (whose right side nests), nested statements, and each
//! further level of precedence within one pair of brackets. Runs of operators of one level, and access chains, are
//! flat.

use pipewright_source::TextRange;

use crate::lower::infix_level;
use crate::tokens::{Token, TokenKind, ends_operand, tokens_of};
use crate::{Language, MAX_NESTING, cel};

/// The place where `text` becomes too deep, if it does. Counts at least the depth of the tree.
pub(crate) fn too_deep(text: &str, language: Language) -> Option<TextRange> {
    if most_nesting(text) <= MAX_NESTING {
        return None;
    }
    let significant: Vec<Token> = tokens_of(text, language)
        .into_iter()
        .filter(Token::is_significant)
        .collect();
    let mut count = Count::new(text, language);
    for (index, token) in significant.iter().enumerate() {
        count.take(*token, significant.get(index + 1).copied());
        if count.total > MAX_NESTING {
            return Some(token.range);
        }
    }
    None
}

/// More than the text can nest: its signs and words, counted without looking closer. Enough for most texts.
fn most_nesting(text: &str) -> usize {
    if text.len() <= MAX_NESTING {
        return 0;
    }
    let mut previous = b' ';
    let mut count = 0;
    for byte in text.bytes() {
        let sign = b"([{!~-?=<>&|^*/%+".contains(&byte);
        let word =
            byte.is_ascii_alphabetic() && !previous.is_ascii_alphanumeric() && previous != b'_';
        let range = byte == b'.' && previous == b'.';
        count += usize::from(sign || word || range);
        previous = byte;
    }
    count
}

/// Whether `text` has so many signs that nest that parsing it may take more than a small stack.
pub(crate) fn may_nest_deep(text: &str) -> bool {
    let nesting = |byte: &u8| b"([{!~-?=".contains(byte);
    text.bytes().filter(nesting).nth(MAX_NESTING / 8).is_some()
}

/// What stands between one pair of brackets, up to now.
#[derive(Default)]
struct Frame {
    /// `?`, `?:`, assignments and statements that the current place is inside of.
    inside: usize,
    /// Prefix operators before the current operand.
    prefixes: usize,
    /// The levels of precedence seen, as bits.
    levels: u16,
}

impl Frame {
    fn depth(&self) -> usize {
        1 + self.inside + self.prefixes + (self.levels.count_ones() as usize).saturating_sub(1)
    }
}

struct Count<'t> {
    text: &'t str,
    language: Language,
    /// The frames around the current place; never empty.
    outer: Vec<Frame>,
    current: Frame,
    /// The depth of all frames.
    total: usize,
    after_operand: bool,
    after_dot: bool,
}

impl<'t> Count<'t> {
    fn new(text: &'t str, language: Language) -> Self {
        Self {
            text,
            language,
            outer: Vec::new(),
            current: Frame::default(),
            total: 0,
            after_operand: false,
            after_dot: false,
        }
    }

    fn take(&mut self, token: Token, next: Option<Token>) {
        let text = token.range.slice(self.text);
        let before = self.current.depth();
        match token.kind {
            TokenKind::Open => {
                self.outer.push(std::mem::take(&mut self.current));
                self.total += 1;
            }
            TokenKind::Close => self.close(text, next),
            TokenKind::Operator => self.operator(text),
            TokenKind::Keyword if !self.after_dot => self.keyword(text),
            TokenKind::Punctuation => self.punctuation(text, next),
            _ => {}
        }
        if !matches!(token.kind, TokenKind::Open | TokenKind::Close) {
            self.total = (self.total + self.current.depth()).saturating_sub(before);
        }
        self.after_operand = ends_operand(token.kind, text, self.after_dot);
        self.after_dot = token.kind == TokenKind::Dot;
    }

    fn close(&mut self, text: &str, next: Option<Token>) {
        let Some(outer) = self.outer.pop() else {
            return;
        };
        self.total = self.total.saturating_sub(self.current.depth());
        self.current = outer;
        if text == "}" && next.is_some_and(|next| self.begins_statement(next)) {
            self.total = (self.total + 1).saturating_sub(self.current.depth());
            self.current = Frame::default();
        }
    }

    /// Whether only a new statement can begin with the token.
    fn begins_statement(&self, token: Token) -> bool {
        matches!(
            token.range.slice(self.text),
            "if" | "for" | "while" | "return" | "var" | "break" | "continue" | "#pragma"
        )
    }

    fn operator(&mut self, text: &str) {
        match (text, self.infix_level(text)) {
            // `.?name` of CEL.
            ("?", _) if self.after_dot => {}
            ("?" | "?:", _) => self.inside(),
            (_, Some(level)) if self.after_operand => self.infix(level),
            (_, None) if text.ends_with('=') => self.inside(),
            _ => self.current.prefixes += 1,
        }
    }

    fn keyword(&mut self, text: &str) {
        match (text, self.infix_level(text)) {
            (_, Some(level)) => self.infix(level),
            ("not" | "empty" | "size", _) => self.current.prefixes += 1,
            ("if" | "else" | "for" | "while", _) => self.inside(),
            _ => {}
        }
    }

    fn punctuation(&mut self, text: &str, next: Option<Token>) {
        match text {
            ":" => self.current.prefixes = 0,
            ";" if next.is_some_and(|next| next.range.slice(self.text) == "else") => {
                self.current.prefixes = 0;
            }
            _ => self.current = Frame::default(),
        }
    }

    fn inside(&mut self) {
        self.current.inside += 1;
        self.current.prefixes = 0;
    }

    fn infix_level(&self, text: &str) -> Option<u16> {
        match self.language {
            Language::Jexl => infix_level(text).map(|level| level as u16),
            Language::Cel => cel::infix_level(text),
        }
    }

    fn infix(&mut self, level: u16) {
        self.current.levels |= 1 << level;
        self.current.prefixes = 0;
    }
}
