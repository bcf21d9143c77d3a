//! The parts of a JSONPath.

use pipewright_jexl::Value;

/// A compiled path.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    /// The steps from the document's root, or in a filter from the tested element.
    pub(crate) steps: Vec<Step>,
    /// Whether the path starts at the tested element (`@`) and not at the root (`$`).
    pub(crate) relative: bool,
}

impl Path {
    /// Whether the path can reach one value at most; its result is that value, and not a list.
    pub(crate) fn is_definite(&self) -> bool {
        self.steps.iter().all(Step::is_definite)
    }
}

/// One step of a path.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// `.name`, `['name']`, `['a','b']`
    Properties(Vec<String>),
    /// `[1]`, `[-1]`, `[0,2]`
    Indexes(Vec<i64>),
    /// `[1:3]`, `[:2]`, `[-2:]`
    Slice {
        /// The first index; negative counts from the end.
        from: Option<i64>,
        /// The index after the last.
        to: Option<i64>,
    },
    /// `*`
    Wildcard,
    /// `..`: the next step at every depth.
    Scan,
    /// `[?( … )]`
    Filter(Filter),
}

impl Step {
    /// Whether the step reaches one value at most.
    pub(crate) fn is_definite(&self) -> bool {
        match self {
            Self::Properties(_) => true,
            Self::Indexes(indexes) => indexes.len() == 1,
            Self::Slice { .. } | Self::Wildcard | Self::Scan | Self::Filter(_) => false,
        }
    }
}

/// The condition of a filter.
#[derive(Clone, Debug)]
pub(crate) enum Filter {
    /// `a || b`
    Any(Vec<Self>),
    /// `a && b`
    All(Vec<Self>),
    /// `!a`
    Not(Box<Self>),
    /// A path on its own: something must be there.
    Exists(Path),
    /// `left operator right`
    Compare(Operand, Operator, Operand),
}

/// One side of a comparison.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    /// `@.name` or `$.name`
    Path(Path),
    /// A number, a text in quotes, `true`, `false`, `null`, or JSON.
    Literal(Value),
    /// `/pattern/i`
    Regex(String),
}

/// The comparisons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Operator {
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
    /// `=~`
    Match,
    /// `in`
    In,
    /// `nin`
    NotIn,
    /// `contains`
    Contains,
    /// `all`
    All,
    /// `size`
    Size,
    /// `empty`
    Empty,
}
