//! The command line as a whole.

use clap::Parser;

use crate::commands::Command;
use crate::global::Global;

/// Parses, evaluates and checks the expressions of Harness pipelines, without an account and before anything runs.
#[derive(Parser, Debug)]
#[command(
    name = "pipewright",
    version,
    propagate_version = true,
    max_term_width = 100
)]
#[command(after_help = "Examples:
  pipewright check                         every Harness file below this directory
  pipewright check .harness/deploy.yaml    one file
  pipewright explain parallel-step-reference")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}
