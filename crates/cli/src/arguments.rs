//! The arguments common to all commands.

use clap::{Args, Parser};

use crate::colour::Choice;
use crate::commands::Command;

/// Parses, evaluates and checks the expressions of Harness pipelines, without an account and before anything runs.
#[derive(Parser, Debug)]
#[command(
    name = "pipewright",
    version,
    propagate_version = true,
    max_term_width = 100
)]
#[command(after_help = "Examples:
  pipewright check                         every pipeline, template and input set below this directory
  pipewright check .harness/deploy.yaml    one file
  pipewright explain parallel-step-reference")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

/// What every command takes.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// When to colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help = "When to colour: auto, always, never"
    )]
    pub(crate) color: Choice,
}
