//! What `pipewright.toml` means: levels of rules, for all files or some, the profile of the engine, what there is
//! outside of the files, and which files there are.

mod file;
mod line;
mod mistake;
mod schema;

use std::collections::BTreeMap;
use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use pipewright_engine::Profile;
use pipewright_source::{Severity, TextRange};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{KnownNames, Level, Options, UnknownRule};
use file::{File, LevelName, ProfileName};

/// The name of the file.
pub const CONFIGURATION_FILE: &str = "pipewright.toml";

/// What a file `pipewright.toml` says.
#[derive(Debug)]
pub struct Configuration {
    profile: Option<Profile>,
    with: Vec<String>,
    paths: Vec<String>,
    names: Arc<KnownNames>,
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
            let usual = mistake::usual(text, range.start);
            usual.unwrap_or_else(|| ConfigurationError::new(range, error.message().trim()))
        };
        let table = DeTable::parse(text).map_err(|error| located(&error))?;
        schema::check(&table, &schemars::schema_for!(File).to_value())?;
        let file: File = toml::from_str(text).map_err(|error| located(&error))?;
        let tables = members(table.get_ref().get("overrides"));
        let mut overrides = Vec::new();
        for (of, table) in file.overrides.iter().zip(tables) {
            let paths = table
                .get_ref()
                .as_table()
                .and_then(|table| table.get("paths"));
            overrides.push((patterns(&of.paths, members(paths))?, levels(&of.rules)));
        }
        Ok(Self {
            profile: file.profile.map(|profile| match profile {
                ProfileName::Classic => Profile::Classic,
                ProfileName::Concat => Profile::Concat,
                ProfileName::V2 => Profile::V2,
            }),
            with: file.with,
            paths: file.paths,
            names: Arc::new(KnownNames {
                variables: file.names.variables,
                secrets: file.names.secrets,
                services: file.names.services,
                outputs: file.names.outputs,
            }),
            rules: levels(&file.rules),
            overrides,
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

    /// Files and directories to check where none are named, as paths that count from the file.
    pub fn paths(&self) -> &[String] {
        &self.paths
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
        options.set_names(Arc::clone(&self.names));
        if let Some(profile) = self.profile {
            options.set_profile(profile);
        }
        Ok(options)
    }
}

/// The members of a list.
fn members<'t>(list: Option<&'t Spanned<DeValue<'t>>>) -> &'t [Spanned<DeValue<'t>>] {
    let list = list.and_then(|list| list.get_ref().as_array());
    list.map_or(&[], |list| list)
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

fn patterns(
    paths: &[String],
    written: &[Spanned<DeValue<'_>>],
) -> Result<GlobSet, ConfigurationError> {
    let mut set = GlobSetBuilder::new();
    let place = |number: usize| written.get(number).map_or(0..0, Spanned::span);
    for (number, path) in paths.iter().enumerate() {
        let glob = Glob::new(path).map_err(|error| {
            let message = format!("`{path}` is no pattern: {}", error.kind());
            ConfigurationError::new(place(number), message)
        })?;
        set.add(glob);
    }
    set.build()
        .map_err(|error| ConfigurationError::new(place(0), error.kind().to_string()))
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
            (
                "[rules]\nunknown-step = \"of\"\n",
                "\"of\"",
                Some(
                    "`unknown-step` may be `off`, `info`, `warning` or `error`, not `of`; did you mean `off`?",
                ),
            ),
            (
                "rules = { ALL = false }\n",
                "false",
                Some("`ALL` must be `off`, `info`, `warning` or `error`, not `false`"),
            ),
            (
                "[[overrides]]\npath = []\n",
                "path",
                Some("there is no key `path`; did you mean `paths`?"),
            ),
            (
                "[[overrides]]\nrules = {}\n",
                "[[overrides]]",
                Some("the key `paths` is missing"),
            ),
            (
                "overrides = [{ paths = [\"a\", \"[\"], rules = {} }]\n",
                "\"[\"",
                Some("`[` is no pattern: unclosed character class; missing ']'"),
            ),
            (
                "overrides = { paths = [] }\n",
                "{",
                Some("`overrides` must be a list, not a table"),
            ),
            (
                "profile = \"v3\"\n",
                "\"v3\"",
                Some("`profile` may be `classic`, `concat` or `v2`, not `v3`; did you mean `v2`?"),
            ),
            (
                "with = \"templates\"\n",
                "\"templates\"",
                Some("`with` must be a list, not a text in quotes"),
            ),
            (
                "with = [1]\n",
                "1",
                Some("each of `with` must be a text in quotes, not a number"),
            ),
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
