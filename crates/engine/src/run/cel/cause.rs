//! Why the value of an expression of CEL is not known.

use std::fmt;

/// What nobody outside of Harness knows of CEL there, or what is not evaluated here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum CelCause {
    /// Nothing stands between the delimiters.
    Empty,
    /// Braces or quotes may move the end of the expression.
    End,
    /// A function that is not evaluated.
    Function(Box<str>),
    /// A first name that only CEL can look up.
    Name(Box<str>),
    /// Optional members and elements.
    Optional,
    /// A type that is not evaluated: unsigned numbers, bytes, messages, maps with other keys than texts.
    Type,
    /// Readers of CEL differ: values of different types, or whether a map has a key.
    Mixed,
    /// An escape in a text that CEL has not.
    Escape,
}

impl fmt::Display for CelCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("what an empty `${{ }}` gives is not known"),
            Self::End => f.write_str("where a `${{` with braces or quotes in it ends is not known"),
            Self::Function(name) => write!(f, "the function `{name}` of CEL is not evaluated"),
            Self::Name(name) => write!(f, "what `{name}` gives in CEL is not known"),
            Self::Optional => f.write_str("optional members of CEL are not evaluated"),
            Self::Type => f.write_str("this type of CEL is not evaluated"),
            Self::Mixed => f.write_str("what CEL makes of values of these types is not known"),
            Self::Escape => f.write_str("CEL has no such escape in a text"),
        }
    }
}
