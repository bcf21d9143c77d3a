//! Whether the text of a string value stands in for its island when a text is evaluated.
//!
//! With string concatenation on, `values-<+env>.yaml` is text and `<+a> == "x"` is a comparison. The engine tells them
//! apart by looking at the characters around each island (`spec/engine.md` §2.7): next to an operator the island stays
//! a variable, next to a letter, quote or slash its text is written into the program ("spliced").

use std::fmt;

use memchr::{memchr, memchr2_iter};
use pipewright_source::TextRange;

/// How many characters the decision looks at on each side. Only blanks, parentheses and semicolons are passed over, so
/// no text written by a person comes near; without a bound a hostile text would cost quadratic time.
const MAX_LOOK: usize = 4096;

/// Characters that make the island an operand.
const OPERATORS: &[char] = &['+', '=', '?', '&', '|', '!', '~', '^', '$'];

/// Words between blanks that make the island an operand.
const KEYWORDS: &[&str] = &["or", "eq", "ne", "and", "not", "size", "empty"];

/// The longest entry of [`KEYWORDS`], in letters.
const LONGEST_KEYWORD: usize = 5;

/// The heads of statements; anywhere before the island they make it part of a script.
const STATEMENTS: &[&str] = &[
    "if (", "if(", "else {", "else{", "for(", "for (", "while (", "while(", "do {", "do{",
];

/// How many islands [`joins_as_text`] looks at: each costs time in the length of the text.
const MAX_JUDGED: usize = 256;

/// Why an island was spliced or left a variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reason {
    /// The text consists of the island alone.
    WholeText,
    /// A method is called on it: `.name(` follows.
    MethodCall,
    /// An operator stands next to it.
    Operator(char),
    /// A word such as `eq` or `and` stands next to it.
    Keyword(&'static str),
    /// A statement such as `if (` stands before it.
    Statement(&'static str),
    /// It is a branch of a ternary: a `:` stands next to it, and somewhere in the text a `?`.
    Ternary,
    /// It is an argument, an index, or closed by a bracket.
    Enclosed(char),
    /// A character that no operand stands next to, such as a letter, a quote or a slash.
    Text(char),
    /// Nothing around it tells.
    Undecided,
}

impl Reason {
    /// Whether the text of the value is written into the program.
    pub(crate) const fn splices(self) -> bool {
        matches!(self, Self::Text(_))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WholeText => f.write_str("it is the whole text"),
            Self::MethodCall => f.write_str("a method is called on it"),
            Self::Operator(c) => write!(f, "the operator `{c}` stands next to it"),
            Self::Keyword(word) => write!(f, "the word `{word}` stands next to it"),
            Self::Statement(head) => write!(f, "the statement `{head}` stands before it"),
            Self::Ternary => f.write_str("it is a branch of a ternary"),
            Self::Enclosed(c) => write!(f, "`{c}` makes it an argument or element"),
            Self::Text(c) => write!(f, "{c:?} next to it makes it part of a text"),
            Self::Undecided => f.write_str("nothing around it makes it part of a text"),
        }
    }
}

/// What was noticed in the text before an island, as the text grows.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Noticed {
    statement: Option<&'static str>,
    question: bool,
}

impl Noticed {
    /// Looks at what stands in `text` from `seen` on.
    pub(crate) fn notice(&mut self, text: &str, seen: usize) {
        self.question = self.question || memchr(b'?', &text.as_bytes()[seen..]).is_some();
        if self.statement.is_none() {
            self.statement = statement_head(text, seen);
        }
    }

    /// Whether the text of a string value may stand between `left`, which was noticed, and `right`, in which a `?`
    /// stands or not. `looked` grows by the characters that were looked at.
    pub(crate) fn decide(
        self,
        left: &str,
        right: &str,
        question_after: bool,
        looked: &mut usize,
    ) -> Reason {
        if left.is_empty() && right.is_empty() {
            return Reason::WholeText;
        }
        if starts_with_method_call(right) {
            return Reason::MethodCall;
        }
        let ternary = self.question || question_after;
        self.look_left(left, ternary, looked)
            .or_else(|| look_right(right, ternary, looked))
            .unwrap_or(Reason::Undecided)
    }

