//! The `pipewright` command: arguments, commands, reports, colours and exit codes.
//!
//! This is the only crate that knows clap, miette and the terminal. [`run`] is the whole program; it takes its
//! arguments and its [`Streams`] from the caller, so that a test can run it without a process of its own.

mod answer;
mod arguments;
mod batch;
mod colour;
mod commands;
mod condition;
mod evaluation;
mod exit;
mod files;
#[doc(hidden)]
pub mod fuzzing;
mod graph;
mod guard;
mod layout;
mod lines;
mod mark;
mod markdown;
mod names;
mod one_file;
mod opaque;
mod outlets;
mod position;
mod progress;
mod protocol;
mod report;
mod statistics;
mod streams;
mod table;
mod values;

use std::ffi::OsString;
use std::io::Write as _;

use clap::{CommandFactory as _, FromArgMatches as _};

pub use exit::Exit;
pub use protocol::Protocol;
pub use streams::{Streams, Surroundings};

use arguments::Arguments;
use exit::Failure;
use outlets::{Notes, Output};

/// Runs one command.
///
/// `arguments` begins with the program's name, as [`std::env::args_os`] does. The answer goes to `streams.output`,
/// notes and errors to `streams.errors`. The meaning of the returned code depends on the command and stands in its `--help`.
///
/// A reader that closes its end of the output (`pipewright check | head`) changes nothing about the code: what it does not
/// take is thrown away. An output that fails in another way, such as a full disk, is a failure; an error stream that fails is not.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    streams: &mut Streams<'_>,
) -> Exit {
    let mut output = Output::new(&mut *streams.output);
    let mut errors = Notes::new(&mut *streams.errors);
    let mut streams = Streams {
        input: &mut *streams.input,
        output: &mut output,
        errors: &mut errors,
        surroundings: streams.surroundings.clone(),
    };
    let answer = dispatch(arguments, &mut streams);
    let flushed = streams.flush_output().map_err(Failure::Output);
    match answer.and_then(|exit| flushed.map(|()| exit)) {
        Ok(exit) => exit,
        Err(failure) => {
            // There is nobody left to tell when the error stream itself fails.
            drop(writeln!(streams.errors, "error: {failure}"));
            drop(streams.errors.flush());
            Exit::Failure
        }
    }
}

fn dispatch(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let mut command = Arguments::command().term_width(streams.surroundings.help_width());
    let parsed = command
        .try_get_matches_from_mut(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    match parsed {
        Ok(arguments) => arguments.command.run(&arguments.global, streams),
        Err(error) => usage(&error, streams),
    }
}

/// Prints what clap has to say: help and version as an answer, everything else as an error.
fn usage(error: &clap::Error, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let text = error.render();
    let (stream, is_terminal, exit) = if error.use_stderr() {
        (
            &mut streams.errors,
            streams.surroundings.errors_are_terminal,
            Exit::Failure,
        )
    } else {
        (
            &mut streams.output,
            streams.surroundings.output_is_terminal,
            Exit::Success,
        )
    };
    if colour::Choice::Auto.decide(is_terminal, &streams.surroundings) {
        write!(stream, "{}", text.ansi())?;
    } else {
        write!(stream, "{text}")?;
    }
    Ok(exit)
}
