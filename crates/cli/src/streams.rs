//! What a run reads from and writes to, and what it knows about the terminal.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The environment variables that change what is printed.
const VARIABLES: [&str; 8] = [
    "CLICOLOR_FORCE",
    "COLUMNS",
    "FORCE_COLOR",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "NO_COLOR",
    "TERM",
];

/// Columns of an output that is no terminal.
const DEFAULT_WIDTH: usize = 120;

/// Nobody reads help in wider lines.
const HELP_WIDTH: usize = 100;

/// Standard input, output and error of a run, with what surrounds it.
pub struct Streams<'a> {
    /// Read where a path is `-`; a language server reads it on a thread of its own.
    pub input: &'a mut (dyn BufRead + Send),
    /// Takes the answer.
    pub output: &'a mut dyn Write,
    /// Takes notes, errors and the summary of formats that a program reads.
    pub errors: &'a mut dyn Write,
    /// What the run knows about the world.
    pub surroundings: Surroundings,
}

impl fmt::Debug for Streams<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streams")
            .field("surroundings", &self.surroundings)
            .finish_non_exhaustive()
    }
}

impl Streams<'_> {
    /// Sends off what was written so far. That nobody reads it any more is no error.
    pub(crate) fn flush_output(&mut self) -> io::Result<()> {
        match self.output.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}

/// What a run knows about the world besides its arguments.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Relative paths start here; an empty path stands for the directory of the process.
    pub directory: PathBuf,
    /// Whether a person looks at the output.
    pub output_is_terminal: bool,
    /// Whether a person looks at the error stream.
    pub errors_are_terminal: bool,
    /// Columns of the terminal, where there is one.
    pub width: Option<usize>,
    /// The environment variables that change what is printed, such as `NO_COLOR`.
    pub variables: BTreeMap<String, String>,
    /// Ends a command that would go on for ever, once it is set.
    pub interrupted: Arc<AtomicBool>,
}

impl Surroundings {
    /// What this process knows.
    pub fn of_this_process() -> Self {
        let output_is_terminal = io::stdout().is_terminal();
        let errors_are_terminal = io::stderr().is_terminal();
        let is_interactive = output_is_terminal || errors_are_terminal;
        let width = is_interactive
            .then(terminal_size::terminal_size)
            .flatten()
            .map(|(width, _)| usize::from(width.0));
        let variables = VARIABLES
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?)))
            .collect();
        Self {
            directory: PathBuf::new(),
            output_is_terminal,
            errors_are_terminal,
            width,
            variables,
            interrupted: Arc::default(),
        }
    }

    /// The columns to lay text out for, at least 40: those that `COLUMNS` asks for, or the terminal has.
    pub(crate) fn columns(&self) -> usize {
        let asked = self.variable("COLUMNS").and_then(|text| text.parse().ok());
        let columns = asked.filter(|columns| *columns > 0).or(self.width);
        columns.unwrap_or(DEFAULT_WIDTH).clamp(40, 10_000)
    }

    /// The columns for prose, which nobody reads at 200.
    pub(crate) fn help_width(&self) -> usize {
        self.columns().min(HELP_WIDTH)
    }

    /// The value of a variable that is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Whether characters beyond ASCII can be shown: always in a file or pipe, which holds UTF-8 anyway,
    /// and on a terminal whose locale says so. Windows terminals of today can.
    pub(crate) fn shows_unicode(&self) -> bool {
        if !self.output_is_terminal || cfg!(windows) {
            return true;
        }
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .find_map(|name| self.variable(name))
            .unwrap_or("");
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    }
}
