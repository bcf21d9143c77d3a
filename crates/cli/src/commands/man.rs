//! `pipewright man`: the manual page of the program or of one command.

use std::io::{self, Write};

use clap::Args;
use pipewright_source::closest;
use roff::{Roff, roman};

use crate::exit::Failure;
use crate::{Exit, Streams};

/// Print the manual page of pipewright or of one of its commands
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pipewright man | man -l -
  pipewright man check > pipewright-check.1")]
pub(crate) struct Man {
    /// The command; without it the page of the whole program
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(
        &self,
        mut program: clap::Command,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        program.build();
        let page = match &self.command {
            None => program,
            Some(name) => subcommand(&program, name)?,
        };
        write(page, &mut streams.output)?;
        Ok(Exit::Success)
    }
}

/// Writes the page of a command. What stands below its help gets sections of its own: its lines are laid out already.
fn write(page: clap::Command, output: &mut dyn Write) -> io::Result<()> {
    let below = page.get_after_help().map(ToString::to_string);
    let version = page.get_version().unwrap_or_default();
    let source = format!("pipewright {version}");
    let page = page.after_help(None::<&str>);
    clap_mangen::Man::new(page).source(source).render(output)?;
    let mut further = Roff::new();
    for block in below.iter().flat_map(|text| text.split("\n\n")) {
        if let Some((heading, lines)) = block.split_once(":\n") {
            further.control("SH", [heading.to_uppercase().as_str()]);
            further.control("nf", []);
            for line in lines.lines() {
                further.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
            }
            further.control("fi", []);
        } else {
            further.control("SH", ["NOTES"]);
            further.text([roman(block)]);
        }
    }
    output.write_all(further.to_roff().as_bytes())
}

/// The command called `name`.
fn subcommand(program: &clap::Command, name: &str) -> Result<clap::Command, Failure> {
    if let Some(command) = program.find_subcommand(name) {
        return Ok(command.clone());
    }
    let names = program.get_subcommands().map(clap::Command::get_name);
    let hint =
        closest(name, names).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(Failure::Message(format!(
        "there is no command `{name}`{hint}"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_below_the_help_stay_lines() {
        let command = clap::Command::new("check").version("1.0").after_help(
            "All of it.\n\nExit codes:\n  0  nothing\n\nExamples:\n  pipewright check .x    one\n  .y",
        );
        let mut page = Vec::new();
        write(command, &mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        let sections = page.split_once(".SH NOTES").unwrap().1;
        let expected = "
All of it.
.SH \"EXIT CODES\"
.nf
0  nothing
.fi
.SH EXAMPLES
.nf
pipewright check .x    one
\\&.y
.fi
";
        assert_eq!(sections, expected);
        assert!(!page.contains("EXTRA"), "{page}");
    }
}
