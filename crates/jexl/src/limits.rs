//! The bounds that keep hostile expressions harmless. Reaching one is an error of kind `limit`.

/// How deep expressions, lambda calls and template strings may run inside each other.
/// The parser refuses deeper nesting in one source (`pipewright_syntax::MAX_NESTING`); this bounds recursion at run
/// time.
pub const MAX_DEPTH: usize = 256;

/// How many nodes one run may evaluate. A real predicate needs some dozens.
pub const MAX_STEPS: u64 = 2_000_000;

/// How many bytes one text or collection may take.
pub const MAX_RESULT_BYTES: usize = 8 * 1024 * 1024;

/// How many bytes all the values made in one run may take together, whether they are still in use or not.
pub const MAX_TOTAL_BYTES: usize = 128 * 1024 * 1024;

/// How much the methods, operators and comparisons of one answer may read and write: a byte of text is one unit.
pub const MAX_WORK: u64 = 128_000_000;

/// Up to how many bytes of text are read for the step of the operation alone.
pub const FREE_BYTES: usize = 64;

/// What reading or copying an element of a collection costs, in units of [`MAX_WORK`].
pub const WORK_AN_ELEMENT: u64 = 8;

/// What putting an element into a table or looking it up there costs, in units of [`MAX_WORK`].
pub const WORK_A_HASH: u64 = 96;

/// What moving an element to make or close a gap costs, in units of [`MAX_WORK`].
pub const WORK_A_MOVE: u64 = 2;

/// What each product of two 64-bit words costs in a calculation with large numbers, in units of [`MAX_WORK`].
pub const WORK_A_WORD_PAIR: u64 = 1;

/// How many digits a format may write behind the point.
pub const MAX_PRECISION: usize = 20_000;

/// How many bytes a source may have.
pub const MAX_SOURCE_BYTES: usize = 1024 * 1024;

/// What a step of a regular expression that tries its ways one by one costs, in units of [`MAX_WORK`].
pub const WORK_A_REGEX_STEP: u64 = 8;

/// What a match of a regular expression costs besides what is read for it, in units of [`MAX_WORK`].
pub const WORK_A_MATCH: u64 = 64;

/// How many bytes a compiled regular expression may take.
pub const MAX_REGEX_BYTES: usize = 4 * 1024 * 1024;

/// How long a regular expression may be, in UTF-16 units.
pub const MAX_REGEX_LENGTH: usize = 16 * 1024;

/// How deep lists, maps and sets may contain each other where their contents are compared, printed or hashed.
/// Java overflows its stack on values that contain themselves.
pub const MAX_VALUE_DEPTH: usize = 200;

/// How many digits a big number may have.
pub const MAX_NUMBER_DIGITS: usize = 20_000;

/// How many bits a decimal digit takes at most.
pub(crate) const BITS_A_DIGIT: u64 = 4;
