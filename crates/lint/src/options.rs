//! Which rules run.

use std::collections::BTreeSet;

use pipewright_source::{Diagnostic, closest};

use crate::{Rule, rule, rules};

/// Which rules run.
#[derive(Clone, Debug)]
pub struct Options {
    enabled: BTreeSet<&'static str>,
}

/// A name that is no rule's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{name}`{}", .closest.map(|rule| format!("; did you mean `{rule}`?")).unwrap_or_default())]
pub struct UnknownRule {
    /// The name as given.
    pub name: String,
    /// The rule that was probably meant.
    pub closest: Option<&'static str>,
}

impl Default for Options {
    /// The rules that are on by default.
    fn default() -> Self {
        Self {
            enabled: names_of(Rule::default_on),
        }
    }
}

impl Options {
    /// The rules named in `select`, or where that is empty the default ones (with `pedantic` all), without those named in `ignore`.
    /// A name that is no rule's is an error, with the closest one there is.
    pub fn new<S: AsRef<str>>(
        select: &[S],
        ignore: &[S],
        pedantic: bool,
    ) -> Result<Self, UnknownRule> {
        let mut enabled = if select.is_empty() {
            names_of(|rule| pedantic || rule.default_on())
        } else {
            BTreeSet::new()
        };
        for name in select {
            enabled.insert(known(name.as_ref())?.name);
        }
        for name in ignore {
            enabled.remove(known(name.as_ref())?.name);
        }
        Ok(Self { enabled })
    }

    /// Whether the rule called `name` runs.
    pub fn enables(&self, name: &str) -> bool {
        self.enabled.contains(name)
    }

    /// Whether a finding that was not made by [`crate::check`] belongs into the report.
    pub fn admits(&self, diagnostic: &Diagnostic) -> bool {
        self.enables(diagnostic.rule)
    }
}

fn names_of(wanted: impl Fn(&Rule) -> bool) -> BTreeSet<&'static str> {
    let wanted = rules().iter().filter(|rule| wanted(rule));
    wanted.map(|rule| rule.name).collect()
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
    fn nothing_chosen_is_the_default() {
        let options = Options::new::<&str>(&[], &[], false).unwrap();
        assert_eq!(options.enabled, Options::default().enabled);
    }

    #[test]
    fn unknown_names_are_refused_with_the_nearest() {
        let error = Options::new(&["yaml-sintax"], &[], false).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no rule `yaml-sintax`; did you mean `yaml-syntax`?"
        );
        let error = Options::new(&[], &["x"], false).unwrap_err();
        assert_eq!(error.to_string(), "there is no rule `x`");
    }
}
