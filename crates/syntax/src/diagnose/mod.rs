//! From "it does not parse" to a sentence for people.
//!
//! pest says how far it came. The token there and the tokens around it decide what to say; the names of grammar rules
//! never appear. Each family of mistakes has a file; the first that knows the mistake speaks.

mod brackets;
mod cel;
mod hyphen;
mod lexical;
mod newer;
mod operator_words;
mod words;

use pest::error::{Error, ErrorVariant, InputLocation};
use pest::{Parser as _, RuleType};
use pipewright_source::TextRange;

use crate::grammar::expression::{ExpressionParser, Rule};
use crate::lower::infix_level;
use crate::program::Program;
use crate::tokens::{Token, TokenKind, ends_operand, tokens_of};
use crate::{Language, SyntaxError, SyntaxErrorKind};

pub(crate) use cel::diagnose_cel;

/// Says what is wrong where pest gave up.
pub(crate) fn diagnose(
    program: &Program<'_>,
    trimmed: TextRange,
    rule: Rule,
    error: &Error<Rule>,
) -> SyntaxError {
    let script = rule == Rule::script;
    let problem = explained(program, trimmed, (Language::Jexl, script), error, |place| {
        place.explain()
    });
    // What is a statement only here may be none at all.
    if problem.kind == SyntaxErrorKind::Statement
        && let Some(newer) = newer_as_script(program, trimmed)
    {
        return newer;
    }
    problem
}

/// What `explain` says of the place in `trimmed`, read as that language, where pest gave up.
fn explained<R: RuleType>(
    program: &Program<'_>,
    trimmed: TextRange,
    (language, script): (Language, bool),
    error: &Error<R>,
    explain: impl Fn(&Place<'_>) -> SyntaxError,
) -> SyntaxError {
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
    let offset = trimmed.start() as usize;
    // pest stops by itself where the stack of the thread runs out.
    if matches!(error.variant, ErrorVariant::CustomError { .. }) {
        return SyntaxError::too_deep(program.range(at + offset, at + offset));
    }
    let text = trimmed.slice(&program.text);
    let significant: Vec<Token> = tokens_of(text, language)
        .into_iter()
        .filter(Token::is_significant)
        .collect();
    let index = significant.partition_point(|token| token.range.end() as usize <= at);
    let mut problem = explain(&Place {
        program,
        offset,
        text,
        tokens: &significant,
        index,
        script,
    });
    let found = problem.range.to_usize();
    problem.range = program.range(found.start + offset, found.end + offset);
    problem
}

/// What came after JEXL 3.0 in a text that is to be an expression and looks like a script.
fn newer_as_script(program: &Program<'_>, trimmed: TextRange) -> Option<SyntaxError> {
    let error = ExpressionParser::parse(Rule::script, trimmed.slice(&program.text)).err()?;
    let problem = diagnose(program, trimmed, Rule::script, &error);
    (problem.kind == SyntaxErrorKind::NewerSyntax).then_some(problem)
}

/// Where parsing ended, among the tokens that are neither blanks nor comments.
struct Place<'t> {
    program: &'t Program<'t>,
    /// Where `text` begins in the program.
    offset: usize,
    /// What decides. Islands are marks in it: a message shows [`Place::written`].
    text: &'t str,
    tokens: &'t [Token],
    /// The first token that could not be used; past the last one if the text ended too early.
    index: usize,
    script: bool,
}

impl<'t> Place<'t> {
    fn explain(&self) -> SyntaxError {
        let explained = self
            .lexical()
            .or_else(|| self.quotes())
            .or_else(|| self.first_generation())
            .or_else(|| self.hyphen())
            .or_else(|| self.reserved_after_dot())
            .or_else(|| self.newer())
            .or_else(|| self.number())
            .or_else(|| self.operator_word())
            .or_else(|| self.statement())
            .or_else(|| self.colon())
            .or_else(|| self.namespace_in_ternary())
            .or_else(|| self.bracket())
            .or_else(|| self.reserved());
        explained.unwrap_or_else(|| self.unexpected())
    }

    fn token(&self, distance: isize) -> Option<Token> {
        let index = self.index.checked_add_signed(distance)?;
        self.tokens.get(index).copied()
    }

    fn word(&self, distance: isize) -> &'t str {
        self.token(distance)
            .map_or("", |token| token.range.slice(self.text))
    }

    /// The token for a message.
    fn written(&self, distance: isize) -> &'t str {
        self.token(distance)
            .map_or("", |token| self.written_at(token.range))
    }

    /// A range of the text for a message.
    fn written_at(&self, range: TextRange) -> &'t str {
        let range = range.to_usize();
        self.program
            .written(range.start + self.offset, range.end + self.offset)
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

    /// How many tokens before the place are `sign`.
    fn count(&self, sign: &str) -> usize {
        let before = self.tokens.iter().take(self.index);
        before
            .filter(|token| token.range.slice(self.text) == sign)
            .count()
    }

    fn unexpected(&self) -> SyntaxError {
        let (before, found) = (self.written(-1), self.written(0));
        let kind = SyntaxErrorKind::Unexpected;
        if self.token(0).is_none() {
            let message = match self.kind(-1) {
                Some(TokenKind::Dot) => "a name is missing after the dot".to_owned(),
                Some(_) if !self.after_operand() => format!("a value is missing after `{before}`"),
                _ if self.count("?") > self.count(":") => {
                    let message = "the `?` lacks its `:` and the other value";
                    let hint = "write `condition ? value : otherwise`";
                    return self.error(0, kind, message).with_hint(hint);
                }
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
        if self.word(-1) == "->" {
            let hint = format!("write `{before} {{ {found} … }}`");
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
        let operator = infix_level(self.word(0)).is_some();
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
