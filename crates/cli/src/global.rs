//! The arguments that every command takes.

use clap::Args;

use crate::Surroundings;
use crate::colour::{Choice, Palette};
use crate::layout::Layout;

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

    /// How to lay out what goes into a file.
    pub(crate) fn layout_of_file(&self, surroundings: &Surroundings) -> Layout {
        Layout {
            palette: Palette::new(self.color == Choice::Always),
            unicode: true,
            ..self.layout(surroundings)
        }
    }
}
