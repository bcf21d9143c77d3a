//! How much of a hostile file is read.
//!
//! Real pipelines stay far below all of these: in 1,100 published files the deepest nesting is below 40 and the largest
//! file has some ten thousand nodes.

/// The deepest nesting of collections, aliases followed. A node inside more collections is not read, and an alias that
/// would lead deeper is broken, so that recursion over a [`Tree`](crate::Tree) needs no guard of its own: 128 frames
/// fit the 2 MiB stack of a worker thread many times.
pub const MAX_DEPTH: u32 = 128;

/// The most nodes of one file: published pipelines have one in 15 bytes, so that the largest file that is read fits.
/// What follows is not read.
pub const MAX_NODES: usize = 1_500_000;

/// The most nodes that all aliases of a file may add to a walk that follows them. An alias that would pass the budget
/// becomes [`NodeKind::BrokenAlias`](crate::NodeKind::BrokenAlias).
pub const MAX_ALIAS_NODES: u64 = 100_000;

/// The most lines blanked to get past syntax errors.
pub const MAX_RECOVERIES: usize = 8;

/// The most comments in a row.
pub(crate) const MAX_COMMENT_RUN: usize = 1_000_000;
