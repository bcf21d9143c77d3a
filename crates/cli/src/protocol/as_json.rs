//! Answers that are told elsewhere, too.

use pipewright_jexl::Json;
use serde::Serialize;

/// What is told elsewhere by itself, as a member of an answer.
pub(super) fn as_json(told: &impl Serialize) -> Option<Json> {
    // The answer as a whole is made printable.
    Json::read(&serde_json::to_string(told).ok()?).ok()
}
