//! Whether to colour, and the few colours there are.

use owo_colors::Style;
use pipewright_source::Severity;

use crate::Surroundings;

/// The variables that colour even a pipe, unless they are 0.
const FORCING: [&str; 2] = ["CLICOLOR_FORCE", "FORCE_COLOR"];

/// The values of `--color`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub(crate) enum Choice {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`; `CLICOLOR_FORCE` and `FORCE_COLOR` colour a pipe
    /// too
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
        let is_on = |name| {
            surroundings
                .variable(name)
                .is_some_and(|value| value != "0")
        };
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if surroundings.variable("NO_COLOR").is_some() => false,
            Self::Auto if FORCING.iter().any(|name| is_on(name)) => true,
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

    /// Line numbers and what is drawn beside them.
    pub(crate) fn gutter(self) -> Style {
        self.style(Style::dimmed)
    }

    /// Further places that explain a finding.
    pub(crate) fn related(self) -> Style {
        self.style(|style| style.blue().bold())
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
