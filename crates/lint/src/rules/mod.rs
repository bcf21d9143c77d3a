//! The rules, one file each. What a rule finds and why it matters stands on its page in `docs/`.

pub(crate) mod duplicate_identifier;
pub(crate) mod invalid_identifier;
pub(crate) mod missing_status;
pub(crate) mod nested_parallel;
pub(crate) mod templated_file;
pub(crate) mod unreadable_file;
pub(crate) mod yaml_duplicate_key;
pub(crate) mod yaml_syntax;
