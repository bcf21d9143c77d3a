//! The languages of expressions.

/// What an island is written in (`spec/v1.md` §9).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Language {
    /// `<+ … >`: JEXL, in every file.
    #[default]
    Jexl,
    /// `${{ … }}`: CEL, only in files of the new experience (v1).
    Cel,
}

/// Which languages the expressions of a text are in: the file it stands in says so.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Languages {
    /// JEXL alone: `${{ … }}` is plain text.
    #[default]
    Jexl,
    /// JEXL and CEL, side by side and in each other.
    JexlAndCel,
}
