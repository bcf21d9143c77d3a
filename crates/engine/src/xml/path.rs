//! The parts of an XPath 1.0 expression.

use crate::xml::functions::Function;

/// An expression; no deeper than its parentheses and brackets, because runs of operators are lists.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Expr {
    /// `a or b or c`
    Or(Vec<Self>),
    /// `a and b and c`
    And(Vec<Self>),
    /// `a = b` and the like, from left to right
    Compare(Box<Self>, Vec<(Comparison, Self)>),
    /// `a + b - c` and the like, from left to right
    Arithmetic(Box<Self>, Vec<(Arithmetic, Self)>),
    /// `-a`
    Negate(Box<Self>),
    /// `a | b | c`
    Union(Vec<Self>),
    /// `/a/b`, `a/b`, `.`
    Path {
        /// Whether it starts at the document and not at the node it is asked for.
        absolute: bool,
        /// The steps one after another.
        steps: Vec<Step>,
    },
    /// `(a)[1]/b`
    Filter {
        /// What is filtered.
        base: Box<Self>,
        /// What holds of it.
        predicates: Vec<Self>,
        /// The steps from there.
        steps: Vec<Step>,
    },
    /// `'a'`
    Literal(String),
    /// `1.5`
    Number(f64),
    /// `count(a)`
    Call(Function, Vec<Self>),
}

/// One step: `axis::test[predicate]`.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Step {
    pub(super) axis: Axis,
    pub(super) test: Test,
    pub(super) predicates: Vec<Expr>,
}

/// Where a step looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Axis {
    Ancestor,
    AncestorOrSelf,
    Attribute,
    Child,
    Descendant,
    DescendantOrSelf,
    Following,
    FollowingSibling,
    Parent,
    Preceding,
    PrecedingSibling,
    Itself,
}

impl Axis {
    /// The axis of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ancestor" => Self::Ancestor,
            "ancestor-or-self" => Self::AncestorOrSelf,
            "attribute" => Self::Attribute,
            "child" => Self::Child,
            "descendant" => Self::Descendant,
            "descendant-or-self" => Self::DescendantOrSelf,
            "following" => Self::Following,
            "following-sibling" => Self::FollowingSibling,
            "parent" => Self::Parent,
            "preceding" => Self::Preceding,
            "preceding-sibling" => Self::PrecedingSibling,
            "self" => Self::Itself,
            _ => return None,
        })
    }
}

/// Which nodes of an axis are meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Test {
    /// `node()`
    Node,
    /// `text()`
    Text,
    /// `text()` on Java's short way: not one that stands in CDATA sections as a whole
    PlainText,
    /// `comment()`
    Comment,
    /// `processing-instruction()`, perhaps of one name
    Instruction(Option<String>),
    /// `*`
    Any,
    /// `name`, behind whatever prefix
    Name(String),
    /// `name` on Java's short way: without a prefix
    PlainName(String),
    /// `prefix:name`: no prefix has a namespace
    Nothing,
}

/// The comparisons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The operators of numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}
