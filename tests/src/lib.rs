//! Helpers the test files of this member share.

pub mod changes;
pub mod client;
pub mod conformance;
pub mod document;
pub mod files;
pub mod lint;
pub mod restyled;
mod session;
mod transcript;

pub use session::{Answer, Session};
pub use transcript::Transcript;
