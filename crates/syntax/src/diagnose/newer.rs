//! Syntax that later versions of JEXL know.

use super::Place;
use crate::tokens::TokenKind;
use crate::{SyntaxError, SyntaxErrorKind};

/// What a later version has, and what to write for it.
type Newer = (&'static str, &'static str);

const SAFE_ACCESS: Newer = (
    "`?.`",
    "write `.`; an unknown name in the path then gives null or an error",
);
const SAFE_INDEX: Newer = (
    "`?[`",
    "write `[`; an element that is missing gives null or an error",
);
const DEFAULT: Newer = (
    "`??`",
    "write `?:`, which also replaces an empty text, 0 and false",
);
const INCREMENT: Newer = ("`++`", "write `x = x + 1`");
const DECREMENT: Newer = ("`--`", "write `x = x - 1`");
const SHIFT: Newer = ("shifting", "multiply or divide instead");
const SHIFT_ASSIGN: Newer = (
    "an assignment that shifts",
    "write `x = x * 2` or `x = x / 2`",
);
const PATTERN: Newer = ("a pattern between slashes", "write the pattern as a string");
const ARROW: Newer = ("`=>`", "write `-> { … }`");
const LET: Newer = ("`let` and `const`", "write `var`");
const IN: Newer = (
    "the operator `in`",
    "write `=~`, with the list on the right",
);
const NOT_IN: Newer = (
    "the operator `!in` or `not in`",
    "write `!~`, with the list on the right",
);
const SWITCH: Newer = ("`switch`", "write `if (…) { … } else if (…) { … }`");
const INSTANCE: Newer = (
    "`instanceof`",
    "look at the text of the value instead, as in `x =~ \"[0-9]+\"`",
);
const COUNTING: Newer = (
    "a `for` that counts",
    "write `for (var i : 0 .. 9) { … }`, or `while (…) { … }`",
);
const SEVERAL: Newer = (
    "a `var` with several names",
    "write one statement for each name: `var a; var b`",
);
const NAMED: Newer = (
    "a function with a name",
    "write `var f = function(x) { … }`",
);
const PRAGMA: Newer = (
    "a dot in the name of a pragma",
    "write a name without dots, or leave the pragma out",
);
const STATEMENT: Newer = ("this statement", "use `if`");
const DO: Newer = ("`do`", "write `while (…) { … }`");
const THROW: Newer = ("`throw`", "leave it out: a script ends with `return`");
const IMPORT: Newer = ("`import`", "leave it out: no Java classes are offered");
const CLASS: Newer = (
    "`new` with the bare name of a class",
    "leave it out: no Java classes are offered",
);
const ANNOTATION: Newer = ("an annotation", "leave the `@` and its name out");

