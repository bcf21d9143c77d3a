//! The commands: one file each, one line each in the table.

mod completions;
mod man;

use clap::Subcommand;

use crate::arguments::Global;
use crate::exit::Failure;
use crate::{Exit, Streams};

/// The table of commands, in the order of `--help`. A variant's documentation is its line there.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    /// Runs the command.
    pub(crate) fn run(&self, _global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Completions(command) => command.run(streams),
            Self::Man(command) => command.run(streams),
        }
    }
}
