//! The rules, one file each. What a rule finds and why it matters stands on its page in `docs/`.

pub(crate) mod duplicate_identifier;
pub(crate) mod empty_expression;
pub(crate) mod expression_syntax;
pub(crate) mod greater_than_closes_expression;
pub(crate) mod invalid_identifier;
pub(crate) mod later_stage_reference;
pub(crate) mod later_step_reference;
pub(crate) mod loop_outside_strategy;
pub(crate) mod missing_loop_suffix;
pub(crate) mod missing_status;
pub(crate) mod nested_parallel;
pub(crate) mod parallel_stage_reference;
pub(crate) mod parallel_step_reference;
pub(crate) mod reserved_word_in_path;
pub(crate) mod rollback_reference;
pub(crate) mod self_output_reference;
pub(crate) mod step_group_outside_group;
pub(crate) mod templated_file;
pub(crate) mod unclosed_expression;
pub(crate) mod unknown_matrix_axis;
pub(crate) mod unknown_stage;
pub(crate) mod unknown_step;
pub(crate) mod unreadable_file;
pub(crate) mod wrong_step_path;
pub(crate) mod yaml_duplicate_key;
pub(crate) mod yaml_syntax;
