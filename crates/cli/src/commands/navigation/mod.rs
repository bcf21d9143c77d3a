//! What editors ask, from the command line: for editors without a language client, and for scripts.

mod complete;
mod definition;
mod hover;
mod references;
mod symbols;

use std::path::PathBuf;

use clap::Args;
use pipewright_ide::Declaration;
use pipewright_source::{FileId, Span};
use serde::Serialize;

pub(crate) use self::complete::Complete;
pub(crate) use self::definition::Definition;
pub(crate) use self::hover::Hover;
pub(crate) use self::references::References;
pub(crate) use self::symbols::Symbols;
use crate::Streams;
use crate::at_hand::WITH_HELP;
use crate::exit::Failure;
use crate::files::Files;
use crate::printable::printable;
use crate::report::Range;

/// The version of the JSON that these commands print.
const VERSION: u32 = 1;

/// The file that is asked about. It may be unfinished, and need not be on disk.
#[derive(Args, Debug)]
struct Asked {
    /// A pipeline or template; - is standard input, such as a text that is not saved yet
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[arg(long = "with", value_name = "PATH", help = WITH_HELP)]
    with: Vec<PathBuf>,

    /// The name of what comes from standard input; that file is not read
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    stdin_filename: String,

    /// How to print the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// A place of the file.
#[derive(Args, Debug)]
struct At {
    /// Where the cursor is: line and column from 1, columns in characters
    #[arg(long, value_name = "LINE:COLUMN")]
    at: String,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// A line a place: file, line, column and what is there
    Human,
    /// One JSON object
    Json,
}

impl Asked {
    /// Reads the files.
    ///
    /// # Errors
    /// When one cannot be read.
    fn load(&self, streams: &mut Streams<'_>) -> Result<(Files, FileId), Failure> {
        let mut files = Files::default();
        let id = files.read(&self.file, &self.stdin_filename, streams)?;
        files.read_further(&self.with, &self.stdin_filename, streams)?;
        Ok((files, id))
    }
}

impl At {
    /// The byte of the place.
    ///
    /// # Errors
    /// When it is none of the file.
    fn offset(&self, files: &Files) -> Result<u32, Failure> {
        files.offset(&self.at).ok_or_else(|| {
            let at = printable(&self.at);
            let name = printable(files.name(files.first()));
            Failure::Message(format!(
                "`{at}` is no place of `{name}`: write LINE:COLUMN, both from 1"
            ))
        })
    }
}

/// Says on the error stream that there is nothing; what a program reads from the output stays empty.
fn nothing(what: &str, streams: &mut Streams<'_>) -> Result<(), Failure> {
    streams.flush_output()?;
    writeln!(streams.errors, "note: {what}")?;
    Ok(())
}

/// A place of a file in JSON.
#[derive(Serialize)]
struct Place<'f> {
    file: &'f str,
    span: Range,
}

impl<'f> Place<'f> {
    fn new(files: &'f Files, span: Span) -> Self {
        let (file, span) = files.place(span);
        Self { file, span }
    }

    /// `file:line:column`, as editors take it.
    fn for_people(&self) -> String {
        let start = self.span.start;
        format!("{}:{}:{}", printable(self.file), start.line, start.column)
    }
}

/// A declaration in JSON.
#[derive(Serialize)]
struct Declared<'f> {
    kind: &'static str,
    fqn: &'f str,
    /// Its name.
    name: Place<'f>,
    /// All of it.
    whole: Place<'f>,
}

impl<'f> Declared<'f> {
    fn new(files: &'f Files, of: &'f Declaration) -> Self {
        Self {
            kind: of.kind.as_str(),
            fqn: &of.fqn,
            name: Place::new(files, of.name),
            whole: Place::new(files, of.whole),
        }
    }

    /// The place, what it is and the fully qualified name.
    fn for_people(&self) -> String {
        let place = self.name.for_people();
        format!("{place}: {} {}", self.kind, printable(self.fqn))
    }
}
