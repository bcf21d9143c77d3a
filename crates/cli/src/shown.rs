//! What a person sees of an answer, which decides what else there is to say.

use pipewright_jexl::value::Unknown;

/// What is on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shown<'a> {
    /// A value.
    Value,
    /// Null, which the names may explain.
    Null,
    /// That only a run can tell.
    Unknown(&'a Unknown),
    /// A text in which a part is null, or stands as it is written because only a run can tell; the reasons for the latter are told.
    Partly,
}
