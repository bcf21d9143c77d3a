//! What is wrong with a text that is no expression.

use pipewright_source::TextRange;
use thiserror::Error;

/// The first thing that keeps a text from being an expression or a script.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// The offending bytes of the text; empty where something is missing.
    pub range: TextRange,
    /// What kind of mistake it is, for tools.
    pub kind: SyntaxErrorKind,
    /// The fact, in a sentence without a full stop.
    pub message: String,
    /// What to write instead, if that is known.
    pub hint: Option<String>,
}

/// The kinds of mistake that tools treat on their own.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// Nothing but Unicode blanks: the original crashes on it instead of reporting it (`spec/jexl.md` §1).
    BlankSource,
    /// Nested deeper than [`crate::MAX_NESTING`], or deeper than the stack of the thread allows.
    Nesting,
    /// Longer than [`crate::MAX_SOURCE_BYTES`].
    TooLong,
    /// A reserved word where a name must stand: after a dot, or as a variable.
    ReservedWord {
        /// The word.
        word: String,
        /// Whether it stands after a dot.
        after_dot: bool,
    },
    /// Two comparisons in a row, as in `a == b == c`.
    ChainedComparison,
    /// The target of an assignment can hold no value.
    AssignmentTarget,
    /// A statement, or a `;`, where only an expression may stand.
    Statement,
    /// Two expressions of a script stand side by side without `;`.
    MissingSemicolon,
    /// `break` or `continue` outside a loop.
    OutsideLoop,
    /// Syntax that came after JEXL 3.0.
    NewerSyntax,
    /// A hyphen in what should be one name, where a subtraction cannot be read.
    Hyphen,
    /// A word between two values that is no operator.
    OperatorWord,
    /// What only the other language has: an operator of JEXL in CEL.
    OtherLanguage,
    /// Braces or quotes in `${{ … }}` that may end it too early, or not: how the engine reads them is not known.
    BracesInside,
    /// `${…}`, the delimiters of the first generation of Harness.
    FirstGeneration,
    /// A typographic quote.
    CurlyQuote,
    /// A character that may stand only in a string.
    Character,
    /// A string or template string that does not end.
    UnterminatedString,
    /// A comment that does not end.
    UnterminatedComment,
    /// A bracket without its partner.
    Bracket,
    /// A number that is not written as one.
    Number,
    /// An island that does not close.
    UnclosedIsland,
    /// Anything else.
    Unexpected,
}

impl SyntaxError {
    pub(crate) fn new(range: TextRange, kind: SyntaxErrorKind, message: impl Into<String>) -> Self {
        Self {
            range,
            kind,
            message: message.into(),
            hint: None,
        }
    }

    /// What is said of a text that nests too deep at `range`.
    pub(crate) fn too_deep(range: TextRange) -> Self {
        Self::new(
            range,
            SyntaxErrorKind::Nesting,
            format!(
                "this is nested more than {} levels deep",
                crate::MAX_NESTING
            ),
        )
        .with_hint("take a part of it into a variable of its own")
    }

    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
