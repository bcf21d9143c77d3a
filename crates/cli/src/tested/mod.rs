//! Files of tests: found, run against their pipelines, and told.

mod find;
mod outcome;
mod report;
mod run;
mod update;

pub(crate) use find::find;
pub(crate) use outcome::{FileOutcome, Outcome};
pub(crate) use report::{Format, write};
pub(crate) use run::run_file;
pub(crate) use update::updated;
