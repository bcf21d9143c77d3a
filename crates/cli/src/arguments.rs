//! The arguments common to all commands.

use clap::{Args, Parser};

use crate::Surroundings;
use crate::colour::{Choice, Palette};
use crate::commands::Command;
use crate::layout::Layout;

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

/// What every command takes.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// When to colour
    #[arg(
        long,
        global = true,
        display_order = 900,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help = "When to colour: auto, always, never"
    )]
    pub(crate) color: Choice,
}

impl Global {
    /// How to lay out the output under these arguments.
    pub(crate) fn layout(&self, surroundings: &Surroundings) -> Layout {
        let is_coloured = self
            .color
            .decide(surroundings.output_is_terminal, surroundings);
        Layout {
            palette: Palette::new(is_coloured),
            columns: surroundings.columns(),
            unicode: surroundings.shows_unicode(),
        }
    }
}
