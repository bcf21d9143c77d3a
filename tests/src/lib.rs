//! Helpers the test files of this member share.

pub mod conformance;
mod session;
mod transcript;

pub use session::{Answer, Session};
pub use transcript::Transcript;

pub mod lint;
