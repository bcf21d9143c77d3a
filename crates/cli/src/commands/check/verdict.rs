//! When findings make the command fail, and how many are shown.

use clap::Args;
use pipewright_source::{Diagnostic, Severity};

/// What the findings come to.
#[derive(Args, Debug)]
pub(super) struct Verdict {
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOn,

    /// Exit with 0 whatever is found; with 2 where the command itself fails
    #[arg(long)]
    exit_zero: bool,

    /// Show no more findings than that; all of them count
    #[arg(long, value_name = "N", value_parser = whole_number, allow_negative_numbers = true)]
    max_findings: Option<usize>,
}

fn whole_number(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| "expected a whole number".to_owned())
}

/// The values of `--fail-on`.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// `None` for no severity at all.
    const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

impl Verdict {
    /// Whether the command fails because of these findings.
    pub(super) fn fails(&self, found: &[Diagnostic]) -> bool {
        let severity = self.fail_on.severity().filter(|_| !self.exit_zero);
        severity.is_some_and(|least| found.iter().any(|found| found.severity >= least))
    }

    /// The findings that are shown, and how many are not.
    pub(super) fn shown<'d>(&self, found: &'d [Diagnostic]) -> (&'d [Diagnostic], usize) {
        let most = self.max_findings.unwrap_or(usize::MAX).min(found.len());
        (&found[..most], found.len() - most)
    }
}
