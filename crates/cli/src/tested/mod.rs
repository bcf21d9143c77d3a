//! Files of tests: found, run against their pipelines, and told.

mod coverage;
mod find;
mod on_disk;
mod report;
mod update;
mod watch;

pub(crate) use coverage::{is_covered, tell_coverage};
pub(crate) use find::find;
pub(crate) use on_disk::OnDisk;
pub(crate) use report::{Format, write};
pub(crate) use update::updated;
pub(crate) use watch::{Source, Watch};
