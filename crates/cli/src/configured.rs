//! The configurations of the files that are looked at, as the command line has them.

use std::path::PathBuf;

use clap::Args;
use pipewright_source::SourceFile;
use pipewright_workspace::{
    ConfigurationProblem, Configurations, ProblemReason, Revision, Workspace,
};

use crate::exit::Failure;
use crate::printable::printable;

/// Which configuration holds.
#[derive(Args, Debug)]
pub(crate) struct Configured {
    /// Take the configuration from this file; without it each file has the nearest pipewright.toml above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Take no configuration
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

impl Configured {
    fn which(&self) -> pipewright_workspace::Configured {
        match &self.config {
            _ if self.no_config => pipewright_workspace::Configured::Not,
            Some(given) => pipewright_workspace::Configured::Given(given.clone()),
            None => pipewright_workspace::Configured::Nearest,
        }
    }

    /// What is to be checked besides the directory one stands in, by the configuration that holds there.
    ///
    /// # Errors
    /// When it cannot be read, or says what cannot be understood.
    pub(crate) fn further_paths(
        &self,
        workspace: &mut Workspace<'_>,
    ) -> Result<Vec<PathBuf>, Failure> {
        let paths = self.which().further_paths(workspace);
        paths.map_err(|problem| failure(&problem, workspace))
    }

    /// Reads the configurations for the files of these names.
    ///
    /// # Errors
    /// When one cannot be read, or says what cannot be understood.
    pub(crate) fn read<'n>(
        &self,
        names: impl Iterator<Item = &'n str>,
        workspace: &mut Workspace<'_>,
    ) -> Result<Configurations, Failure> {
        taken(
            Configurations::read(&self.which(), names, workspace),
            workspace,
        )
    }

    /// The configurations for the files of a revision: those that the revision has itself, unless the command line
    /// says otherwise.
    ///
    /// # Errors
    /// When one cannot be read, or says what cannot be understood.
    pub(crate) fn of_revision(
        &self,
        revision: &Revision,
        workspace: &mut Workspace<'_>,
    ) -> Result<Configurations, Failure> {
        let found = match self.which() {
            pipewright_workspace::Configured::Nearest => revision.configurations(workspace),
            which => {
                let names = revision.files.iter().map(|(name, _)| name.as_str());
                Configurations::read(&which, names, workspace)
            }
        };
        taken(found, workspace)
    }
}

fn taken(
    (found, problems): (Configurations, Vec<ConfigurationProblem>),
    workspace: &Workspace<'_>,
) -> Result<Configurations, Failure> {
    match problems.first() {
        Some(problem) => Err(failure(problem, workspace)),
        None => Ok(found),
    }
}

/// The answer to a configuration that cannot be taken.
fn failure(problem: &ConfigurationProblem, workspace: &Workspace<'_>) -> Failure {
    let here = workspace.place(".");
    let path = problem.path.strip_prefix(here);
    let name = path.unwrap_or(&problem.path).to_string_lossy();
    // The directory itself is no file, and is named as it was given.
    let name = if name.is_empty() { "." } else { &*name };
    let name = printable(name);
    match &problem.reason {
        ProblemReason::Unreadable(error) => {
            Failure::Message(format!("cannot read `{name}`: {error}"))
        }
        ProblemReason::Wrong { text, error } => {
            let file = SourceFile::new("", text.as_str());
            let at = file.line_index().scalar(text, error.range.start());
            Failure::Message(format!("{name}:{}:{}: {error}", at.line, at.column))
        }
    }
}
