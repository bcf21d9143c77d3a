//! Which stages, step groups and steps of a pipeline would run under given values and failures, and why
//! (`spec/plan.md`).
//!
//! A [`Plan`] follows the pipeline as the engine does: conditions decide what starts, failure strategies what follows a
//! failure, loops how often something runs. What is not given is unknown, and a verdict that rests on it is
//! [`Verdict::Unknown`] with the names that would decide it.

#![warn(clippy::disallowed_methods)]

mod board;
mod condition;
mod error;
pub mod expect;
mod failing;
mod given;
mod history;
mod layout;
mod outcome;
mod outcomes;
mod plan;
mod program;
mod refused;
mod selected;
mod status;
mod strategies;
mod walk;

pub use condition::{ConditionText, SeenCondition, SeenOperand};
pub use error::{About, PlanError, Refusal};
pub use given::{Failure, Generation, Given, Reading, under_trigger};
pub use history::History;
pub use outcome::{plan, plan_with_history};
pub use outcomes::{
    Chosen, Goal, MayBe, Outcome, Outcomes, Together, Tried, Until, outcomes, until,
};
pub use plan::{Fault, Kind, Plan, PlanNode, Verdict};
pub use status::Status;
pub use strategies::{
    ActionPlace, Fate, RollbackStarts, WrongStrategy, actions_of, fates, wrong_strategies,
};
pub use walk::can_roll_back;
