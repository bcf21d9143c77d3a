//! What is said on the error stream beside the report.

use std::path::Path;

use pipewright_workspace::{Listed, PassedOver};

use crate::Streams;
use crate::batch::{Batch, CheckResult};
use crate::exit::Failure;
use crate::printable::printable;
use crate::report::Format;

/// What a run has to tell besides its findings.
pub(super) struct Told<'a> {
    pub(super) batch: &'a Batch,
    pub(super) outcome: &'a CheckResult,
    /// What was mended.
    pub(super) fixed: Option<String>,
    pub(super) passed_over: &'a [PassedOver],
    pub(super) listed: Listed,
    /// What was to be checked, as people named it.
    pub(super) paths: Vec<String>,
    /// Findings that are not shown.
    pub(super) hidden: usize,
    /// The format of the report that is printed.
    pub(super) printed: Option<Format>,
}

impl Told<'_> {
    /// Says what was passed over, what stays undecided and how many findings there are where the report does not.
    pub(super) fn notes(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let (outcome, errors) = (self.outcome, &mut streams.errors);
        for file in self.passed_over {
            let (name, reason) = (printable(&file.name), &file.reason);
            writeln!(errors, "note: `{name}` is passed over: {reason}")?;
        }
        let Listed { missing, foreign } = self.listed;
        for (count, what) in [(missing, "not there"), (foreign, "no YAML or JSON")] {
            match count {
                0 => {}
                1 => writeln!(errors, "note: 1 listed file is {what}")?,
                count => writeln!(errors, "note: {count} listed files are {what}")?,
            }
        }
        for (reason, names) in &outcome.passed_over {
            writeln!(errors, "note: {}", reason.sentence(names))?;
        }
        if let Some(undecided) = outcome.undecided.sentence() {
            writeln!(errors, "note: {undecided}")?;
        }
        if let Some(fixed) = &self.fixed {
            writeln!(errors, "note: {fixed}")?;
        }
        match self.hidden {
            0 => {}
            1 => writeln!(errors, "note: 1 more finding is not shown")?,
            hidden => writeln!(errors, "note: {hidden} more findings are not shown")?,
        }
        Ok(())
    }

    /// Says what could not be read or checked.
    pub(super) fn errors(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let errors = &mut streams.errors;
        for (name, error) in self.batch.unreadable_names() {
            writeln!(errors, "error: cannot read `{}`: {error}", printable(name))?;
        }
        for (name, error) in &self.outcome.internal_errors {
            match name {
                Some(name) => {
                    writeln!(errors, "error: cannot check `{}`: {error}", printable(name))?;
                }
                None => writeln!(errors, "error: cannot check the files together: {error}")?,
            }
        }
        Ok(())
    }

    /// Says how many findings there are, where the report does not, or that there was nothing to check.
    pub(super) fn summary(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let (outcome, errors) = (self.outcome, &mut streams.errors);
        let is_silent =
            outcome.passed_over.is_empty() && self.batch.unreadable_names().next().is_none();
        if outcome.summary.files == 0 && outcome.diagnostics.is_empty() && is_silent {
            let kinds = "Harness pipelines, templates or input sets";
            match self.paths.join(", ").as_str() {
                "" => writeln!(errors, "note: there are no {kinds} among the listed files")?,
                paths => writeln!(errors, "note: there are no {kinds} in {paths}")?,
            }
        } else if self.printed.is_none_or(Format::has_summary_beside) && outcome.summary.files > 0 {
            writeln!(errors, "{}", outcome.summary.sentence())?;
            let further = [outcome.summary.fixable(), outcome.summary.left_out()];
            for line in further.into_iter().flatten() {
                writeln!(errors, "{line}")?;
            }
        }
        Ok(())
    }
}

/// A path as it is quoted in a sentence.
pub(super) fn quoted(path: &Path) -> String {
    format!("`{}`", printable(&path.to_string_lossy()))
}
