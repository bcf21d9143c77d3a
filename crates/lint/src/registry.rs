//! The one list of rules.

use crate::Rule;
use crate::rules as r;

/// By family, then name.
static RULES: &[Rule] = &[
    r::templated_file::RULE,
    r::unreadable_file::RULE,
    r::yaml_duplicate_key::RULE,
    r::yaml_syntax::RULE,
    r::duplicate_identifier::RULE,
    r::invalid_identifier::RULE,
    r::missing_status::RULE,
    r::nested_parallel::RULE,
];

/// Every rule, by family, then name.
pub fn rules() -> &'static [Rule] {
    RULES
}

/// The rule called `name`.
pub fn rule(name: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.name == name)
}
