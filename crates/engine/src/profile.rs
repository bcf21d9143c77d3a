//! The switches of the engine: flags, the profiles that bundle them, and what becomes of unresolved expressions.

use std::str::FromStr;

/// Flags of the Harness engine (`spec/engine.md` §2.7).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub struct Flags {
    /// `PIE_EXPRESSION_CONCATENATION`: string values next to text are text, so that `pre-<+a>` is no subtraction.
    pub concatenation: bool,
    /// `PIE_EXECUTION_JSON_SUPPORT`: expressions are scripts, with `var`, `if`, `for` and `;`.
    pub scripts: bool,
    /// `PIE_EXPRESSION_DISABLE_COMPLEX_JSON_SUPPORT`: lists and maps are rendered as Java texts and not as JSON.
    pub java_collections: bool,
}

impl Flags {
    /// The names of flags that mean something here.
    pub const NAMES: [&'static str; 3] = [
        "PIE_EXPRESSION_CONCATENATION",
        "PIE_EXECUTION_JSON_SUPPORT",
        "PIE_EXPRESSION_DISABLE_COMPLEX_JSON_SUPPORT",
    ];

    /// The flags whose names stand in `list`. As in Harness, a name anywhere in the text switches its flag on.
    pub fn from_names(list: &str) -> Self {
        let [concatenation, scripts, java_collections] =
            Self::NAMES.map(|name| list.contains(name));
        Self {
            concatenation,
            scripts,
            java_collections,
        }
    }
}

/// A set of flags with a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Profile {
    /// No flags: an account of 2023 without feature flags.
    Classic,
    /// String concatenation: what the documentation describes today.
    #[default]
    Concat,
    /// String concatenation and scripts: the setting "expression engine v2".
    V2,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Classic, Self::Concat, Self::V2];

    /// Its name: `classic`, `concat` or `v2`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Concat => "concat",
            Self::V2 => "v2",
        }
    }

    /// Its flags.
    pub const fn flags(self) -> Flags {
        Flags {
            concatenation: !matches!(self, Self::Classic),
            scripts: matches!(self, Self::V2),
            java_collections: false,
        }
    }
}

/// What becomes of an expression without value (`spec/engine.md` §2.4).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Mode {
    /// It is null, and in a rendered text the word `null`. The default of a pipeline run.
    #[default]
    Null,
    /// It stays as it is written. The mode of services, environments and infrastructures.
    Original,
    /// Rendering fails and names it. Evaluating gives null as in [`Mode::Null`].
    Throw,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Null, Self::Original, Self::Throw];

    /// Its name: `null`, `original` or `throw`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Original => "original",
            Self::Throw => "throw",
        }
    }
}

/// How a call treats what it meets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) flags: Flags,
    pub(crate) mode: Mode,
}

/// A name that no profile or mode has.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is not one of {1}")]
pub struct UnknownName(String, &'static str);

impl FromStr for Profile {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|profile| profile.name() == name);
        found.ok_or_else(|| UnknownName(name.to_owned(), "classic, concat, v2"))
    }
}

impl FromStr for Mode {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|mode| mode.name() == name);
        found.ok_or_else(|| UnknownName(name.to_owned(), "null, original, throw"))
    }
}
