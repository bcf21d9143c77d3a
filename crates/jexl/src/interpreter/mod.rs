//! Runs compiled programs.

/// A function of the script.
#[derive(Debug)]
pub struct Lambda {}
