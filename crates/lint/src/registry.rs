//! The one list of rules.

use crate::Rule;
use crate::rules::unreadable_file;

static RULES: [Rule; 1] = [unreadable_file::RULE];

/// Every rule, by family, then name.
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule called `name`.
pub fn rule(name: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.name == name)
}
