//! Helpers the test files of this member share.
