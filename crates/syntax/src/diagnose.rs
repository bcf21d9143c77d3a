//! From "it does not parse" to a sentence for people.
//!
//! pest says how far it came. The token there and the tokens around it decide what to say; the names of grammar rules
//! never appear.

use pest::error::{Error, InputLocation};
use pipewright_source::TextRange;

use crate::grammar::expression::Rule;
use crate::lower::infix_level;
use crate::program::Program;
use crate::tokens::{Token, TokenKind, ends_operand, tokens};
use crate::{SyntaxError, SyntaxErrorKind};

/// Says what is wrong where pest gave up.
pub(crate) fn diagnose(
    program: &Program<'_>,
    trimmed: TextRange,
    rule: Rule,
    error: &Error<Rule>,
) -> SyntaxError {
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
    let text = trimmed.slice(&program.text);
    let significant: Vec<Token> = tokens(text)
        .into_iter()
        .filter(Token::is_significant)
        .collect();
    let index = significant.partition_point(|token| token.range.end() as usize <= at);
    let place = Place {
        text,
        tokens: &significant,
        index,
        script: rule == Rule::script,
    };
    let mut problem = place.explain();
    let offset = trimmed.start() as usize;
    let found = problem.range.to_usize();
    problem.range = program.range(found.start + offset, found.end + offset);
    problem
}

/// Where parsing ended, among the tokens that are neither blanks nor comments.
struct Place<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// The first token that could not be used; past the last one if the text ended too early.
    index: usize,
    script: bool,
}

/// Words that begin a statement.
const STATEMENT_WORDS: &[&str] = &[
    "if", "for", "while", "return", "var", "break", "continue", "#pragma",
];

