//! The one file that a command answers for.

use std::path::PathBuf;

use clap::Args;
use pipewright_lint::{self as lint, Analysis, FileKind};
use pipewright_source::{FileId, SourceFile};
use pipewright_workspace::Workspace;

use crate::Streams;
use crate::exit::Failure;
use crate::report::printable;

/// The arguments that name the file.
#[derive(Args, Debug)]
pub(crate) struct FileArguments {
    /// A pipeline or template; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The name of what comes from standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    stdin_filename: String,
}

/// A file that holds at least one pipeline or template of one, taken the whole way.
#[derive(Debug)]
pub(crate) struct OneFile {
    pub(crate) file: SourceFile,
    pub(crate) analysis: Analysis,
}

impl FileArguments {
    /// Reads and analyses the file.
    ///
    /// # Errors
    /// When it cannot be read, or holds no pipeline and no template with steps.
    pub(crate) fn load(&self, streams: &mut Streams<'_>) -> Result<OneFile, Failure> {
        let name = if self.file.as_os_str() == "-" {
            self.stdin_filename.clone()
        } else {
            self.file.to_string_lossy().replace('\\', "/")
        };
        let directory = streams.surroundings.directory.clone();
        let text = Workspace::new(directory, &mut streams.input, name.as_str())
            .read_text(&self.file)
            .map_err(|error| {
                Failure::Message(format!("cannot read `{}`: {error}", printable(&name)))
            })?;
        OneFile::new(SourceFile::new(name, text))
    }
}

impl OneFile {
    fn new(file: SourceFile) -> Result<Self, Failure> {
        let analysis = lint::analyse(FileId(0), &file);
        if analysis.resolved().next().is_none() {
            let name = printable(file.name());
            let reason = without_pipeline(&analysis);
            return Err(Failure::Message(format!("`{name}` {reason}")));
        }
        Ok(Self { file, analysis })
    }
}

/// Why a file has no names, as the end of a sentence that begins with its name.
fn without_pipeline(analysis: &Analysis) -> &'static str {
    match analysis.kind() {
        FileKind::Harness => {
            "holds an input set or a template without steps; the names are those of its pipeline"
        }
        FileKind::Version1 => {
            "is written in the newer format (`version: 1`), whose names are not known"
        }
        FileKind::Templated => {
            "is a Terraform, Jinja or Go template: render it first, then ask again"
        }
        FileKind::Broken => {
            "is not YAML, and what could be read of it holds no pipeline; `pipewright check` shows where"
        }
        FileKind::Other => "holds no Harness pipeline or template",
    }
}
