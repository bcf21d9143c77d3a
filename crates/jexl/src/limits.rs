//! The bounds that keep hostile expressions harmless. Reaching one is an error of kind `limit`.

/// How deep expressions, lambda calls and template strings may run inside each other.
/// The parser refuses deeper nesting in one source (`pipewright_syntax::MAX_NESTING`); this bounds recursion at run time.
pub const MAX_DEPTH: usize = 256;

/// How many nodes one run may evaluate. A real predicate needs some dozens.
pub const MAX_STEPS: u64 = 2_000_000;

/// How many bytes one text or collection may take.
pub const MAX_RESULT_BYTES: usize = 8 * 1024 * 1024;

/// How many bytes all the values made in one run may take together, whether they are still in use or not.
pub const MAX_TOTAL_BYTES: usize = 128 * 1024 * 1024;

/// How often a regular expression may try again before it is given up.
pub const MAX_REGEX_BACKTRACKS: usize = 200_000;

/// How many bytes a compiled regular expression may take.
pub const MAX_REGEX_BYTES: usize = 4 * 1024 * 1024;

/// How long a regular expression may be, in UTF-16 units.
pub const MAX_REGEX_LENGTH: usize = 16 * 1024;

/// How deep lists, maps and sets may contain each other where their contents are compared, printed or hashed.
/// Java overflows its stack on values that contain themselves.
pub const MAX_VALUE_DEPTH: usize = 200;

/// How many digits a big number may have.
pub const MAX_NUMBER_DIGITS: usize = 20_000;
