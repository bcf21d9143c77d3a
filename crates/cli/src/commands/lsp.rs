//! `pipewright lsp`: the language server.

use std::path::PathBuf;

use clap::Args;
use pipewright_lsp::{Ended, Settings, serve};
use pipewright_workspace::append_to;

use crate::exit::Failure;
use crate::printable::printable;
use crate::{Exit, Streams};

/// Serve an editor: the language server, over standard input and output
#[derive(Args, Debug)]
#[command(
    after_help = "Editors start it themselves; how each is set up stands in the folder `editors` of the repository.

Exit codes:
  0  the editor asked it to shut down and to exit
  1  the editor went without asking
  2  could not serve: the log cannot be written, the output fails

Examples:
  pipewright lsp
  pipewright lsp --log pipewright.log               when something does not work"
)]
pub(crate) struct Lsp {
    /// Add to this file what goes wrong, instead of telling it on the error stream
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,

    /// What many editors say to every server; there is no other way
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Lsp {
    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let settings = Settings {
            version: Some(env!("CARGO_PKG_VERSION")),
            leave: Some(leave),
        };
        let input = &mut *streams.input;
        let ended = match &self.log {
            None => serve(input, streams.output, streams.errors, &settings)?,
            Some(path) => {
                let path = streams.surroundings.directory.join(path);
                let mut log = append_to(&path).map_err(|error| {
                    let name = path.to_string_lossy();
                    Failure::Message(format!("cannot write `{}`: {error}", printable(&name)))
                })?;
                serve(input, streams.output, &mut log, &settings)?
            }
        };
        Ok(match ended {
            Ended::ShutDown => Exit::Success,
            Ended::Abruptly | Ended::Deserted => Exit::Negative,
        })
    }
}

/// Ends the process of a server whose editor is gone.
#[expect(clippy::exit, reason = "a thread waits for input that never comes")]
fn leave() {
    std::process::exit(i32::from(Exit::Negative.code()));
}
