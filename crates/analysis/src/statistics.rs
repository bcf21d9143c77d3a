//! What one run saw and decided: the figures behind `--stats`.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use pipewright_resolve::{Reference, Verdict};
use pipewright_yaml::{ScalarStyle, Tree};

/// Figures of one file, or with `+=` of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statistics {
    /// Harness files analysed.
    pub files: u64,
    /// Scalars of all their documents.
    pub scalars: u64,
    /// Scalars whose offset map was lost, by style. The goal is none.
    pub offset_fallbacks: BTreeMap<ScalarStyle, u64>,
    /// Islands, nested ones included.
    pub islands: u64,
    /// References to nodes of the pipeline, by what became of them.
    pub references: ReferenceCounts,
    /// Uses of templates.
    pub templates: TemplateCounts,
}

/// References by outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReferenceCounts {
    /// Point at something that exists when they are read.
    pub resolved: u64,
    /// Cannot work.
    pub wrong: u64,
    /// Name what only a run knows (`trigger.…`, `secrets.…`), so that there is nothing to decide.
    pub run_time: u64,
    /// Not decided, by reason: the words of [`pipewright_resolve::UnknownReason`].
    pub unknown: BTreeMap<&'static str, u64>,
}

/// Uses of templates, by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateCounts {
    /// The template is at hand: its content stands where it is used.
    pub written_out: u64,
    /// It is not known what the template holds, by reason: the words of [`pipewright_resolve::Opaque`].
    pub opaque: BTreeMap<&'static str, u64>,
}

impl AddAssign<&Self> for Statistics {
    fn add_assign(&mut self, other: &Self) {
        self.files += other.files;
        self.scalars += other.scalars;
        add_counts(&mut self.offset_fallbacks, &other.offset_fallbacks);
        self.islands += other.islands;
        self.references.resolved += other.references.resolved;
        self.references.wrong += other.references.wrong;
        self.references.run_time += other.references.run_time;
        add_counts(&mut self.references.unknown, &other.references.unknown);
        self.templates.written_out += other.templates.written_out;
        add_counts(&mut self.templates.opaque, &other.templates.opaque);
    }
}

fn add_counts<K: Ord + Copy>(sum: &mut BTreeMap<K, u64>, other: &BTreeMap<K, u64>) {
    for (key, count) in other {
        *sum.entry(*key).or_default() += count;
    }
}

/// Counts references by outcome.
pub fn count<'r>(references: impl Iterator<Item = &'r Reference>) -> ReferenceCounts {
    let mut counts = ReferenceCounts::default();
    for reference in references {
        match &reference.verdict {
            Verdict::RunTime => counts.run_time += 1,
            Verdict::Resolved(_) | Verdict::Everywhere => counts.resolved += 1,
            Verdict::Unknown(reason) => *counts.unknown.entry(reason.as_str()).or_default() += 1,
            _ => counts.wrong += 1,
        }
    }
    counts
}

impl Statistics {
    /// Counts the scalars of a file.
    pub(crate) fn of_tree(tree: &Tree) -> Self {
        let mut statistics = Self {
            files: 1,
            ..Self::default()
        };
        for (_, scalar) in tree.scalars() {
            statistics.scalars += 1;
            if scalar.map.is_whole() {
                *statistics.offset_fallbacks.entry(scalar.style).or_default() += 1;
            }
        }
        statistics
    }
}
