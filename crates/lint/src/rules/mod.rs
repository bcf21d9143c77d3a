//! The rules, one file each. What a rule finds and why it matters stands on its page in `docs/`.
//!
//! A rule's line in the list below is the only place that names its file. `cargo fmt` does not look behind the macro:
//! format a rule by `rustfmt --edition 2024` on its file, as `.ci/run` checks.

use crate::Rule;

/// Takes up the files of the rules and lists what they declare, in the order given.
macro_rules! rules {
    ($($file:ident)*) => {
        $(pub(crate) mod $file;)*

        static RULES: &[Rule] = &[$($file::RULE),*];
    };
}

// By family, then name.
rules! {
    curly_quote
    empty_expression
    expression_syntax
    first_generation_expression
    greater_than_closes_expression
    hyphen_in_path
    jexl_keyword_name
    malformed_delimiter
    newer_jexl_syntax
    reserved_word_in_path
    script_in_expression
    templated_file
    unclosed_expression
    unreadable_file
    yaml_duplicate_key
    yaml_syntax

    ambiguous_identifier
    codebase_outside_ci
    conditional_output_reference
    deprecated_expression
    environment_in_own_stage_condition
    items_not_a_list
    invalid_loop_count
    invalid_secret_reference
    later_stage_reference
    later_step_reference
    loop_outside_strategy
    missing_loop_suffix
    number_in_path
    outcome_outside_stage
    output_before_execution
    parallel_stage_reference
    parallel_step_reference
    reference_cycle
    rollback_reference
    self_output_reference
    step_group_outside_group
    unknown_functor_method
    unknown_matrix_axis
    unknown_member
    unknown_method
    unknown_output
    unknown_root
    unknown_setting
    unknown_stage
    unknown_step
    unknown_variable
    unlisted_name
    wrong_arguments
    wrong_step_path

    assignment_in_condition
    bitwise_operator
    comparison_inside_expression
    constant_condition
    impossible_value
    invalid_regex
    leaf_current_status
    missing_status
    null_operand
    number_in_quotes
    numeric_string_addition
    own_stage_status
    quoted_expression
    runtime_input_in_condition
    string_order_comparison
    truthy_string_condition
    whole_string_match

    execution_input_not_allowed
    input_set_mismatch
    invalid_default
    invalid_runtime_input

    duplicate_identifier
    execution_without_steps
    ineffective_failure_action
    invalid_failure_strategy
    invalid_identifier
    nested_container_group
    nested_parallel
    never_after_failure
    overridden_condition
    single_item_parallel
    unknown_barrier
    unknown_spec_key
    unknown_step_type
    unreachable_rollback
    v1_structure

    expression_injection
    quoted_secret
    script_injection
    secret_in_comparison
    secret_in_log
    secret_method
    secret_variable_value

    expression_in_comment
    malformed_suppression
    shell_variable_in_expression
    unused_output_variable
    unused_suppression
    unused_variable
}

/// The rules about the file and its YAML, which need no tree of it.
pub(crate) const OF_FILES: [&str; 4] = [
    "templated-file",
    "unreadable-file",
    "yaml-duplicate-key",
    "yaml-syntax",
];

/// Every rule, by family, then name.
pub fn rules() -> &'static [Rule] {
    RULES
}

/// The rule called `name`.
pub fn rule(name: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.name == name)
}
