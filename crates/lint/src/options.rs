//! Which rules run, how bad their findings are, and how the engine is set.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pipewright_engine::Profile;
use pipewright_source::{Diagnostic, FileId, Severity, closest};

use crate::checks::Checks;
use crate::{Family, KnownNames, Rule, precedence, rule, rules};

/// The level of every rule: whether it runs, and how bad its findings are; and what files are written for: the profile
/// of the engine that evaluates, and names outside of the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// Each rule that is on.
    levels: BTreeMap<&'static str, On>,
    /// The checks of the rules that have to run.
    checks: Arc<Checks>,
    surroundings: Surroundings,
    /// The surroundings of files that have others.
    of_files: BTreeMap<FileId, Surroundings>,
    /// The rules that are off because others were chosen, and nobody ignores.
    unchosen: BTreeSet<&'static str>,
}

/// What a file is written for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Surroundings {
    /// The flags of the engine that evaluates.
    profile: Profile,
    /// What there is outside of the files.
    names: Arc<KnownNames>,
}

/// How the findings of a rule are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct On {
    /// How bad they are; those that are milder than the others of the rule, at most.
    severity: Severity,
    /// How bad those are that are worse than the others of the rule, at most.
    worst: Severity,
    /// Whether those that only inform are reported, too, where the rule's others do more.
    with_info: bool,
}

/// What is to become of the findings of a rule.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Level {
    /// None are reported.
    Off,
    /// They are reported, as bad as that.
    On(Severity),
}

/// The word that chooses every rule.
pub const ALL: &str = "ALL";

/// A name that is no rule's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{name}`{}", .closest.map(|rule| format!("; did you mean `{rule}`?")).unwrap_or_default())]
pub struct UnknownRule {
    /// The name as given.
    pub name: String,
    /// The rule, or where they can be chosen the family, that was probably meant.
    pub closest: Option<&'static str>,
}

/// What one name chooses, from the widest to the narrowest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    All,
    Family(Family),
    Rule(&'static str),
}

impl Choice {
    /// What a name chooses. A family may also be called by its heading.
    fn by(name: &str) -> Result<Self, UnknownRule> {
        let is_called = |family: &Family| {
            family.name() == name || family.as_str().replace(' ', "-") == name.replace(' ', "-")
        };
        if name == ALL {
            Ok(Self::All)
        } else if let Some(family) = Family::ALL.into_iter().find(is_called) {
            Ok(Self::Family(family))
        } else if let Some(rule) = rule(name) {
            Ok(Self::Rule(rule.name))
        } else {
            Err(UnknownRule {
                name: name.to_owned(),
                closest: closest(name, names()),
            })
        }
    }

    fn has(self, rule: &Rule) -> bool {
        match self {
            Self::All => true,
            Self::Family(family) => rule.family == family,
            Self::Rule(name) => rule.name == name,
        }
    }

    /// How narrow it is.
    const fn rank(self) -> u8 {
        match self {
            Self::All => 1,
            Self::Family(_) => 2,
            Self::Rule(_) => 3,
        }
    }
}

/// Every name that chooses rules: those of rules, of families, and the word for all.
pub fn names() -> impl Iterator<Item = &'static str> {
    let rules = rules().iter().map(|rule| rule.name);
    let families = Family::ALL.into_iter().map(Family::name);
    rules.chain(families).chain([ALL])
}

fn choices<S: AsRef<str>>(names: &[S]) -> Result<Vec<Choice>, UnknownRule> {
    names.iter().map(|name| Choice::by(name.as_ref())).collect()
}

/// How narrow the narrowest of the choices is that has a rule; 0 where none has.
fn rank(choices: &[Choice], rule: &Rule) -> u8 {
    let having = choices.iter().filter(|choice| choice.has(rule));
    having.map(|choice| choice.rank()).max().unwrap_or(0)
}

/// The checks follow from the levels.
impl PartialEq for Options {
    fn eq(&self, other: &Self) -> bool {
        self.levels == other.levels
            && self.surroundings == other.surroundings
            && self.of_files == other.of_files
            && self.unchosen == other.unchosen
    }
}

impl Eq for Options {}

impl Default for Options {
    /// The rules that are on by default.
    fn default() -> Self {
        Self::of(Rule::finds_by_default, false)
    }
}

impl Options {
    /// The rules that `select` chooses, or where that is empty the default ones (with `pedantic` all), without those
    /// that `ignore` chooses, each at its own severity. Both hold names of rules, of families (see [`Family::name`])
    /// and [`ALL`]; of what both choose the narrower choice counts, and of two alike `ignore`. Another name is an
    /// error, with the closest one there is.
    pub fn new<S: AsRef<str>>(
        select: &[S],
        ignore: &[S],
        pedantic: bool,
    ) -> Result<Self, UnknownRule> {
        let (select, ignore) = (choices(select)?, choices(ignore)?);
        let is_on = |rule: &Rule| {
            let by_default = select.is_empty() && (pedantic || rule.finds_by_default());
            let (selected, ignored) = (rank(&select, rule), rank(&ignore, rule));
            (by_default && ignored == 0) || selected > ignored
        };
        let mut options = Self::of(is_on, pedantic);
        if !select.is_empty() {
            options
                .levels
                .values_mut()
                .for_each(|on| on.with_info = true);
            let is_left_out = |rule: &&Rule| !is_on(rule) && rank(&ignore, rule) == 0;
            let left_out = rules().iter().filter(is_left_out);
            options.unchosen = left_out.map(|rule| rule.name).collect();
        }
        Ok(options)
    }

