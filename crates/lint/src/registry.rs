//! The one list of rules.

use crate::Rule;
use crate::rules as r;

/// By family, then name.
static RULES: &[Rule] = &[
    r::templated_file::RULE,
    r::unreadable_file::RULE,
    r::yaml_duplicate_key::RULE,
    r::yaml_syntax::RULE,
    r::empty_expression::RULE,
    r::expression_syntax::RULE,
    r::greater_than_closes_expression::RULE,
    r::reserved_word_in_path::RULE,
    r::unclosed_expression::RULE,
    r::later_stage_reference::RULE,
    r::later_step_reference::RULE,
    r::loop_outside_strategy::RULE,
    r::missing_loop_suffix::RULE,
    r::parallel_stage_reference::RULE,
    r::parallel_step_reference::RULE,
    r::rollback_reference::RULE,
    r::self_output_reference::RULE,
    r::step_group_outside_group::RULE,
    r::unknown_matrix_axis::RULE,
    r::unknown_member::RULE,
    r::unknown_output::RULE,
    r::unknown_root::RULE,
    r::unknown_setting::RULE,
    r::unknown_stage::RULE,
    r::unknown_step::RULE,
    r::unknown_variable::RULE,
    r::wrong_step_path::RULE,
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
