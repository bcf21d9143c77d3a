//! The keys of `pipewright.toml`, once for reading and for the JSON schema.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::names;

/// How `pipewright check` looks at the files at and below the directory of this file.
#[derive(Deserialize, JsonSchema, Debug)]
#[serde(deny_unknown_fields)]
#[schemars(title = "pipewright.toml")]
pub(super) struct File {
    /// The flags of the engine that evaluates: `classic`, `concat` (the default) or `v2`.
    pub(super) profile: Option<ProfileName>,
    /// Files and directories that are not reported on, and that the checked files use; paths count from this file.
    #[serde(default)]
    pub(super) with: Vec<String>,
    /// Files and directories that `pipewright check` checks where it is given none, besides the directory one stands
    /// in: those that an ignore file leaves out, or that stand elsewhere. Paths count from this file.
    #[serde(default)]
    pub(super) paths: Vec<String>,
    /// What there is outside of the files.
    #[serde(default)]
    pub(super) names: Names,
    /// The level of rules, families of rules or `ALL`; the narrower name counts.
    #[serde(default)]
    #[schemars(schema_with = "levels")]
    pub(super) rules: BTreeMap<String, LevelName>,
    /// Other levels for some of the files; of several that fit the later one counts.
    #[serde(default)]
    pub(super) overrides: Vec<Override>,
}

/// Names of things outside of the files, with `account.` or `org.` in front of those that are not of the project. What
/// is listed of project, organisation or account is taken for all that there is.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    /// Variables: `region`, `org.region`, `account.region`.
    #[serde(default)]
    pub(super) variables: Vec<String>,
    /// Secrets.
    #[serde(default)]
    pub(super) secrets: Vec<String>,
    /// Services.
    #[serde(default)]
    pub(super) services: Vec<String>,
    /// Outputs that steps have besides those that are known, by the type of the step.
    #[serde(default)]
    pub(super) outputs: BTreeMap<String, Vec<String>>,
}

/// Levels for the files of some paths.
#[derive(Deserialize, JsonSchema, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Override {
    /// Patterns such as `legacy/**`; paths count from this file.
    pub(super) paths: Vec<String>,
    /// The level of rules, families of rules or `ALL` there.
    #[schemars(schema_with = "levels")]
    pub(super) rules: BTreeMap<String, LevelName>,
}

/// What is to become of the findings of a rule.
#[derive(Clone, Copy, Deserialize, JsonSchema, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum LevelName {
    /// None are reported.
    Off,
    /// They inform.
    Info,
    /// They warn.
    Warning,
    /// They are errors.
    Error,
}

/// The profiles of the engine.
#[derive(Clone, Copy, Deserialize, JsonSchema, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum ProfileName {
    /// No flags.
    Classic,
    /// String concatenation.
    Concat,
    /// String concatenation and scripts.
    V2,
}

fn levels(generator: &mut SchemaGenerator) -> Schema {
    let level = generator.subschema_for::<LevelName>();
    let names: Vec<&str> = names().collect();
    json_schema!({
        "type": "object",
        "propertyNames": { "enum": names },
        "additionalProperties": level
    })
}
