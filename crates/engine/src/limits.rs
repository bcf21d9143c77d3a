//! The bounds of the engine. Those of Harness give its own errors; reaching one of ours is an error of kind `limit`.

/// How many indirections one evaluation may take, as in Harness: each text, and each island in it, costs one.
pub const MAX_DEPTH: u32 = 15;

/// How often an alias may lead to another, as in Harness.
pub const MAX_ALIAS_STEPS: usize = 10;

/// How deep objects may be nested when they are resolved, as in Harness.
pub const MAX_OBJECT_DEPTH: usize = 250;

/// How often a list or map may be resolved inside another while its texts are evaluated. In Java a value that contains
/// itself this way overflows the stack.
pub const MAX_COLLECTION_NESTING: u32 = 32;

/// How many units of work reading the programs of one question may cost, see [`SOURCE_WORK`]. Unless it shares a bound
/// with others it pays for them from its own work, too ([`pipewright_jexl::limits::MAX_WORK`]).
pub const MAX_PROGRAM_WORK: u64 = 128_000_000;

/// What a text with a `<+` costs that is cut up or looked at for islands, in units of work.
pub const TEXT_WORK: u64 = 96;

/// What each `<+` and each `>` behind it costs where a text is cut up into islands, in units of work.
pub const MARK_WORK: u64 = 48;

/// How many bytes of text are searched for islands for a unit of work.
pub const SEARCHED_BYTES: usize = 16;

/// What an element of a collection costs that is searched for texts with islands, in units of work.
pub const ELEMENT_WORK: usize = 8;

/// What one island costs besides its text, in units of work.
pub const ISLAND_WORK: u64 = 64;

/// What one run of a program costs besides its text, in units of work.
pub const PROGRAM_WORK: u64 = 64;

/// What each program costs besides that the question has not read before, in units of work.
pub const READING_WORK: u64 = 1024;

/// What each byte of a program costs that the question has not read before, in units of work.
pub const SOURCE_WORK: u64 = 20;

/// What each character of such a program costs besides that is no letter or digit, in units of work.
pub const SIGN_WORK: u64 = 320;

/// How many steps all the programs of one call may take together. One program alone may take fewer, see
/// [`pipewright_jexl::limits::MAX_STEPS`].
pub const MAX_STEPS: u64 = 4_000_000;

/// What a step of a program costs, in units of work.
pub const STEP_WORK: u64 = 8;

/// What a step of an expression of CEL costs, in units of work.
pub const CEL_STEP_WORK: u64 = 128;

/// How many bytes a rendered text may have, unless the text it is made of is a tenth of that already.
pub const MAX_RENDERED_BYTES: usize = 32 * 1024 * 1024;
