//! Texts with islands: where each `<+ … >` begins and ends (`spec/engine.md` §1).

use pipewright_source::TextRange;

use crate::IslandId;

/// A text and the islands in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Template {
    /// Every island of the text, nested ones included; an island stands before the islands inside it.
    pub islands: Vec<Island>,
    /// An island that never closes, from its `<+` to the end of the text: the engine looks at nothing after it.
    /// Islands found inside it are not in `islands`.
    pub unclosed: Option<TextRange>,
}

/// One `<+ … >`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Island {
    /// With its delimiters.
    pub range: TextRange,
    /// Between the delimiters, untrimmed.
    pub inner: TextRange,
    /// The island around this one.
    pub parent: Option<IslandId>,
    /// Whether a `\>` stands in it, so that the program the engine runs is shorter than `inner`.
    pub escaped: bool,
}
