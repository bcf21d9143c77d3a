//! The rules for identifiers and variable names (`spec/model.md` §1.6).

/// The longest identifier, name or variable name, in characters.
pub const MAX_LENGTH: usize = 128;

/// Words that can be no identifier and no variable name: operators and literals of the expression language, and names
/// the engine keeps for itself.
pub const RESERVED_WORDS: [&str; 24] = [
    "or",
    "and",
    "eq",
    "ne",
    "lt",
    "gt",
    "le",
    "ge",
    "div",
    "mod",
    "not",
    "null",
    "true",
    "false",
    "new",
    "var",
    "return",
    "step",
    "parallel",
    "stepGroup",
    "org",
    "account",
    "class",
    "shellScriptProvisioner",
];

/// Words the documentation adds for identifiers; the engine accepts them.
pub const DOCUMENTED_RESERVED_WORDS: [&str; 2] = ["status", "liteEngineTask"];

/// What is wrong with an identifier or a variable name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdentifierProblem {
    /// There is nothing.
    Empty,
    /// It does not begin with a letter or `_`; carries the character.
    FirstCharacter(char),
    /// A character that is not allowed, and its byte offset.
    Character(char, usize),
    /// Longer than [`MAX_LENGTH`]; carries the length in characters.
    TooLong(usize),
    /// One of [`RESERVED_WORDS`].
    Reserved,
}

/// What is wrong with `text` as the identifier of a pipeline, stage, step group or step. ASCII letters, digits and `_`
/// are allowed; `$` is, too, as the server accepts it.
///
/// ```
/// use pipewright_model::identifier::{IdentifierProblem, problem};
/// assert_eq!(problem("Build_1"), None);
/// assert_eq!(problem("my-stage"), Some(IdentifierProblem::Character('-', 2)));
/// assert_eq!(problem("step"), Some(IdentifierProblem::Reserved));
/// ```
pub fn problem(text: &str) -> Option<IdentifierProblem> {
    check(text, &['_', '$'])
}

/// What is wrong with `text` as the name of a variable. `.`, `-` and `$` are allowed, but a name with `.` or `-` can
/// only be read with `.get("a-b")`.
pub fn variable_name_problem(text: &str) -> Option<IdentifierProblem> {
    check(text, &['_', '.', '$', '-'])
}

fn check(text: &str, also: &[char]) -> Option<IdentifierProblem> {
    let Some(first) = text.chars().next() else {
        return Some(IdentifierProblem::Empty);
    };
    if !first.is_ascii_alphabetic() && first != '_' {
        return Some(IdentifierProblem::FirstCharacter(first));
    }
    let wrong = text
        .char_indices()
        .find(|(_, character)| !character.is_ascii_alphanumeric() && !also.contains(character));
    if let Some((at, character)) = wrong {
        return Some(IdentifierProblem::Character(character, at));
    }
    let length = text.chars().count();
    if length > MAX_LENGTH {
        return Some(IdentifierProblem::TooLong(length));
    }
    RESERVED_WORDS
        .contains(&text)
        .then_some(IdentifierProblem::Reserved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        let long = "a".repeat(129);
        let cases = [
            ("a", None),
            ("_1", None),
            ("a$b", None),
            ("Step", None),
            ("", Some(IdentifierProblem::Empty)),
            ("1a", Some(IdentifierProblem::FirstCharacter('1'))),
            ("a b", Some(IdentifierProblem::Character(' ', 1))),
            ("größe", Some(IdentifierProblem::Character('ö', 2))),
            ("stepGroup", Some(IdentifierProblem::Reserved)),
            (&long, Some(IdentifierProblem::TooLong(129))),
            (&long[1..], None),
        ];
        for (text, expected) in cases {
            assert_eq!(problem(text), expected, "{text}");
        }
    }

    #[test]
    fn variable_names_may_have_dots_and_hyphens() {
        assert_eq!(variable_name_problem("a.b-c"), None);
        assert_eq!(
            variable_name_problem("a b"),
            Some(IdentifierProblem::Character(' ', 1))
        );
        assert_eq!(
            variable_name_problem("null"),
            Some(IdentifierProblem::Reserved)
        );
    }
}
