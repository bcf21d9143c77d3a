//! What `pipewright.toml` means: levels of rules, for all files or some, and the profile of the engine.

mod file;

use std::collections::BTreeMap;

use globset::{Glob, GlobSet, GlobSetBuilder};
use pipewright_engine::Profile;
use pipewright_source::{Severity, TextRange, closest};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{Level, Options, UnknownRule, names};
use file::{File, LevelName, ProfileName};

/// The name of the file.
pub const CONFIGURATION_FILE: &str = "pipewright.toml";

/// What a file `pipewright.toml` says.
#[derive(Debug)]
pub struct Configuration {
    profile: Option<Profile>,
    with: Vec<String>,
    rules: Vec<(String, Level)>,
    overrides: Vec<(GlobSet, Vec<(String, Level)>)>,
}

/// Why a text is no configuration.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct ConfigurationError {
    /// The bytes that are wrong.
    pub range: TextRange,
    /// What is wrong, with what was probably meant.
    pub message: String,
}

impl ConfigurationError {
    fn new(range: std::ops::Range<usize>, message: impl Into<String>) -> Self {
        Self {
            range: TextRange::of(range.start, range.end),
            message: message.into(),
        }
    }
}

impl Configuration {
    /// Reads the text of a file.
    pub fn read(text: &str) -> Result<Self, ConfigurationError> {
        let located = |error: &toml::de::Error| {
            let range = error.span().unwrap_or(0..0);
            ConfigurationError::new(range, error.message().trim())
        };
        let table = DeTable::parse(text).map_err(|error| located(&error))?;
        let schema = schemars::schema_for!(File).to_value();
        check_keys(table.get_ref(), &keys(&schema, "/properties"))?;
        let overrides = table.get_ref().get("overrides");
        let overrides = overrides.and_then(|value| value.get_ref().as_array());
        for table in overrides.into_iter().flatten() {
            if let Some(table) = table.get_ref().as_table() {
                check_keys(table, &keys(&schema, "/$defs/Override/properties"))?;
            }
        }
        let file: File = toml::from_str(text).map_err(|error| located(&error))?;
        let mut read = Vec::new();
        for (number, of) in file.overrides.iter().enumerate() {
            let span = overrides.and_then(|list| Some(list.get(number)?.span()));
            let patterns = patterns(&of.paths);
            let patterns = patterns
                .map_err(|message| ConfigurationError::new(span.unwrap_or(0..0), message))?;
            read.push((patterns, levels(&of.rules)));
        }
        Ok(Self {
            profile: file.profile.map(|profile| match profile {
                ProfileName::Classic => Profile::Classic,
                ProfileName::Concat => Profile::Concat,
                ProfileName::V2 => Profile::V2,
            }),
            with: file.with,
            rules: levels(&file.rules),
            overrides: read,
        })
    }

    /// The JSON schema of the file.
    pub fn schema() -> String {
        let schema = schemars::schema_for!(File).to_value();
        format!("{schema:#}")
    }

    /// The flags of the engine, where the file tells them.
    pub const fn profile(&self) -> Option<Profile> {
        self.profile
    }

    /// Files and directories at hand, as paths that count from the file.
    pub fn with(&self) -> &[String] {
        &self.with
    }

    /// The levels for a file whose path counts from the configuration, under what the command line chooses (see
    /// [`Options::new`]): that decides what runs, and where it chooses nothing this configuration does.
    pub fn options<S: AsRef<str>>(
        &self,
        path: &str,
        select: &[S],
        ignore: &[S],
        pedantic: bool,
    ) -> Result<Options, UnknownRule> {
        let mut options = Options::new(select, ignore, pedantic)?;
        let ignored = ignore.iter().map(AsRef::as_ref);
        let ignored: Vec<(String, Level)> =
            ignored.map(|name| (name.to_owned(), Level::Off)).collect();
        let of_path = self
            .overrides
            .iter()
            .filter(|(paths, _)| paths.is_match(path));
        let mut levels = BTreeMap::new();
        for list in std::iter::once(&self.rules).chain(of_path.map(|(_, list)| list)) {
            levels.extend(Options::levels_of(list)?);
        }
        if select.is_empty() {
            levels.extend(Options::levels_of(&ignored)?);
        } else {
            levels.retain(|rule, level| options.enables(rule) && *level != Level::Off);
        }
        options.set_levels(levels);
        if let Some(profile) = self.profile {
            options.set_profile(profile);
        }
        Ok(options)
    }
}

/// The names of the members of an object in the schema.
fn keys<'s>(schema: &'s serde_json::Value, pointer: &str) -> Vec<&'s str> {
    let properties = schema.pointer(pointer).and_then(|value| value.as_object());
    properties
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect()
}

