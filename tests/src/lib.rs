//! Helpers the test files of this member share.

mod session;
mod transcript;

pub use session::{Answer, Session};
pub use transcript::Transcript;
