//! The fields that every node has.

use pipewright_model::catalogue::{Availability, RUN_TIME_FIELDS};

use crate::Member;

/// Fields that tell how a node fares.
const STATUSES: [&str; 3] = ["status", "currentStatus", "liveStatus"];
/// Settings of nodes, as the YAML names them (`data/step-types.json`, `commonNodeFields`).
const SETTINGS: [&str; 16] = [
    "name",
    "identifier",
    "type",
    "description",
    "tags",
    "timeout",
    "when",
    "failureStrategies",
    "delegateSelectors",
    "skipCondition",
    "specConfig",
    "enforce",
    "variables",
    "strategy",
    "properties",
    "flowControl",
];

/// What of a node a field of that name is; `None` for names that only some nodes have.
pub(crate) fn field(name: &str) -> Option<Member> {
    if SETTINGS.contains(&name) {
        return Some(Member::Setting);
    }
    if STATUSES.contains(&name) {
        return Some(Member::Status);
    }
    let mut of_every_node = RUN_TIME_FIELDS.iter().filter(|field| {
        let is_published = matches!(field.when, Availability::Enforced | Availability::Skipped);
        !field.is_setting && !is_published
    });
    let first_name = |path: &'static str| path.split('.').next();
    of_every_node
        .any(|field| first_name(field.path) == Some(name))
        .then_some(Member::RunTime)
}

/// Whether every node has a field of that name.
pub(crate) fn is_field(name: &str) -> bool {
    field(name).is_some()
}