    /// What the characters before the island say, nearest first.
    fn look_left(self, left: &str, ternary: bool, looked: &mut usize) -> Option<Reason> {
        for (at, c) in left.char_indices().rev().take(MAX_LOOK) {
            *looked += 1;
            let before = &left[..at];
            match c {
                '[' if ends_with_letter(before) => return None,
                '(' => return None,
                ',' if is_call_argument(before, looked) => return None,
                ':' if ternary => return Some(Reason::Ternary),
                '[' | ',' | ':' => return Some(Reason::Text(c)),
                _ if self.statement.is_some() => return self.statement.map(Reason::Statement),
                _ if OPERATORS.contains(&c) => return Some(Reason::Operator(c)),
                ' ' | '\n' | ')' | ';' => {}
                _ => return Some(keyword_before(left, at, c)),
            }
        }
        None
    }
}

/// Whether the engine would write the text of every island into the program, if all of them are strings. It then takes
/// what comes out as plain text, even where that is no expression.
///
/// `islands` are the outermost ones of `text`, in order; more than 256 are taken to be joined without a look.
///
/// ```
/// # use pipewright_engine::joins_as_text;
/// # use pipewright_source::TextRange;
/// assert!(joins_as_text("<+a>-<+b>.zip", &[TextRange::new(0, 4), TextRange::new(5, 9)]));
/// assert!(!joins_as_text("<+a> == <+b>", &[TextRange::new(0, 4), TextRange::new(8, 12)]));
/// ```
pub fn joins_as_text(text: &str, islands: &[TextRange]) -> bool {
    islands.len() > MAX_JUDGED || joined(text, islands).all(|joined| joined)
}

/// The same for each island by itself: whether the engine would write its text into the program, if it is a string.
/// Those beyond the first 256 are left out.
pub fn each_joins_as_text(text: &str, islands: &[TextRange]) -> Vec<bool> {
    joined(text, islands).take(MAX_JUDGED).collect()
}

fn joined(text: &str, islands: &[TextRange]) -> impl Iterator<Item = bool> {
    let (mut noticed, mut program, mut copied) = (Noticed::default(), String::new(), 0);
    islands.iter().map(move |island| {
        let seen = program.len();
        program.push_str(TextRange::new(copied, island.start()).slice(text));
        noticed.notice(&program, seen);
        let rest = text.get(island.end() as usize..).unwrap_or("");
        let reason = noticed.decide(&program, rest, rest.contains('?'), &mut 0);
        // Any letter does for the value, as what it is only a run knows.
        program.push('x');
        copied = island.end();
        reason.splices()
    })
}

/// What the characters after the island say, nearest first.
fn look_right(right: &str, ternary: bool, looked: &mut usize) -> Option<Reason> {
    for (at, c) in right.char_indices().take(MAX_LOOK) {
        *looked += 1;
        match c {
            ')' | ']' => return Some(Reason::Enclosed(c)),
            ',' if closes_a_call(&right[at..], looked) => return Some(Reason::Enclosed(c)),
            ':' if ternary => return Some(Reason::Ternary),
            ',' | ':' => return Some(Reason::Text(c)),
            _ if OPERATORS.contains(&c) => return Some(Reason::Operator(c)),
            ' ' | '\n' | '(' | ';' => {}
            _ => return Some(keyword_after(right, at, c)),
        }
    }
    None
}

/// The statement head that ends at `seen` or later, at the start of a word.
fn statement_head(text: &str, seen: usize) -> Option<&'static str> {
    // Each ends in its bracket.
    let brackets = memchr2_iter(b'(', b'{', &text.as_bytes()[seen..]);
    let heads = brackets.filter_map(|at| {
        let before = &text[..=seen + at];
        STATEMENTS.iter().position(|head| {
            let rest = before.strip_suffix(head);
            rest.is_some_and(|rest| !rest.ends_with(is_word))
        })
    });
    heads.min().map(|head| STATEMENTS[head])
}

/// Whether `.name(` or `).name(` follows.
fn starts_with_method_call(right: &str) -> bool {
    let rest = right.strip_prefix(')').unwrap_or(right);
    let Some(rest) = rest.strip_prefix('.') else {
        return false;
    };
    let after = rest.trim_start_matches(is_word);
    after.len() < rest.len() && after.starts_with('(')
}

