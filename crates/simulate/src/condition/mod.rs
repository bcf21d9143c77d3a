//! Whether a node runs: its predicate, and what it comes to at a moment of the run (`spec/plan.md` §5).

mod asked;
mod predicate;
mod values_seen;

pub(crate) use asked::{Answer, Asked, Conditions, Question};
pub(crate) use predicate::Predicates;