    fn of(is_on: impl Fn(&Rule) -> bool, with_info: bool) -> Self {
        let level = |rule: &Rule| On {
            severity: rule.severity,
            worst: rule.worst,
            with_info: with_info || rule.worst == Severity::Info,
        };
        let on = rules().iter().filter(|rule| is_on(rule));
        let levels = on.map(|rule| (rule.name, level(rule))).collect();
        Self {
            checks: checks(&levels),
            levels,
            surroundings: Surroundings::default(),
            of_files: BTreeMap::new(),
            unchosen: BTreeSet::new(),
        }
    }

    /// The flags of the engine that evaluates.
    pub fn profile(&self) -> Profile {
        self.surroundings.profile
    }

    /// Sets the flags of the engine that evaluates.
    pub fn set_profile(&mut self, profile: Profile) {
        self.surroundings.profile = profile;
    }

    /// Says what there is outside of the files.
    pub fn set_names(&mut self, names: Arc<KnownNames>) {
        self.surroundings.names = names;
    }

    /// The flags of the engine that evaluates what stands in a file.
    pub(crate) fn profile_of(&self, file: FileId) -> Profile {
        self.surroundings_of(file).profile
    }

    /// What there is outside of a file.
    pub(crate) fn names_of(&self, file: FileId) -> &KnownNames {
        &self.surroundings_of(file).names
    }

    fn surroundings_of(&self, file: FileId) -> &Surroundings {
        self.of_files.get(&file).unwrap_or(&self.surroundings)
    }

    /// Gives the rule called `name` another level. Findings that are milder than the others of their rule stay so. A
    /// name that is no rule's is an error.
    pub fn set_level(&mut self, name: &str, level: Level) -> Result<(), UnknownRule> {
        self.set_levels([(known(name)?.name, level)]);
        Ok(())
    }

    /// The levels that names of rules, families or [`ALL`] come to; of several that have a rule the narrower counts.
    pub(crate) fn levels_of(
        named: &[(String, Level)],
    ) -> Result<BTreeMap<&'static str, Level>, UnknownRule> {
        let mut levels = BTreeMap::new();
        let mut choices = Vec::new();
        for (name, level) in named {
            choices.push((Choice::by(name)?, *level));
        }
        choices.sort_by_key(|(choice, _)| choice.rank());
        for (choice, level) in choices {
            let chosen = rules().iter().filter(|rule| choice.has(rule));
            levels.extend(chosen.map(|rule| (rule.name, level)));
        }
        Ok(levels)
    }

    /// Gives rules other levels.
    pub(crate) fn set_levels(&mut self, levels: impl IntoIterator<Item = (&'static str, Level)>) {
        for (name, level) in levels {
            self.unchosen.remove(name);
            match level {
                Level::Off => self.levels.remove(name),
                Level::On(severity) => self.levels.insert(name, On::all(severity)),
            };
        }
        self.checks = checks(&self.levels);
    }

    /// What runs where these hold for some files: every rule that is on in one of them, at its own severity, and in
    /// each file its profile and names. Then [`Options::admit`] of the options of a file tells what is reported there.
    pub fn of_files(all: &BTreeMap<FileId, Self>) -> Self {
        let is_on = |rule: &Rule| all.values().any(|one| one.enables(rule.name));
        let mut options = Self::of(is_on, true);
        let surroundings = all
            .iter()
            .map(|(file, one)| (*file, one.surroundings.clone()));
        options.of_files = surroundings.collect();
        if let Some(first) = all.values().next() {
            let unchosen = first.unchosen.iter().copied();
            options.unchosen = unchosen.filter(|name| !options.enables(name)).collect();
        }
        options
    }

    /// The level of the rule called `name`; off for a name that is no rule's.
    pub fn level(&self, name: &str) -> Level {
        self.levels
            .get(name)
            .map_or(Level::Off, |on| Level::On(on.severity))
    }

    /// Whether findings of the rule called `name` are reported.
    pub fn enables(&self, name: &str) -> bool {
        self.levels.contains_key(name)
    }

    /// Whether the rule called `name` is off because others were chosen, and nobody ignores it.
    pub(crate) fn is_unchosen(&self, name: &str) -> bool {
        self.unchosen.contains(name)
    }

    /// The checks of the rules that have to run.
    pub(crate) fn checks(&self) -> &Checks {
        &self.checks
    }

    /// The finding as it is reported, as bad as the level of its rule says, or milder where it is milder than others of
    /// the rule; `None` if that rule is off, or if it only informs and such findings are not asked for.
    pub fn admit(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        let on = self.levels.get(diagnostic.rule)?;
        let usual = rule(diagnostic.rule)?.severity;
        if diagnostic.severity == Severity::Info && !on.with_info {
            return None;
        }
        diagnostic.severity = match diagnostic.severity.cmp(&usual) {
            Ordering::Less => on.severity.min(diagnostic.severity),
            Ordering::Equal => on.severity,
            Ordering::Greater => on.worst,
        };
        Some(diagnostic)
    }
}

