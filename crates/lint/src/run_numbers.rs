//! The fields that a run fills in with numbers.

/// What a loop counts.
const COUNTS: [&str; 3] = ["iteration", "iterations", "totalIterations"];

/// Times and counts of nodes.
const FIELDS: [&str; 4] = ["sequenceId", "startTs", "endTs", "retryCount"];

/// Whether it is what a loop counts.
pub(crate) fn is_count(name: &str) -> bool {
    COUNTS.contains(&name)
}

/// Whether it is a time or a count of a node.
pub(crate) fn is_field(name: &str) -> bool {
    FIELDS.contains(&name)
}
