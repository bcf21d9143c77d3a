//! What a person sees of an answer, which decides what else there is to say.

use pipewright_engine::UnknownIsland;
use pipewright_jexl::value::Unknown;

use crate::answer::Answer;

/// What is on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shown<'a> {
    /// A value.
    Value,
    /// Null, which the names may explain.
    Null,
    /// That only a run can tell.
    Unknown(&'a Unknown),
    /// A text in which these parts stand as they are written because only a run can tell; the reasons are told.
    Partly(&'a [UnknownIsland]),
}

impl<'a> Shown<'a> {
    /// What a person sees of an answer.
    pub(crate) fn of(answer: &'a Answer) -> Self {
        match answer {
            Answer::Value(shown) if shown.value.is_null() => Self::Null,
            Answer::Value(_) | Answer::Fault(_) => Self::Value,
            Answer::Unknown(unknown) => Self::Unknown(unknown),
        }
    }
}
