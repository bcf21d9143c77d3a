//! `pipewright completions`: what a shell needs to complete the arguments.

use clap::Args;
use clap_complete::Shell;

use crate::exit::Failure;
use crate::{Exit, Streams};

/// Print the completion script of a shell
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pipewright completions bash > ~/.local/share/bash-completion/completions/pipewright
  pipewright completions zsh > ~/.zfunc/_pipewright
  pipewright completions fish > ~/.config/fish/completions/pipewright.fish")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(
        &self,
        mut program: clap::Command,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program, "pipewright", &mut script);
        streams.output.write_all(&script)?;
        Ok(Exit::Success)
    }
}
