//! Helpers the test files of this member share.

pub mod client;
pub mod conformance;
pub mod files;
pub mod lint;
mod session;
mod transcript;

pub use session::{Answer, Session};
pub use transcript::Transcript;
