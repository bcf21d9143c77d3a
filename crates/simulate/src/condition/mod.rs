//! Whether a node runs: its predicate, and what it comes to at a moment of the run (`spec/plan.md` §5).

mod asked;
mod operands;
mod predicate;
mod text;
mod values_seen;

pub use asked::SeenCondition;
pub(crate) use asked::{Answer, Asked, Conditions, Question};
pub use operands::SeenOperand;
pub(crate) use predicate::Predicates;
pub use text::ConditionText;
