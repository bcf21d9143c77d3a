//! What the names in expressions mean: fully qualified names, scopes, the order between nodes, and what each reference
//! points at (`spec/model.md` §2, §3, §5).
//!
//! Everything here answers from the files alone. What only a run can tell is [`Outcome::Unknown`] with its reason or
//! [`Outcome::RunTime`], never a guess.

mod dag;
mod names;
mod order;
mod reference;

pub use names::{Names, relative};
pub use order::{Order, Relation};
pub use reference::{
    Later, LaterCause, Level, List, LoopStep, Member, NotInside, Outcome, Parallel, Reference,
    ReferenceSource, Segment, SegmentKind, Target, Undefined, UnknownReason, WrongPath,
};
