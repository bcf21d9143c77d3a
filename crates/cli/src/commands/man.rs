//! `pipewright man`: the manual page of the program or of one command.

use clap::Args;
use pipewright_source::closest;

use crate::exit::Failure;
use crate::{Exit, Streams};

/// Print the manual page of pipewright or of one of its commands
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pipewright man | man -l -
  pipewright man check > pipewright-check.1")]
pub(crate) struct Man {
    /// The command; without it the page of the whole program
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(
        &self,
        mut program: clap::Command,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        program.build();
        let page = match &self.command {
            None => program,
            Some(name) => subcommand(&program, name)?,
        };
        clap_mangen::Man::new(page).render(&mut streams.output)?;
        Ok(Exit::Success)
    }
}

/// The command called `name`.
fn subcommand(program: &clap::Command, name: &str) -> Result<clap::Command, Failure> {
    if let Some(command) = program.find_subcommand(name) {
        return Ok(command.clone());
    }
    let names = program.get_subcommands().map(clap::Command::get_name);
    let hint =
        closest(name, names).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(Failure::Message(format!(
        "there is no command `{name}`{hint}"
    )))
}
