//! The syntax tree of CEL.

use std::fmt;

use pipewright_source::TextRange;

use crate::{Name, Piece};

/// An expression and where it stands.
#[derive(Clone)]
pub struct Expr {
    /// From the first to the last byte of the expression, without blanks around it.
    pub range: TextRange,
    /// What it is.
    pub kind: ExprKind,
}

/// The kinds of expression.
#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number; a sign is never part of it.
    Number(Number),
    /// A text or bytes in quotes.
    Str(StringLiteral),
    /// A name on its own: a variable, or an island.
    Name(RootName),
    /// `name(arguments)`; macros such as `has(a.b)` among them.
    Call {
        /// The function.
        function: RootName,
        /// Its arguments.
        arguments: Vec<Expr>,
    },
    /// `( expression )`
    Paren(Box<Expr>),
    /// `head.name[index].method(arguments)…`, flat; `links` is never empty.
    Chain {
        /// What the chain starts from.
        head: Box<Expr>,
        /// The steps from left to right.
        links: Vec<Link>,
    },
    /// `[a, ?b]`
    List(Vec<Item>),
    /// `{key: value, ?key: value}`
    Map(Vec<Entry>),
    /// `-x` or `!x`
    Unary {
        /// The operator.
        op: UnaryOp,
        /// Its operand.
        operand: Box<Expr>,
    },
    /// Operands of one level of precedence, left to right: `first op operand op operand…`.
    Infix {
        /// The leftmost operand.
        first: Box<Expr>,
        /// The operators with their right operands; never empty.
        rest: Vec<InfixTail>,
    },
    /// `condition ? then : otherwise`
    Ternary {
        /// The condition.
        condition: Box<Expr>,
        /// Its value when true.
        then: Box<Expr>,
        /// Its value when false.
        otherwise: Box<Expr>,
    },
}

/// The first name of a chain, or a function.
#[derive(Clone, PartialEq, Debug)]
pub struct RootName {
    /// The name.
    pub name: Name,
    /// Whether a dot stands in front, so that names of macros do not hide it.
    pub from_root: bool,
}

/// A number literal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    /// What it is.
    pub form: NumberForm,
    /// As written, without the `u` of an unsigned one: `42`, `0x1F`, `1.5e3`.
    pub digits: Box<str>,
}

/// The kinds of number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NumberForm {
    /// `42` or `0x2A`: 64 bits with a sign.
    Integer,
    /// `42u`: 64 bits without a sign.
    Unsigned,
    /// `1.5`, `1e3`, `.5`: a double.
    Double,
}

/// A string literal.
#[derive(Clone)]
pub struct StringLiteral {
    /// With its prefix and quotes.
    pub range: TextRange,
    /// Whether it has the prefix `b`: bytes and no text.
    pub is_bytes: bool,
    /// Whether it has the prefix `r`: backslashes mean nothing in it.
    pub is_raw: bool,
    /// What stands on both sides of it.
    pub quote: Quote,
    /// The content as it is written, escapes and all. Empty for `""`.
    pub pieces: Vec<Piece>,
}

/// The quotes of a string literal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
    /// `"""`
    TripleDouble,
    /// `'''`
    TripleSingle,
}

/// One step of a chain.
#[derive(Clone)]
pub struct Link {
    /// From the dot or bracket to the end of the step.
    pub range: TextRange,
    /// What the step does.
    pub kind: LinkKind,
}

/// The kinds of step in a chain.
#[derive(Clone, PartialEq, Debug)]
pub enum LinkKind {
    /// `.name`, ``.`na-me` ``, `.?name`
    Member {
        /// The name; that in backticks is one text without them.
        name: Name,
        /// Whether a question mark stands in front: what is missing is then no error.
        is_optional: bool,
    },
    /// `.name(arguments)`
    Method {
        /// The name.
        name: Name,
        /// The arguments.
        arguments: Vec<Expr>,
    },
    /// `[expression]` or `[?expression]`
    Index {
        /// What is looked for.
        index: Box<Expr>,
        /// Whether a question mark stands in front.
        is_optional: bool,
    },
    /// `{field: value}`: a message of the type that the chain names.
    Fields(Vec<Field>),
}

/// An element of a list literal.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// The element.
    pub value: Expr,
    /// Whether a question mark stands in front: an element that is absent is left out.
    pub is_optional: bool,
}

/// An entry of a map literal.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The key.
    pub key: Expr,
    /// The value.
    pub value: Expr,
    /// Whether a question mark stands in front.
    pub is_optional: bool,
}

/// A field of a message.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Expr,
    /// Whether a question mark stands in front.
    pub is_optional: bool,
}

/// One operator and the operand on its right.
#[derive(Clone, Debug)]
pub struct InfixTail {
    /// The operator.
    pub op: InfixOp,
    /// Where the operator stands.
    pub op_range: TextRange,
    /// The operand.
    pub operand: Expr,
}

/// Prefix operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOp {
    /// `-`
    Negate,
    /// `!`
    Not,
}

/// Infix operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InfixOp {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
}

impl InfixOp {
    /// How it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
        }
    }
}

impl Quote {
    /// How it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Double => "\"",
            Self::Single => "'",
            Self::TripleDouble => "\"\"\"",
            Self::TripleSingle => "'''",
        }
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl PartialEq for Link {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl PartialEq for InfixTail {
    fn eq(&self, other: &Self) -> bool {
        self.op == other.op && self.operand == other.operand
    }
}

impl PartialEq for StringLiteral {
    fn eq(&self, other: &Self) -> bool {
        let key = |of: &Self| (of.is_bytes, of.is_raw, of.quote);
        key(self) == key(other) && self.pieces == other.pieces
    }
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.range)?;
        self.kind.fmt(f)
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.range)?;
        self.kind.fmt(f)
    }
}

impl fmt::Debug for StringLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = if self.is_bytes { " bytes" } else { "" };
        let raw = if self.is_raw { " raw" } else { "" };
        write!(f, "{:?}{bytes}{raw} {:?}", self.range, self.pieces)
    }
}