/// Whether the text ends inside the parentheses of a call: the innermost open `(` follows a letter.
fn is_call_argument(before: &str, looked: &mut usize) -> bool {
    let mut closed = 0_usize;
    for (at, c) in before.char_indices().rev().take(MAX_LOOK) {
        *looked += 1;
        match c {
            ')' => closed += 1,
            '(' if closed == 0 => return ends_with_letter(&before[..at]),
            '(' => closed -= 1,
            _ => {}
        }
    }
    false
}

/// Whether a `)` follows whose `(` stands before the text.
fn closes_a_call(after: &str, looked: &mut usize) -> bool {
    let mut open = 0_usize;
    for c in after.chars().take(MAX_LOOK) {
        *looked += 1;
        match c {
            '(' => open += 1,
            ')' if open == 0 => return true,
            ')' => open -= 1,
            _ => {}
        }
    }
    false
}

/// The verdict on the character `c` at `at`, the last of a word: a keyword between blanks, or text.
fn keyword_before(text: &str, at: usize, c: char) -> Reason {
    let end = at + c.len_utf8();
    let start = end - letters(text[..end].chars().rev());
    keyword(text, start, end).map_or(Reason::Text(c), Reason::Keyword)
}

/// The verdict on the character `c` at `at`, the first of a word: a keyword between blanks, or text.
fn keyword_after(text: &str, at: usize, c: char) -> Reason {
    let end = at + letters(text[at..].chars());
    keyword(text, at, end).map_or(Reason::Text(c), Reason::Keyword)
}

/// How many letters of a word come next; of one that is longer than any keyword, one more than that.
fn letters(chars: impl Iterator<Item = char>) -> usize {
    chars
        .take(LONGEST_KEYWORD + 1)
        .take_while(|c| is_word(*c))
        .count()
}

/// The keyword from `start` to `end`, if it stands between blanks.
fn keyword(text: &str, start: usize, end: usize) -> Option<&'static str> {
    let word = &text[start..end];
    let known = KEYWORDS.iter().find(|keyword| **keyword == word)?;
    (text[..start].ends_with([' ', '\n']) && text[end..].starts_with([' ', '\n'])).then_some(known)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn ends_with_letter(text: &str) -> bool {
    text.ends_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The decision for the island written as `@` in `text`.
    fn decide(text: &str) -> Reason {
        let (left, right) = text.split_once('@').expect("an island");
        let mut noticed = Noticed::default();
        noticed.notice(left, 0);
        noticed.decide(left, right, right.contains('?'), &mut 0)
    }

    #[test]
    fn a_string_next_to_text_is_spliced() {
        for text in [
            "values-@.yaml",
            "\"@\" == 'x'",
            "<x>@</x>",
            "a: @",
            "@:b",
            "@, b",
            "[@]",
            "{\"k\": @}",
            "@; b",
            "else @",
            "eq @",
            "@ not",
            "orb @",
            "->@",
            "pipeline.variables.@",
        ] {
            assert!(decide(text).splices(), "{text}: {}", decide(text));
        }
    }

    #[test]
    fn an_operand_stays_a_variable() {
        let table = [
            ("@", Reason::WholeText),
            ("@.length() > 2", Reason::MethodCall),
            ("(@).concat('x')", Reason::MethodCall),
            ("@ == 'x'", Reason::Operator('=')),
            ("'x' + @", Reason::Operator('+')),
            ("$@", Reason::Operator('$')),
            ("a or @", Reason::Keyword("or")),
            ("@ eq b", Reason::Keyword("eq")),
            ("else { @", Reason::Statement("else {")),
            ("for(x : y) x-@", Reason::Statement("for(")),
            ("t ? a : @", Reason::Ternary),
            ("f(@)", Reason::Enclosed(')')),
            ("m[@]", Reason::Enclosed(']')),
            ("f(@, b)", Reason::Enclosed(',')),
            ("f(a, @)", Reason::Enclosed(')')),
            (" @ ", Reason::Undecided),
        ];
        for (text, reason) in table {
            assert_eq!(decide(text), reason, "{text}");
        }
    }

    #[test]
    fn a_statement_head_is_seen_across_pushes_and_only_at_a_word_start() {
        let text = "if (x) y";
        let mut noticed = Noticed::default();
        noticed.notice("i", 0);
        noticed.notice("if (", 1);
        noticed.notice(text, 4);
        assert_eq!(
            noticed.decide(text, "", false, &mut 0),
            Reason::Statement("if (")
        );
        assert_eq!(decide("elif (x) y@"), Reason::Text('y'));
    }
}
