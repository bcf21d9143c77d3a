//! What becomes of a name that only a run has.

/// What a name is that only a run has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Missing {
    /// Unknown, unless it is given.
    Unknown,
    /// Null, as an engine finds that has nothing else.
    Null,
}
