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
    /// The level of rules, families of rules or `ALL`; the narrower name counts.
    #[serde(default)]
    #[schemars(schema_with = "levels")]
    pub(super) rules: BTreeMap<String, LevelName>,
    /// Other levels for some of the files; of several that fit the later one counts.
    #[serde(default)]
    pub(super) overrides: Vec<Override>,
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
