//! The fields that every node has.

use pipewright_model::NodeKind;
use pipewright_model::catalogue::{self, Availability, RUN_TIME_FIELDS, is_outcome};

use crate::Member;
use crate::run_tree::root_name;

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

/// Whether a run itself knows something of that name about each node of a kind, besides what is published there
/// (`data/roots.json`: `stage`, `stepGroup`, `step`).
pub fn is_fact_of_run(kind: NodeKind, name: &str) -> bool {
    let is_published = is_outcome(name) || matches!(name, "output" | "outcome");
    let listed = catalogue::root(root_name(kind)).into_iter();
    let mut members = listed.flat_map(|root| root.members());
    !is_published && members.any(|member| member.path.split(['.', '[']).next() == Some(name))
}
