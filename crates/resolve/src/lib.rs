//! What the names in expressions mean: fully qualified names, scopes, the order between nodes, and what each reference
//! points at (`spec/model.md` §2, §3, §5).
//!
//! Everything here answers from the files alone. What only a run can tell is [`Outcome::Unknown`] with its reason or
//! [`Outcome::RunTime`], never a guess.

mod dag;
mod index;
mod judge;
mod listing;
mod looping;
mod names;
mod nearest;
mod order;
mod paths;
mod position;
mod reference;
mod resolution;
mod scope;
mod texts;
mod walk;

pub use listing::{Availability, Name, NameKind, list};
pub use names::{Names, relative};
pub use order::{Order, Relation};
pub use position::Position;
pub use reference::{
    Later, LaterCause, Level, List, LoopStep, Member, NotInside, Outcome, Parallel, Reference,
    ReferenceSource, Segment, SegmentKind, Target, Undefined, UnknownReason, WrongPath,
};
pub use resolution::{Resolution, analyse};
pub use texts::{Parsed, SiteText, Texts};
