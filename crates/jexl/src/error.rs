//! What can go wrong: kinds, failures without a place, and errors with one.

use std::fmt;

use pipewright_source::TextRange;

use crate::value::Unknown;

/// The kind of an error, named as in the conformance cases.
///
/// Most kinds stand for a Java class of the recorded library; `Limit`, `Refused` and `BadRequest` are ours, and `Hint`,
/// `Evaluation` and `Unresolved` come from the Harness engine around JEXL.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The source is no valid expression or script.
    Syntax,
    /// A name nobody knows, or a null where its members are read.
    UndefinedVariable,
    /// A property or index the object does not have.
    UndefinedProperty,
    /// A method or function nobody has, or not with these arguments.
    UndefinedMethod,
    /// An operator met null.
    NullOperand,
    /// An operator cannot take this type, or divides by zero.
    Arithmetic,
    /// The called method threw, or the target of an assignment can hold no value.
    MethodFailed,
    /// A function of a namespace that nobody registered.
    UnknownNamespace,
    /// A text is no number.
    NumberFormat,
    /// Two values that cannot be compared.
    ClassCast,
    /// A text is no regular expression.
    PatternSyntax,
    /// The source consists of nothing but spaces.
    BlankSource,
    /// A template string is broken or something inside it failed.
    TemplateString,
    /// The engine's message that asks the user for a correction.
    Hint,
    /// The engine gave up; also a value that contains itself where Java overflows its stack.
    Evaluation,
    /// Expressions were left over in a mode that forbids it.
    Unresolved,
    /// A limit of [`crate::limits`] was reached.
    Limit,
    /// A Java facility that Pipewright does not offer.
    Refused,
    /// A line of the protocol that cannot be read.
    BadRequest,
}

impl ErrorKind {
    /// The name used in machine-readable answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::UndefinedVariable => "undefined-variable",
            Self::UndefinedProperty => "undefined-property",
            Self::UndefinedMethod => "undefined-method",
            Self::NullOperand => "null-operand",
            Self::Arithmetic => "arithmetic",
            Self::MethodFailed => "method-failed",
            Self::NumberFormat => "number-format",
            Self::ClassCast => "class-cast",
            Self::PatternSyntax => "pattern-syntax",
            Self::BlankSource => "blank-source",
            Self::TemplateString => "template-string",
            Self::Hint => "hint",
            Self::UnknownNamespace | Self::Evaluation => "evaluation",
            Self::Unresolved => "unresolved",
            Self::Limit => "limit",
            Self::Refused => "refused",
            Self::BadRequest => "bad-request",
        }
    }

    /// Whether the recorded library raises this as its own exception, which callers such as Harness catch.
    /// The others escape as bare Java exceptions and abort whatever is going on.
    pub const fn is_jexl_exception(self) -> bool {
        matches!(
            self,
            Self::Syntax
                | Self::UndefinedVariable
                | Self::UndefinedProperty
                | Self::UndefinedMethod
                | Self::NullOperand
                | Self::Arithmetic
                | Self::MethodFailed
                | Self::UnknownNamespace
        )
    }

    /// Whether this escapes as a bare Java exception. A call of a function that ends so is itself what failed.
    pub(crate) const fn is_bare_exception(self) -> bool {
        matches!(
            self,
            Self::NumberFormat | Self::ClassCast | Self::PatternSyntax | Self::BlankSource
        )
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why an operation on values gave none: operators and methods know no places in the source, the interpreter adds them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The operation is an error.
    Error {
        /// Which kind.
        kind: ErrorKind,
        /// What happened, as a sentence without a full stop.
        message: String,
    },
    /// The result hangs on a value that only a run can tell; the interpreter makes it [`crate::Value::Unknown`].
    Unknown(Unknown),
}

impl Failure {
    /// A failure of `kind`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::Error {
            kind,
            message: message.into(),
        }
    }

    /// [`ErrorKind::MethodFailed`]: the called method threw.
    pub fn method(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::MethodFailed, message)
    }

    /// [`ErrorKind::Arithmetic`].
    pub(crate) fn arithmetic(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Arithmetic, message)
    }

    /// [`ErrorKind::Limit`].
    pub fn limit(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Limit, message)
    }

    /// [`ErrorKind::Refused`].
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Refused, message)
    }

    /// The kind, unless the failure only stands for an unknown value.
    pub const fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Error { kind, .. } => Some(*kind),
            Self::Unknown(_) => None,
        }
    }

    /// The same failure as an error at `range`; an unknown value becomes the error that says so.
    pub(crate) fn at(self, range: TextRange) -> Error {
        match self {
            Self::Error { kind, message } => Error {
                kind,
                range,
                message,
            },
            Self::Unknown(unknown) => Error {
                kind: ErrorKind::Evaluation,
                range,
                message: format!("the value is not known before the run: {unknown}"),
            },
        }
    }
}

/// What hangs on an unknown value is unknown for the same reason, and nothing else is known of it.
impl From<&Unknown> for Failure {
    fn from(unknown: &Unknown) -> Self {
        Self::Unknown(unknown.bare())
    }
}

/// What operators and methods give.
pub type OpResult<T = crate::Value> = Result<T, Failure>;

/// An error of parsing or evaluating, and where in the source it stands.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct Error {
    /// Which kind.
    pub kind: ErrorKind,
    /// The place in the source, in bytes.
    pub range: TextRange,
    /// What happened, as a sentence without a full stop.
    pub message: String,
}
