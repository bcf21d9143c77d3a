//! `pipewright init`: a configuration to begin with.

use std::path::Path;

use clap::Args;
use pipewright_lint::CONFIGURATION_FILE;
use pipewright_workspace::{ReadError, Workspace, replace};

use crate::exit::Failure;
use crate::{Exit, Streams};

/// What the file says: every setting as a comment.
const TEXT: &str = include_str!("init.toml");

/// Write a pipewright.toml that explains its settings
#[derive(Args, Debug)]
#[command(after_help = "A file that is there is left alone.

Examples:
  pipewright init")]
pub(crate) struct Init {}

impl Init {
    /// Writes the file into the directory one stands in.
    pub(crate) fn run(streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let directory = streams.surroundings.directory.clone();
        let file = Path::new(CONFIGURATION_FILE);
        let mut workspace = Workspace::new(directory.as_path(), &mut streams.input, "");
        if !matches!(workspace.read_text(file), Err(ReadError::Missing)) {
            let message = format!("`{CONFIGURATION_FILE}` is there already");
            return Err(Failure::Message(message));
        }
        replace(&directory.join(file), TEXT.as_bytes()).map_err(|error| {
            Failure::Message(format!("cannot write `{CONFIGURATION_FILE}`: {error}"))
        })?;
        writeln!(streams.output, "{CONFIGURATION_FILE} is written")?;
        Ok(Exit::Success)
    }
}

#[cfg(test)]
mod tests {
    use pipewright_lint::Configuration;

    use super::*;

    #[test]
    fn every_setting_can_be_used() {
        let lines = TEXT.lines().map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') => setting,
            _ => line,
        });
        let text: Vec<&str> = lines.collect();
        for text in [TEXT, &text.join("\n")] {
            let read = Configuration::read(text);
            assert!(read.is_ok(), "{read:?}");
        }
        assert!(text.contains(&"[rules]"));
    }
}
