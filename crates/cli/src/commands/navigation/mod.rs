//! What editors ask, from the command line: for editors without a language client, and for scripts.

mod complete;
mod definition;
mod hover;
mod references;
mod rename;
mod symbols;

use clap::Args;
use pipewright_ide::Declaration;
use pipewright_source::{FileId, Span};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

pub(crate) use self::complete::Complete;
pub(crate) use self::definition::Definition;
pub(crate) use self::hover::Hover;
pub(crate) use self::references::References;
pub(crate) use self::rename::Rename;
pub(crate) use self::symbols::Symbols;
use crate::Streams;
use crate::exit::Failure;
use crate::files::Files;
use crate::one_file::FileArguments;
use crate::printable::{json_lines, printable};
use crate::report::Range;

/// The version of the JSON that these commands print.
const VERSION: u32 = 1;

/// The file that is asked about. It may be unfinished, and need not be on disk.
#[derive(Args, Debug)]
struct Asked {
    #[command(flatten)]
    file: FileArguments,

    /// How to print the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// A place of the file.
#[derive(Args, Debug)]
struct Question {
    #[command(flatten)]
    asked: Asked,

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

impl Question {
    /// Reads the files, and finds the byte of the place.
    ///
    /// # Errors
    /// When a file cannot be read, or the place is none of the file.
    fn load(&self, streams: &mut Streams<'_>) -> Result<(Files, FileId, u32), Failure> {
        let (files, id) = self.asked.file.read(streams)?;
        let offset = files.offset(&self.at).ok_or_else(|| {
            let at = printable(&self.at);
            let name = printable(files.name(id));
            Failure::Message(format!(
                "`{at}` is no place of `{name}`: write LINE:COLUMN, both from 1"
            ))
        })?;
        Ok((files, id, offset))
    }
}

/// Prints an answer as JSON, under its name.
fn json(name: &str, answer: impl Serialize, streams: &mut Streams<'_>) -> Result<(), Failure> {
    /// An object of two members, of which the second has the name of the answer.
    struct Document<'n, A>(&'n str, A);

    impl<A: Serialize> Serialize for Document<'_, A> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(Some(2))?;
            map.serialize_entry("version", &VERSION)?;
            map.serialize_entry(self.0, &self.1)?;
            map.end()
        }
    }

    let document = json_lines(&Document(name, answer))?;
    writeln!(streams.output, "{document}")?;
    Ok(())
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

/// What is written in place of what stands somewhere, in JSON.
#[derive(Serialize)]
struct Edit<'f> {
    #[serde(flatten)]
    place: Place<'f>,
    replacement: &'f str,
}

impl<'f> Edit<'f> {
    fn new(files: &'f Files, edit: &'f pipewright_source::Edit) -> Self {
        Self {
            place: Place::new(files, edit.span),
            replacement: &edit.replacement,
        }
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