impl On {
    /// All findings, none worse than that.
    const fn all(severity: Severity) -> Self {
        Self {
            severity,
            worst: severity,
            with_info: true,
        }
    }
}

/// The checks of the rules that have to run where these are on: theirs, and those of rules that silence the echo of a
/// general one.
fn checks(levels: &BTreeMap<&'static str, On>) -> Arc<Checks> {
    Arc::new(Checks::of(rules().iter().filter(|rule| runs(levels, rule))))
}

fn runs(levels: &BTreeMap<&'static str, On>, rule: &Rule) -> bool {
    let is_on = |name: &str| levels.contains_key(name);
    is_on(rule.name) || precedence::generals_of(rule).any(is_on)
}

fn known(name: &str) -> Result<&'static Rule, UnknownRule> {
    rule(name).ok_or_else(|| UnknownRule {
        name: name.to_owned(),
        closest: closest(name, rules().iter().map(|rule| rule.name)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enabled(select: &[&str], ignore: &[&str], pedantic: bool) -> Vec<&'static str> {
        let options = Options::new(select, ignore, pedantic).unwrap();
        let rules = rules().iter().map(|rule| rule.name);
        rules.filter(|name| options.enables(name)).collect()
    }

    #[test]
    fn info_rules_run_when_asked_for() {
        assert!(!enabled(&[], &[], false).contains(&"templated-file"));
        assert!(enabled(&[], &[], true).contains(&"templated-file"));
        assert_eq!(enabled(&["templated-file"], &[], false), ["templated-file"]);
    }

    #[test]
    fn what_is_ignored_does_not_run() {
        assert!(!enabled(&[], &["yaml-syntax"], true).contains(&"yaml-syntax"));
        assert!(enabled(&["yaml-syntax"], &["yaml-syntax"], false).is_empty());
    }

    #[test]
    fn families_and_all_choose_rules_and_the_narrower_choice_counts() {
        let security = enabled(&["security"], &[], false);
        assert!(security.contains(&"script-injection") && !security.contains(&"yaml-syntax"));
        assert_eq!(
            security,
            enabled(
                &["ALL"],
                &[
                    "syntax",
                    "references",
                    "conditions",
                    "inputs",
                    "structure",
                    "hygiene"
                ],
                false
            )
        );
        assert_eq!(enabled(&["ALL"], &[], false).len(), rules().len());
        assert_eq!(
            enabled(&["yaml-syntax"], &["syntax"], false),
            ["yaml-syntax"]
        );
        assert!(!enabled(&["syntax"], &["yaml-syntax"], false).contains(&"yaml-syntax"));
        assert!(enabled(&["security"], &["security"], false).is_empty());
        assert!(enabled(&[], &["ALL"], true).is_empty());
        assert_eq!(
            enabled(&["runtime inputs"], &[], false),
            enabled(&["inputs"], &[], false)
        );
    }

    #[test]
    fn nothing_chosen_is_the_default() {
        let options = Options::new::<&str>(&[], &[], false).unwrap();
        assert_eq!(options, Options::default());
    }

    #[test]
    fn a_level_says_how_bad_findings_are() {
        let name = "yaml-syntax";
        let mut options = Options::default();
        assert_eq!(options.level(name), Level::On(Severity::Error));
        options.set_level(name, Level::On(Severity::Info)).unwrap();
        assert_eq!(options.level(name), Level::On(Severity::Info));
        options.set_level(name, Level::Off).unwrap();
        assert_eq!(options.level(name), Level::Off);
        assert!(options.set_level("yaml-sintax", Level::Off).is_err());
    }

    #[test]
    fn a_rule_that_is_off_runs_only_for_the_general_one() {
        let runs = |ignore: &[&str], name| {
            let options = Options::new(&[], ignore, true).unwrap();
            super::runs(&options.levels, rule(name).unwrap())
        };
        assert!(!runs(
            &["unclosed-expression", "expression-syntax"],
            "unclosed-expression"
        ));
        assert!(runs(&["unclosed-expression"], "unclosed-expression"));
        assert!(!runs(&["yaml-syntax"], "yaml-syntax"));
    }

    #[test]
    fn unknown_names_are_refused_with_the_nearest() {
        let error = Options::new(&["yaml-sintax"], &[], false).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no rule `yaml-sintax`; did you mean `yaml-syntax`?"
        );
        let error = Options::new(&["secuirty"], &[], false).unwrap_err();
        assert_eq!(error.closest, Some("security"));
        let error = Options::new(&[], &["x"], false).unwrap_err();
        assert_eq!(error.to_string(), "there is no rule `x`");
    }
}