impl Place<'_> {
    fn explain(&self) -> SyntaxError {
        let explained = self
            .lexical()
            .or_else(|| self.reserved_after_dot())
            .or_else(|| self.newer())
            .or_else(|| self.number())
            .or_else(|| self.statement())
            .or_else(|| self.namespace_in_ternary())
            .or_else(|| self.bracket())
            .or_else(|| self.reserved());
        explained.unwrap_or_else(|| self.unexpected())
    }

    fn token(&self, distance: isize) -> Option<Token> {
        let index = self.index.checked_add_signed(distance)?;
        self.tokens.get(index).copied()
    }

    /// The text of the token this far from the place; empty where there is none.
    fn word(&self, distance: isize) -> &str {
        self.token(distance)
            .map_or("", |token| token.range.slice(self.text))
    }

    fn kind(&self, distance: isize) -> Option<TokenKind> {
        self.token(distance).map(|token| token.kind)
    }

    fn range(&self, distance: isize) -> TextRange {
        let end = TextRange::of(self.text.len(), self.text.len());
        self.token(distance).map_or(end, |token| token.range)
    }

    fn adjacent(&self, left: isize, right: isize) -> bool {
        self.token(left).is_some() && self.range(left).end() == self.range(right).start()
    }

    fn after_operand(&self) -> bool {
        self.token(-1).is_some_and(|token| {
            let after_dot = self.kind(-2) == Some(TokenKind::Dot);
            ends_operand(token.kind, self.word(-1), after_dot)
        })
    }

    fn error(
        &self,
        distance: isize,
        kind: SyntaxErrorKind,
        message: impl Into<String>,
    ) -> SyntaxError {
        SyntaxError::new(self.range(distance), kind, message)
    }

    /// Characters and strings that no token begins with.
    fn lexical(&self) -> Option<SyntaxError> {
        let found = self.word(0);
        match self.kind(0)? {
            TokenKind::Unterminated if found.starts_with('`') => Some(self.error(
                0,
                SyntaxErrorKind::UnterminatedString,
                "this template string has no closing backtick",
            )),
            TokenKind::Unterminated => {
                let quote = found.get(..1).unwrap_or("'");
                let message = format!("this string has no closing `{quote}` on its line");
                Some(self.error(0, SyntaxErrorKind::UnterminatedString, message))
            }
            TokenKind::IslandOpen => Some(
                self.error(
                    0,
                    SyntaxErrorKind::UnclosedIsland,
                    "this `<+` has no `>` that closes it",
                )
                .with_hint(
                    "close the expression with `>`; inside one, `\\>` is the sign for greater",
                ),
            ),
            TokenKind::Junk => Some(self.junk(found)),
            TokenKind::Operator
                if found.starts_with('*') && self.word(-1) == "/" && self.adjacent(-1, 0) =>
            {
                let message = "this comment has no closing `*/`";
                Some(self.error(-1, SyntaxErrorKind::UnterminatedComment, message))
            }
            _ => None,
        }
    }

    fn junk(&self, found: &str) -> SyntaxError {
        match found {
            "\u{201C}" | "\u{201D}" | "\u{201E}" | "\u{AB}" | "\u{BB}" => self
                .error(0, SyntaxErrorKind::CurlyQuote, format!("`{found}` is a typographic quote, which begins no string"))
                .with_hint("write the straight quote `\"`"),
            "\u{2018}" | "\u{2019}" | "\u{201A}" => self
                .error(0, SyntaxErrorKind::CurlyQuote, format!("`{found}` is a typographic quote, which begins no string"))
                .with_hint("write the straight quote `'`"),
            "\\" => self
                .error(0, SyntaxErrorKind::Character, "a backslash may stand only inside quotes")
                .with_hint("inside an expression `\\>` is the sign for greater; elsewhere write `>`"),
            _ if found.chars().all(char::is_alphabetic) => self
                .error(0, SyntaxErrorKind::Character, format!("`{found}` may not stand in a name: only the letters A to Z, digits, `_`, `$` and `@` may"))
                .with_hint("put the name in brackets and quotes, as in `variables[\"größe\"]`"),
            _ if found.chars().all(|c| c.is_whitespace() || c.is_control()) => {
                let code = found.chars().next().map_or(0, u32::from);
                self.error(0, SyntaxErrorKind::Character, format!("an invisible character (U+{code:04X}) stands here"))
                    .with_hint("replace it with a space")
            }
            _ => self.error(0, SyntaxErrorKind::Character, format!("`{found}` may stand only inside quotes")),
        }
    }

    /// `x.size`, `x.lt`: words that cannot be dotted.
    fn reserved_after_dot(&self) -> Option<SyntaxError> {
        let at = [0, -1].into_iter().find(|at| {
            self.kind(*at) == Some(TokenKind::Keyword) && self.kind(at - 1) == Some(TokenKind::Dot)
        })?;
        let word = self.word(at).to_owned();
        if word == "size" || word == "empty" {
            let given = self.kind(at + 1) == Some(TokenKind::Open) && self.word(at + 1) == "(";
            if given && at == -1 {
                return None;
            }
        }
        let hint = format!("write `[\"{word}\"]` in place of `.{word}`");
        let message = format!("`{word}` is a reserved word and cannot follow a dot");
        let kind = SyntaxErrorKind::ReservedWord {
            word,
            after_dot: true,
        };
        Some(self.error(at, kind, message).with_hint(hint))
    }

    /// Syntax that later versions of JEXL know.
    fn newer(&self) -> Option<SyntaxError> {
        let newer = |at: isize, what: &str, hint: &str| {
            let message = format!("{what} came after JEXL 3.0, which Harness uses");
            Some(
                self.error(at, SyntaxErrorKind::NewerSyntax, message)
                    .with_hint(hint),
            )
        };
        let (before, found, after) = (self.word(-1), self.word(0), self.word(1));
        match (before, found) {
            ("?", ".") => newer(
                -1,
                "`?.`",
                "write `.`; an unknown name in the path then gives null or an error",
            ),
            ("?", "?" | "?:") => newer(
                -1,
                "`??`",
                "write `?:`, which also replaces an empty text, 0 and false",
            ),
            (_, "?") if after == "." && self.adjacent(0, 1) => newer(
                0,
                "`?.`",
                "write `.`; an unknown name in the path then gives null or an error",
            ),
            (_, "?") if after == "?" => newer(
                0,
                "`??`",
                "write `?:`, which also replaces an empty text, 0 and false",
            ),
            ("+", "+") if self.adjacent(-1, 0) => newer(-1, "`++`", "write `x = x + 1`"),
            (_, "+") if !self.after_operand() => {
                newer(0, "a sign `+` before a value", "leave it out")
            }
            ("<", "<") | (">", ">") => newer(0, "shifting", "multiply or divide instead"),
            ("==" | "!=", "=") => newer(0, "`===`", "write `==`"),
            ("=", ">") => newer(0, "`=>`", "write `-> { … }`"),
            ("~", "/") => newer(
                -1,
                "a pattern between slashes",
                "write the pattern as a string",
            ),
            ("do", "{") => newer(-1, "`do`", "write `while (…) { … }`"),
            ("let" | "const", _) if self.kind(0) == Some(TokenKind::Name) => {
                newer(-1, "`let` and `const`", "write `var`")
            }
            (_, "in") if self.after_operand() => newer(
                0,
                "the operator `in`",
                "write `=~`, with the list on the right",
            ),
            ("try" | "switch" | "catch", "{" | "(") => newer(-1, "this statement", "use `if`"),
            (_, name)
                if self.kind(-1) == Some(TokenKind::Number)
                    && self.adjacent(-1, 0)
                    && name.len() > 1
                    && name.starts_with(['e', 'E'])
                    && name[1..].bytes().all(|b| b.is_ascii_digit()) =>
            {
                newer(
                    -1,
                    "an exponent without a suffix",
                    "add `d`, as in `1e3d`, or write the number out",
                )
            }
            _ => None,
        }
    }

    /// Numbers that are none.
    fn number(&self) -> Option<SyntaxError> {
        let begins = matches!(
            self.kind(0)?,
            TokenKind::Name | TokenKind::Number | TokenKind::Keyword
        );
        if self.kind(-1) == Some(TokenKind::Number) && begins && self.adjacent(-1, 0) {
            let range = self.range(-1).cover(self.range(0));
            let written = range.slice(self.text);
            let octal = written.bytes().all(|b| b.is_ascii_digit());
            let error = SyntaxError::new(
                range,
                SyntaxErrorKind::Number,
                format!("`{written}` is no number"),
            );
            return Some(if octal {
                error.with_hint("a leading 0 means octal, with the digits 0 to 7; leave the 0 out or use quotes")
            } else {
                error
            });
        }
        let fraction = self.word(0) == "." && !self.after_operand();
        if fraction && self.word(1).starts_with(|c: char| c.is_ascii_digit()) {
            let range = self.range(0).cover(self.range(1));
            let written = range.slice(self.text);
            return Some(
                SyntaxError::new(
                    range,
                    SyntaxErrorKind::Number,
                    "a number begins with a digit, not with a point",
                )
                .with_hint(format!("write `0{written}`")),
            );
        }
        None
    }

    /// Statements in an expression, and expressions without `;` between them.
    fn statement(&self) -> Option<SyntaxError> {
        let found = self.word(0);
        let begins = self.kind(0) == Some(TokenKind::Keyword) && STATEMENT_WORDS.contains(&found);
        if !self.script && found == ";" {
            let last = self.token(1).is_none();
            let (message, hint) = if last {
                ("a `;` cannot end an expression", "leave the `;` out")
            } else {
                (
                    "`;` separates statements, and only one expression may stand here",
                    "keep one expression",
                )
            };
            return Some(
                self.error(0, SyntaxErrorKind::Statement, message)
                    .with_hint(hint),
            );
        }
        if !self.script && begins && self.kind(-1) != Some(TokenKind::Dot) {
            let message =
                format!("`{found}` begins a statement, and only one expression may stand here");
            let error = self.error(0, SyntaxErrorKind::Statement, message);
            return Some(match found {
                "if" => error.with_hint("write `condition ? value : otherwise`"),
                "return" => error.with_hint("leave `return` out"),
                _ => error,
            });
        }
        let next = matches!(
            self.kind(0)?,
            TokenKind::Name
                | TokenKind::Number
                | TokenKind::String
                | TokenKind::TemplateString
                | TokenKind::Open
        );
        if self.script && next && self.after_operand() && self.openers().is_empty() {
            let message = format!("a `;` is missing before `{found}`");
            return Some(self.error(0, SyntaxErrorKind::MissingSemicolon, message));
        }
        None
    }

    /// `t ? a : foo(b)`: the original reads `a : foo(b)` as a call in the namespace `a`.
    fn namespace_in_ternary(&self) -> Option<SyntaxError> {
        let before = self.tokens.get(..self.index.min(self.tokens.len()))?;
        let question = before
            .iter()
            .position(|token| token.range.slice(self.text) == "?")?;
        let call = before.windows(4).skip(question).find(|four| {
            let [name, colon, function, open] = four else {
                return false;
            };
            name.kind == TokenKind::Name
                && colon.range.slice(self.text) == ":"
                && function.kind == TokenKind::Name
                && open.range.slice(self.text) == "("
        })?;
        let [name, _, function, ..] = call else {
            return None;
        };
        let colons = before
            .iter()
            .filter(|token| token.range.slice(self.text) == ":")
            .count();
        let questions = before
            .iter()
            .filter(|token| token.range.slice(self.text) == "?")
            .count();
        if colons > questions {
            return None;
        }
        let (left, right) = (name.range.slice(self.text), function.range.slice(self.text));
        let message = format!(
            "`{left} : {right}(` is read as a call of `{right}` in the namespace `{left}`, so the ternary lacks its `:`"
        );
        Some(
            SyntaxError::new(
                name.range.cover(function.range),
                SyntaxErrorKind::Unexpected,
                message,
            )
            .with_hint(format!(
                "put the first value in parentheses: `({left}) : {right}(`"
            )),
        )
    }

    /// The brackets that are open at the place.
    fn openers(&self) -> Vec<Token> {
        let mut open = Vec::new();
        for token in self.tokens.iter().take(self.index) {
            match token.kind {
                TokenKind::Open => open.push(*token),
                TokenKind::Close => {
                    open.pop();
                }
                _ => {}
            }
        }
        open
    }

    fn bracket(&self) -> Option<SyntaxError> {
        let open = self.openers();
        let found = self.word(0);
        match (self.kind(0), open.last()) {
            (None, Some(opener)) => {
                let sign = opener.range.slice(self.text);
                let message = format!("this `{sign}` is never closed");
                Some(SyntaxError::new(
                    opener.range,
                    SyntaxErrorKind::Bracket,
                    message,
                ))
            }
            (Some(TokenKind::Close), None) => Some(self.error(
                0,
                SyntaxErrorKind::Bracket,
                format!("this `{found}` closes nothing"),
            )),
            (Some(TokenKind::Close), Some(opener))
                if closing(opener.range.slice(self.text)) != found =>
            {
                let sign = opener.range.slice(self.text);
                let message = format!("this `{sign}` is not closed before `{found}`");
                Some(SyntaxError::new(
                    opener.range,
                    SyntaxErrorKind::Bracket,
                    message,
                ))
            }
            _ => None,
        }
    }

    /// A reserved word where a value must stand.
    fn reserved(&self) -> Option<SyntaxError> {
        let lonely = self.token(0).is_none() && self.index == 1;
        let at = if lonely { -1 } else { 0 };
        if self.kind(at) != Some(TokenKind::Keyword) || (!lonely && self.after_operand()) {
            return None;
        }
        let word = self.word(at).to_owned();
        let message = format!("`{word}` is a reserved word and cannot be a name");
        let kind = SyntaxErrorKind::ReservedWord {
            word,
            after_dot: false,
        };
        Some(self.error(at, kind, message))
    }

    fn unexpected(&self) -> SyntaxError {
        let (before, found) = (self.word(-1), self.word(0));
        let kind = SyntaxErrorKind::Unexpected;
        if self.token(0).is_none() {
            let message = match self.kind(-1) {
                Some(TokenKind::Dot) => "a name is missing after the dot".to_owned(),
                Some(_) if !self.after_operand() => format!("a value is missing after `{before}`"),
                _ => "the expression ends too early".to_owned(),
            };
            return self.error(0, kind, message);
        }
        if self.kind(-1) == Some(TokenKind::Dot) {
            return self.error(
                0,
                kind,
                format!("a name must follow the dot, not `{found}`"),
            );
        }
        if before == "->" {
            let hint = format!("write `-> {{ {found} … }}`");
            return self
                .error(0, kind, "the body of a lambda stands in braces")
                .with_hint(hint);
        }
        if !self.after_operand() {
            let after = if before.is_empty() {
                String::new()
            } else {
                format!(" after `{before}`")
            };
            return self.error(
                0,
                kind,
                format!("a value is expected{after}, not `{found}`"),
            );
        }
        let operator = infix_level(found).is_some();
        let expected = match self
            .openers()
            .last()
            .map(|open| closing(open.range.slice(self.text)))
        {
            Some(close) => format!("an operator or `{close}`"),
            None => "an operator or the end".to_owned(),
        };
        let message = if operator {
            format!("`{found}` cannot stand here")
        } else if found == "}" {
            format!("`:` and a value are missing after `{before}`")
        } else {
            format!("after `{before}` {expected} is expected, not `{found}`")
        };
        self.error(0, kind, message)
    }
}

fn closing(open: &str) -> &'static str {
    match open {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}
