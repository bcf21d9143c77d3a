//! What clap has to say instead of running a command: help and version as an answer, everything else as an error.

use std::io::Write;

use clap::error::{ContextKind, ContextValue};

use crate::colour::Choice;
use crate::exit::Failure;
use crate::outlets::Output;
use crate::printable::{is_hidden, printable, printable_lines};
use crate::{Exit, Surroundings};

/// Prints the help that was asked for to `output`, or what is wrong about the arguments to `errors`.
///
/// # Errors
/// When the help cannot be written.
pub(crate) fn usage(
    mut error: clap::Error,
    output: &mut Output<'_>,
    errors: &mut dyn Write,
    surroundings: &Surroundings,
) -> Result<Exit, Failure> {
    let may_colour = |is_terminal| Choice::Auto.decide(is_terminal, surroundings);
    if !error.use_stderr() {
        let help = error.render();
        if may_colour(surroundings.output_is_terminal) {
            write!(output, "{}", help.ansi())?;
        } else {
            write!(output, "{help}")?;
        }
        return Ok(Exit::Success);
    }
    let was_quoted = quote_printable(&mut error);
    let message = error.render();
    let coloured = may_colour(surroundings.errors_are_terminal) && !was_quoted;
    // There is nobody left to tell when the error stream itself fails.
    drop(if coloured {
        write!(errors, "{}", message.ansi())
    } else {
        write!(errors, "{}", printable_lines(&message.to_string()))
    });
    Ok(Exit::Failure)
}

/// Makes the arguments that an error quotes printable, and says whether that changed anything.
fn quote_printable(error: &mut clap::Error) -> bool {
    let has_hidden = |text: &String| text.chars().any(is_hidden);
    let changed: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(text) if has_hidden(text) => {
                Some((kind, ContextValue::String(printable(text).into_owned())))
            }
            ContextValue::Strings(texts) if texts.iter().any(has_hidden) => {
                let texts = texts.iter().map(|text| printable(text).into_owned());
                Some((kind, ContextValue::Strings(texts.collect())))
            }
            _ => None,
        })
        .collect();
    if changed.is_empty() {
        return false;
    }
    for (kind, value) in changed {
        error.insert(kind, value);
    }
    // A tip repeats the argument, in clap's own colours.
    error.remove(ContextKind::Suggested);
    true
}
