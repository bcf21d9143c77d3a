//! How many references could be decided.

use std::ops::AddAssign;

use crate::{Outcome, Resolution, UnknownReason};

/// References by what became of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// References that lead to a node or variable, or to a root that only a run knows.
    pub resolved: usize,
    /// References that cannot work.
    pub wrong: usize,
    unknown: [usize; UnknownReason::ALL.len()],
}

impl Counts {
    /// Undecided references for each reason, in the order of [`UnknownReason::ALL`].
    pub fn unknown(&self) -> impl Iterator<Item = (UnknownReason, usize)> {
        UnknownReason::ALL.into_iter().zip(self.unknown)
    }

    /// All references.
    pub fn total(&self) -> usize {
        self.resolved + self.wrong + self.unknown.iter().sum::<usize>()
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.resolved += other.resolved;
        self.wrong += other.wrong;
        for (count, more) in self.unknown.iter_mut().zip(other.unknown) {
            *count += more;
        }
    }
}

impl Resolution {
    /// How many references were decided.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for reference in &self.references {
            match &reference.outcome {
                Outcome::Unknown(reason) => counts.unknown[*reason as usize] += 1,
                outcome if outcome.is_wrong() => counts.wrong += 1,
                _ => counts.resolved += 1,
            }
        }
        counts
    }
}
