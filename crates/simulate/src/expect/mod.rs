//! Expectations: files of tests that say what a pipeline does under given values, what differs, and what they have
//! seen.

mod beside;
mod case;
mod compare;
mod coverage;
mod init;
mod keys;
mod outcome;
mod read;
mod reader;
mod run;
mod schema;
mod would_hold;
mod write;

pub use beside::beside;
pub use case::{BrokenTest, Expect, ExpectedError, ExpectedValue, Mistake, Named, Test, TestFile};
pub use compare::{Difference, differences};
pub use coverage::{ConditionCoverage, Coverage, Seen, SeenBoth};
pub use init::first_tests;
pub use outcome::{FileOutcome, TestAnswer, TestOutcome, coverage_of};
pub use read::read;
pub use run::{Surroundings, TestCase, run, test_cases};
pub use schema::schema;

/// What the names of files of tests end in.
pub const ENDINGS: [&str; 2] = [".test.yaml", ".test.yml"];

/// Whether a file is one of tests, by its name.
pub fn is_of_tests(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}
