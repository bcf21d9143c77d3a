//! Whether to colour, and the few colours there are.

use owo_colors::Style;
use pipewright_source::Severity;

use crate::Surroundings;

/// The values of `--color`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub(crate) enum Choice {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`; `CLICOLOR_FORCE` colours a pipe too
    #[default]
    Auto,
    /// Even into a file or pipe
    Always,
    /// Not at all
    Never,
}

impl Choice {
    /// Whether to colour a stream that is or is not a terminal.
    pub(crate) fn decide(self, is_terminal: bool, surroundings: &Surroundings) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if surroundings.variable("NO_COLOR").is_some() => false,
            Self::Auto
                if surroundings
                    .variable("CLICOLOR_FORCE")
                    .is_some_and(|v| v != "0") =>
            {
                true
            }
            Self::Auto => is_terminal && surroundings.variable("TERM") != Some("dumb"),
        }
    }
}

/// The styles of one stream: all of them plain where the stream takes no colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    coloured: bool,
}

impl Palette {
    /// Colours, or none.
    pub(crate) const fn new(coloured: bool) -> Self {
        Self { coloured }
    }

    /// Whether there are colours at all.
    pub(crate) const fn is_coloured(self) -> bool {
        self.coloured
    }

    /// Headings and names.
    pub(crate) fn strong(self) -> Style {
        self.style(Style::bold)
    }

    /// Code inside prose.
    pub(crate) fn code(self) -> Style {
        self.style(Style::cyan)
    }

    /// The word of a severity.
    pub(crate) fn severity(self, severity: Severity) -> Style {
        self.style(|style| match severity {
            Severity::Error => style.red().bold(),
            Severity::Warning => style.yellow().bold(),
            Severity::Info => style.blue().bold(),
        })
    }

    fn style(self, apply: impl FnOnce(Style) -> Style) -> Style {
        if self.coloured {
            apply(Style::new())
        } else {
            Style::new()
        }
    }
}
