//! The `pipewright` command: arguments, commands, reports, colours and exit codes.
//!
//! This is the only crate that knows clap, miette and the terminal. [`run`] is the whole program; it takes its
//! arguments and its [`Streams`] from the caller, so that a test can run it without a process of its own.
//!
//! ```
//! use pipewright_cli::{Exit, Streams, Surroundings, run};
//!
//! let (mut output, mut errors) = (Vec::new(), Vec::new());
//! let mut streams = Streams {
//!     input: &mut std::io::empty(),
//!     output: &mut output,
//!     errors: &mut errors,
//!     surroundings: Surroundings::default(),
//! };
//! assert_eq!(run(["pipewright", "eval", "<+1 + 1>"], &mut streams), Exit::Success);
//! assert_eq!(output, b"2\n");
//! ```

mod advice;
mod answer;
mod arguments;
mod at_hand;
mod batch;
mod caret;
mod catch_panic;
mod colour;
mod commands;
mod compared;
mod condition;
mod configured;
mod counted;
mod evaluation;
mod exit;
mod falsehood;
mod files;
#[doc(hidden)]
pub mod fuzzing;
mod given;
mod global;
mod graph;
mod layout;
mod lines;
mod markdown;
mod missing;
mod missing_templates;
mod named_values;
mod names;
mod notes;
mod nothing_to_check;
mod one_file;
mod outlets;
mod place;
mod planned;
mod position;
mod printable;
mod progress;
mod protocol;
mod report;
mod rewritten;
mod rule_names;
mod rule_page;
mod shown;
mod statistics;
mod story;
mod streams;
mod table;
mod tested;
mod usage;
mod values;
mod xml;

use std::ffi::OsString;
use std::io;

use clap::{CommandFactory as _, FromArgMatches as _};

pub use exit::Exit;
pub use protocol::Protocol;
pub use streams::{Streams, Surroundings};

use arguments::Arguments;
use exit::Failure;
use outlets::{Notes, Output};
use usage::usage;

/// What the command line takes: the source of its help, manual and reference.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs one command on the streams of this process, see [`run`].
pub fn run_on_process(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let mut input = io::BufReader::new(io::stdin());
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut errors = io::stderr();
    let mut streams = Streams {
        input: &mut input,
        output: &mut output,
        errors: &mut errors,
        surroundings: Surroundings::of_this_process(),
    };
    run(arguments, &mut streams)
}

/// Runs one command.
///
/// `arguments` begins with the program's name, as [`std::env::args_os`] does. The answer goes to `streams.output`,
/// notes and errors to `streams.errors`. The meaning of the returned code depends on the command and stands in its
/// `--help`.
///
/// A reader that closes its end of the output (`pipewright check | head`) changes nothing about the code: what it does
/// not take is thrown away. An output that fails in another way, such as a full disk, is a failure; an error stream
/// that fails is not.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    streams: &mut Streams<'_>,
) -> Exit {
    let surroundings = streams.surroundings.clone();
    let mut command = command().term_width(surroundings.help_width());
    let parsed = command
        .try_get_matches_from_mut(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let mut output = Output::new(&mut *streams.output);
    let answer = match parsed {
        Ok(arguments) => {
            let mut streams = Streams {
                input: &mut *streams.input,
                output: &mut output,
                errors: &mut Notes::new(&mut *streams.errors),
                surroundings,
            };
            let Arguments { command, global } = &arguments;
            command.run(global, self::command, &mut streams)
        }
        Err(error) => usage(error, &mut output, &mut *streams.errors, &surroundings),
    };
    let flushed = output.finish().map_err(Failure::Output);
    answer
        .and_then(|exit| flushed.map(|()| exit))
        .unwrap_or_else(|failure| {
            Notes::new(&mut *streams.errors).fail(&failure);
            Exit::Failure
        })
}
