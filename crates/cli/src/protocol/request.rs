//! One line of the protocol, read.

use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// What a line asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Operation {
    /// The value of a plain JEXL expression or script.
    Jexl,
    /// The value of a Harness expression.
    Evaluate,
    /// A text with its islands replaced.
    Render,
    /// An object with its texts rendered.
    Resolve,
    /// The outermost islands of a text.
    Find,
    /// The innermost islands of a text.
    Findvars,
    /// Whether a text is one island and nothing else.
    Single,
}

/// One line.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Request {
    /// Comes back in the answer.
    #[serde(default)]
    pub(super) id: Option<Json>,
    pub(super) op: Operation,
    /// The expression or text.
    #[serde(default)]
    pub(super) expr: String,
    /// The object of `resolve`.
    #[serde(default)]
    pub(super) object: Json,
    /// Values by name, or `{"$ref": name}`.
    #[serde(default)]
    pub(super) context: Json,
    /// `null`, `original` or `throw`; for `jexl`: `expression` or `script`.
    #[serde(default)]
    pub(super) mode: Option<String>,
    /// Flags of Harness, separated by commas.
    #[serde(default)]
    pub(super) flags: Option<String>,
    #[serde(default)]
    pub(super) prefixes: Option<Vec<String>>,
    #[serde(default)]
    pub(super) aliases: Option<Map<String, Json>>,
    /// `cg` for the older `json` functor.
    #[serde(default)]
    pub(super) functors: Option<String>,
}

impl Request {
    /// Everything an engine is set up from, as a key.
    pub(super) fn settings(&self) -> String {
        format!(
            "{:?} {:?} {:?} {:?} {:?}",
            self.mode, self.flags, self.prefixes, self.aliases, self.functors
        )
    }
}
