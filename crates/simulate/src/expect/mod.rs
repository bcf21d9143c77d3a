//! Expectations: files of tests that say what a pipeline does under given values, and what differs.

mod case;
mod compare;
mod coverage;
mod read;
mod write;

pub use case::{Expect, ExpectedError, ExpectedValue, Named, Test, TestFile};
pub use compare::{Difference, differences};
pub use coverage::Coverage;
pub use read::{Mistake, read};
pub use write::{expectations_of, first_tests};
