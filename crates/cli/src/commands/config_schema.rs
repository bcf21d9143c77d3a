//! `pipewright config-schema`: the JSON schema of the configuration.

use clap::Args;
use pipewright_lint::Configuration;

use crate::exit::Failure;
use crate::{Exit, Streams};

/// Print the JSON schema of pipewright.toml
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pipewright config-schema > pipewright.schema.json")]
pub(crate) struct ConfigSchema {}

impl ConfigSchema {
    /// Prints it.
    pub(crate) fn run(streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        writeln!(streams.output, "{}", Configuration::schema())?;
        Ok(Exit::Success)
    }
}