/// Looks for keys that there are not, and in `rules` for names that choose nothing.
fn check_keys(table: &DeTable<'_>, known: &[&str]) -> Result<(), ConfigurationError> {
    for (key, value) in table {
        let name: &str = key.get_ref();
        if !known.contains(&name) {
            return Err(unknown(key.span(), "key", name, known.iter().copied()));
        }
        if name == "rules" {
            check_rules(value)?;
        }
    }
    Ok(())
}

fn check_rules(rules: &Spanned<DeValue<'_>>) -> Result<(), ConfigurationError> {
    for (key, _) in rules.get_ref().as_table().into_iter().flatten() {
        let name: &str = key.get_ref();
        if !names().any(|known| known == name) {
            return Err(unknown(key.span(), "rule or family", name, names()));
        }
    }
    Ok(())
}

fn unknown<'n>(
    range: std::ops::Range<usize>,
    noun: &str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> ConfigurationError {
    let near = closest(name, known);
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    ConfigurationError::new(range, format!("there is no {noun} `{name}`{near}"))
}

fn levels(rules: &BTreeMap<String, LevelName>) -> Vec<(String, Level)> {
    let level = |level| match level {
        LevelName::Off => Level::Off,
        LevelName::Info => Level::On(Severity::Info),
        LevelName::Warning => Level::On(Severity::Warning),
        LevelName::Error => Level::On(Severity::Error),
    };
    let rules = rules.iter();
    rules.map(|(name, of)| (name.clone(), level(*of))).collect()
}

fn patterns(paths: &[String]) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for path in paths {
        let glob =
            Glob::new(path).map_err(|error| format!("`{path}` is no pattern: {}", error.kind()))?;
        set.add(glob);
    }
    set.build().map_err(|error| error.kind().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
profile = \"v2\"
with = [\"templates\"]

[rules]
ALL = \"warning\"
security = \"off\"
unknown-step = \"error\"

[[overrides]]
paths = [\"legacy/**\"]
rules = { unknown-step = \"off\", secret-in-log = \"info\" }
";

    fn level(path: &str, rule: &str, select: &[&str], ignore: &[&str]) -> Level {
        let configuration = Configuration::read(TEXT).unwrap();
        let options = configuration.options(path, select, ignore, false).unwrap();
        assert_eq!(options.profile(), Profile::V2);
        options.level(rule)
    }

    #[test]
    fn the_narrower_name_and_the_later_override_count() {
        let (error, warning) = (Level::On(Severity::Error), Level::On(Severity::Warning));
        let cases = [
            ("a.yaml", "unknown-step", error),
            ("a.yaml", "unknown-stage", warning),
            ("a.yaml", "secret-in-log", Level::Off),
            ("legacy/x/a.yaml", "unknown-step", Level::Off),
            (
                "legacy/x/a.yaml",
                "secret-in-log",
                Level::On(Severity::Info),
            ),
        ];
        for (path, rule, expected) in cases {
            assert_eq!(level(path, rule, &[], &[]), expected, "{path} {rule}");
        }
    }

    #[test]
    fn the_command_line_decides_what_runs() {
        assert_eq!(
            level("a.yaml", "unknown-step", &[], &["references"]),
            Level::Off
        );
        assert_eq!(
            level("a.yaml", "unknown-step", &["unknown-stage"], &[]),
            Level::Off
        );
        let warning = Level::On(Severity::Warning);
        assert_eq!(
            level("a.yaml", "unknown-stage", &["unknown-stage"], &[]),
            warning
        );
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        let cases = [
            ("a = \n", "", None),
            (
                "[rulse]\n",
                "rulse",
                Some("there is no key `rulse`; did you mean `rules`?"),
            ),
            (
                "[rules]\nunknown-stepp = \"off\"\n",
                "unknown-stepp",
                Some("there is no rule or family `unknown-stepp`; did you mean `unknown-step`?"),
            ),
            ("[rules]\nunknown-step = \"of\"\n", "\"of\"", None),
            (
                "[[overrides]]\npath = []\n",
                "path",
                Some("there is no key `path`; did you mean `paths`?"),
            ),
            ("profile = \"v3\"\n", "\"v3\"", None),
        ];
        for (text, place, message) in cases {
            let error = Configuration::read(text).unwrap_err();
            assert!(
                error.range.slice(text).starts_with(place),
                "{text}: {error:?}"
            );
            assert!(
                message.is_none_or(|message| error.message == message),
                "{error:?}"
            );
        }
    }
}
