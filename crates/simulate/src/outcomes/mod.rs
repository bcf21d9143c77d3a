//! What may come of a pipeline: its distinct outcomes, and what makes something so.
//!
//! Values are tried that conditions compare with, and one that differs from all of them. So what is found is sure, and
//! what is not found was only not found.

mod all;
mod atoms;
mod choices;
mod faults;
mod sample;
mod together;
mod tries;
mod until;

use pipewright_jexl::Json;

pub use all::outcomes;
pub use together::{MayBe, Together};
pub use until::{Goal, Until, until};

use crate::{Failure, Plan};

/// The distinct outcomes of a pipeline, those without a further failure first.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Outcomes {
    /// Plans of which no two have the same verdicts and statuses.
    pub outcomes: Vec<Outcome>,
    /// The names that were given values, in the order in which plans rest on them.
    pub tried: Vec<Tried>,
    /// Whether everything was tried that there is to be tried.
    pub is_complete: bool,
    /// Where it stopped, and what else there is to say, a sentence each.
    pub notes: Vec<String>,
}

/// One thing that may come of a pipeline, and what leads there.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The values that lead there, beside what was given.
    pub values: Vec<Chosen>,
    /// What fails beside what was given.
    pub failure: Option<Failure>,
    /// What would run.
    pub plan: Plan,
    /// How many of the combinations that were tried lead to it.
    pub combinations: usize,
}

/// A value that was chosen for a name.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Chosen {
    /// The fully qualified name or root path.
    pub name: String,
    /// A text, or null.
    pub value: Json,
    /// Whether it stands for every value that no condition compares with.
    pub is_any_other: bool,
}

/// The values that were tried for a name.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Tried {
    /// The fully qualified name or root path.
    pub name: String,
    /// The values that conditions compare with.
    pub values: Vec<Json>,
    /// The value that stood for every other one.
    pub other: Option<Json>,
}