impl Place<'_> {
    /// What a later version would read, and what to write for it.
    pub(super) fn newer(&self) -> Option<SyntaxError> {
        let (at, (what, hint)) = self
            .newer_sign()
            .or_else(|| self.newer_word())
            .or_else(|| self.newer_statement())?;
        let message = format!("{what} came after JEXL 3.0, which Harness uses");
        let error = self.error(at, SyntaxErrorKind::NewerSyntax, message);
        Some(error.with_hint(hint))
    }

    /// Operators that are made of signs.
    fn newer_sign(&self) -> Option<(isize, Newer)> {
        let (before, found, after) = (self.word(-1), self.word(0), self.word(1));
        let glued = self.adjacent(-1, 0);
        Some(match (before, found) {
            ("?", ".") => (-1, SAFE_ACCESS),
            ("?", "?" | "?:") => (-1, DEFAULT),
            (_, "?") if after == "." && self.adjacent(0, 1) => (0, SAFE_ACCESS),
            (_, "?") if after == "?" => (0, DEFAULT),
            (_, "" | "]" | ")" | "}" | "," | ";") if let Some(at) = self.safe_index() => {
                (at, SAFE_INDEX)
            }
            ("+", "+") if glued => (-1, INCREMENT),
            (_, "+") if self.decremented() => (-2, DECREMENT),
            (_, "+") if after == "+" && self.adjacent(0, 1) && !self.after_operand() => {
                (0, INCREMENT)
            }
            (_, "+") if !self.after_operand() => (0, ("a sign `+` before a value", "leave it out")),
            ("-", _) if self.decremented() && self.ends_here() => (-2, DECREMENT),
            ("<", "<=") | (">", ">=") if glued => (-1, SHIFT_ASSIGN),
            (">", ">") if after == ">=" => (-1, SHIFT_ASSIGN),
            ("<", "<") | (">", ">") => (-1, SHIFT),
            ("==", "=") => (0, ("`===`", "write `==`")),
            ("!=", "=") => (0, ("`!==`", "write `!=`")),
            ("=", ">") => (0, ARROW),
            (_, "=") if after == ">" && self.adjacent(0, 1) => (0, ARROW),
            (_, "~") if after == "/" && self.adjacent(0, 1) => (0, PATTERN),
            ("~", "/") => (-1, PATTERN),
            ("=~" | "!~", "/") => (0, PATTERN),
            _ => return None,
        })
    }

    /// Operators and literals that are words.
    fn newer_word(&self) -> Option<(isize, Newer)> {
        let (found, after) = (self.word(0), self.word(1));
        if self.after_operand() {
            match (found, after) {
                ("in", _) => return Some((0, IN)),
                ("instanceof", _) | ("!" | "not", "instanceof") => return Some((0, INSTANCE)),
                ("!" | "not", "in") => return Some((0, NOT_IN)),
                _ => {}
            }
        }
        let exponent = found.strip_prefix(['e', 'E'])?;
        let is_exponent = !exponent.is_empty() && exponent.bytes().all(|b| b.is_ascii_digit());
        let after_number = self.kind(-1) == Some(TokenKind::Number) && self.adjacent(-1, 0);
        (is_exponent && after_number).then_some((
            -1,
            (
                "an exponent without a suffix",
                "add `d`, as in `1e3d`, or write the number out",
            ),
        ))
    }

    /// Statements, and parts of them.
    fn newer_statement(&self) -> Option<(isize, Newer)> {
        let (before, found) = (self.word(-1), self.word(0));
        let names = self.kind(0) == Some(TokenKind::Name);
        Some(match (before, found) {
            ("do", "{") => (-1, DO),
            ("do", _) if names => (-1, DO),
            ("let" | "const", _) if names => (-1, LET),
            ("(", "let" | "const") if self.word(-2) == "for" => (0, LET),
            ("for", "(") if matches!(self.word(1), "let" | "const") => (1, LET),
            ("throw", _) if self.begins_value() => (-1, THROW),
            ("import", _) if names => (-1, IMPORT),
            ("new", _) if names => (-1, CLASS),
            (_, "{") if before.starts_with('@') => (-1, ANNOTATION),
            _ if before.len() > 1 && before.starts_with('@') && self.begins_value() => {
                (-1, ANNOTATION)
            }
            (")", "{")
                if self
                    .called_before()
                    .is_some_and(|name| name.starts_with('@')) =>
            {
                (-1, ANNOTATION)
            }
            _ if let Some(at) = self.body_of_switch() => (at, SWITCH),
            ("switch", "(" | "{") => (-1, SWITCH),
            ("try" | "catch", "{" | "(") => (-1, STATEMENT),
            (_, "switch") if self.word(1) == "(" => (0, SWITCH),
            (")", "{") if self.called_before() == Some("switch") => (-1, SWITCH),
            ("function", _) if names => (-1, NAMED),
            (_, "function") if self.kind(1) == Some(TokenKind::Name) => (0, NAMED),
            (_, ".") if self.word(-2) == "#pragma" => (0, PRAGMA),
            (_, "for") if self.counts(0) => (0, COUNTING),
            ("for", "(") if self.counts(-1) => (-1, COUNTING),
            ("(", _) if self.counts(-2) && self.word(-2) == "for" => (-2, COUNTING),
            (_, ";" | "=") if self.in_head_of_for() => (0, COUNTING),
            (_, ",") if self.declares() => (0, SEVERAL),
            ("var", "(") => (0, SEVERAL),
            _ => return None,
        })
    }

    /// The distances to the tokens before the place, the nearest first.
    fn backwards(&self) -> impl Iterator<Item = isize> + use<> {
        let last = isize::try_from(self.index).unwrap_or(isize::MAX);
        (1..=last).map(|back| -back)
    }

    /// Whether the token at the place begins a value.
    pub(super) fn begins_value(&self) -> bool {
        use TokenKind::{Name, Number, String, TemplateString};
        let kind = self.kind(0);
        kind.is_some_and(|kind| matches!(kind, Name | Number | String | TemplateString))
    }

    /// Whether nothing follows in the statement.
    fn ends_here(&self) -> bool {
        self.token(0).is_none() || matches!(self.word(0), ";" | ")" | "}" | "]" | ",")
    }

    /// `a?[0]`: the place of a `?` with a bracket glued to it, where a `:` is missing.
    fn safe_index(&self) -> Option<isize> {
        if self.count("?") <= self.count(":") {
            return None;
        }
        self.backwards().find(|&at| {
            let glued = self.adjacent(at - 1, at) && self.adjacent(at, at + 1);
            glued && self.word(at) == "?" && self.word(at + 1) == "["
        })
    }

    /// Whether `x--` ends before the place.
    fn decremented(&self) -> bool {
        self.word(-1) == "-" && self.word(-2) == "-" && self.adjacent(-2, -1)
    }

    /// `switch (x) { case 1 -> … }`: the place of the word, where its body looks like a map behind a call.
    fn body_of_switch(&self) -> Option<isize> {
        let open = self.openers().pop()?;
        let opener = self
            .backwards()
            .find(|at| self.range(*at) == open.range && self.word(*at) == "{")?;
        let word = self.parentheses_before(opener)? - 1;
        (self.word(word) == "switch").then_some(word)
    }

    /// The name before the parentheses that end before the place.
    fn called_before(&self) -> Option<&str> {
        Some(self.word(self.parentheses_before(0)? - 1))
    }

    /// Where the parentheses open that close directly before `end`.
    fn parentheses_before(&self, end: isize) -> Option<isize> {
        let mut depth = 0_usize;
        for at in self.backwards().skip_while(|at| *at >= end) {
            match self.word(at) {
                ")" => depth += 1,
                "(" => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                return (self.word(at) == "(").then_some(at);
            }
        }
        None
    }

    /// Whether the `for` at `distance` has a `;` in its head.
    fn counts(&self, distance: isize) -> bool {
        let mut depth = 0_usize;
        for at in distance + 1.. {
            match self.word(at) {
                "" => break,
                "(" => depth += 1,
                ")" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                ";" if depth == 1 => return true,
                _ => {}
            }
        }
        false
    }

    /// Whether the place is in the head of a `for` that counts.
    fn in_head_of_for(&self) -> bool {
        let Some(open) = self.openers().pop() else {
            return false;
        };
        let index = self
            .tokens
            .partition_point(|token| token.range.start() < open.range.start());
        let back = isize::try_from(self.index.saturating_sub(index)).unwrap_or(isize::MAX);
        self.word(-back) == "(" && self.word(-back - 1) == "for" && self.counts(-back - 1)
    }

    /// Whether the statement before the place is a `var` in no bracket of its own.
    fn declares(&self) -> bool {
        let mut depth = 0_usize;
        for at in self.backwards() {
            match self.word(at) {
                ")" | "]" | "}" => depth += 1,
                "(" | "[" | "{" | ";" if depth == 0 => return false,
                "(" | "[" | "{" => depth -= 1,
                "var" if depth == 0 => return true,
                _ => {}
            }
        }
        false
    }
}
