//! Why a reference cannot be decided.

use std::fmt;

/// Why a reference cannot be decided.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum UnknownReason {
    /// It leads into a template that is not at hand, or out of the template that is read.
    Template,
    /// A part of the path is known only to a run, or (v1) has a hyphen, which may subtract.
    Dynamic,
    /// The list holds an `insert` placeholder.
    Insert,
    /// The object's members are not known.
    Open,
    /// The text is evaluated where it is read, not where it stands (values of variables, texts that are read later).
    Lazy,
    /// The text is evaluated in another pipeline or entity.
    Foreign,
    /// The order depends on how a rollback or a loop goes.
    Order,
    /// Several nodes have that identifier.
    Ambiguous,
    /// The file has syntax errors, so names may be missing.
    Incomplete,
    /// A stage, group or step has no identifier that is written, and the engine makes one up.
    Unnamed,
}

impl UnknownReason {
    /// Every reason, in the order of the declaration.
    pub const ALL: [Self; 10] = [
        Self::Template,
        Self::Dynamic,
        Self::Insert,
        Self::Open,
        Self::Lazy,
        Self::Foreign,
        Self::Order,
        Self::Ambiguous,
        Self::Incomplete,
        Self::Unnamed,
    ];

    /// One word for statistics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Dynamic => "dynamic",
            Self::Insert => "insert",
            Self::Open => "open",
            Self::Lazy => "lazy",
            Self::Foreign => "foreign",
            Self::Order => "order",
            Self::Ambiguous => "ambiguous",
            Self::Incomplete => "incomplete",
            Self::Unnamed => "unnamed",
        }
    }
}

impl fmt::Display for UnknownReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
