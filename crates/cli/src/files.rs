//! The files of a question: the one it is asked of, and further ones in which is looked for what that one uses.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipewright_analysis::{FileKind, Snapshot};
use pipewright_model::{Document, DocumentKind};
use pipewright_source::{FileId, SourceFile, Span};
use pipewright_workspace::{ReadError, Workspace};
use pipewright_yaml::Tree;

use crate::Streams;
use crate::at_hand::{self, reads_input};
use crate::exit::Failure;
use crate::place::line_column;
use crate::printable::printable;
use crate::report::Range;

/// Files that were read, each once. The first is the one a question is asked of.
#[derive(Debug)]
pub(crate) struct Files {
    /// Every file, also those that hold nothing for Harness, by where it is: the same for all ways to name it. Whoever
    /// names files says that they belong together.
    pub(crate) snapshot: Snapshot,
    /// The file that was read first.
    first: Option<FileId>,
    /// Whether standard input was read, which gives its text only once.
    input_is_read: bool,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            snapshot: Snapshot::of_one_repository(),
            first: None,
            input_is_read: false,
        }
    }
}

impl Files {
    /// Reads the file at `path`; `-` is standard input, which goes by `input_name`. A file that is known is not read
    /// again.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn read(
        &mut self,
        path: &Path,
        input_name: &str,
        streams: &mut Streams<'_>,
    ) -> Result<FileId, Failure> {
        let name = if path.as_os_str() == "-" {
            self.take_input()?;
            input_name.to_owned()
        } else {
            path.to_string_lossy().replace('\\', "/")
        };
        let directory = streams.surroundings.directory.clone();
        let mut workspace = Workspace::new(directory, &mut streams.input, name.as_str());
        let place = workspace.place(&name);
        if let Some(known) = self.snapshot.id(&place) {
            return Ok(known);
        }
        let text = workspace.read_text(path).map_err(|error| match error {
            ReadError::IsDirectory => Failure::Message(format!(
                "`{}` is a directory: name one file, and the directory with --with",
                printable(&name)
            )),
            error => at_hand::unreadable(&name, &error),
        })?;
        let source = SourceFile::new(name.as_str(), text);
        let id = self.snapshot.set(place, source);
        self.first.get_or_insert(id);
        let is_broken = |tree: &Arc<Tree>| tree.recovered() && !self.documents(id).is_empty();
        if self.snapshot.tree(id).is_some_and(is_broken) {
            let name = printable(&name);
            writeln!(
                streams.errors,
                "note: `{name}` is broken YAML, so something is missing in it; `pipewright check` shows where"
            )?;
        }
        Ok(id)
    }

    /// Reads the files at and below `paths` but those that are known, with `-` as [`Files::read`] has it. Says on the
    /// error stream which of them give nothing.
    ///
    /// # Errors
    /// When there is nothing at one of the paths, or what is neither a file nor a directory.
    pub(crate) fn read_further(
        &mut self,
        paths: &[PathBuf],
        input_name: &str,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        if reads_input(paths) {
            self.take_input()?;
        }
        at_hand::read(paths, input_name, &mut self.snapshot, streams)?;
        Ok(())
    }

    /// Reads the input sets of a pipeline, then what it uses below the paths in `with`, with `-` as [`Files::read`] has
    /// it.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(crate) fn read_around(
        &mut self,
        input_sets: &[PathBuf],
        with: &[PathBuf],
        input_name: &str,
        streams: &mut Streams<'_>,
    ) -> Result<Vec<FileId>, Failure> {
        let sets = input_sets
            .iter()
            .map(|set| self.read(set, input_name, streams))
            .collect::<Result<_, _>>()?;
        self.read_further(with, input_name, streams)?;
        Ok(sets)
    }

    /// Notes that standard input is read.
    ///
    /// # Errors
    /// When it was read before.
    fn take_input(&mut self) -> Result<(), Failure> {
        if std::mem::replace(&mut self.input_is_read, true) {
            return Err(Failure::Message(
                "only one of the files can come from standard input".to_owned(),
            ));
        }
        Ok(())
    }

    /// The file a question is asked of.
    ///
    /// # Panics
    /// Where no file was read.
    pub(crate) fn first(&self) -> FileId {
        self.first
            .expect("a question is asked of a file that was read")
    }

    /// The documents of a file.
    pub(crate) fn documents(&self, id: FileId) -> &[Document] {
        self.snapshot
            .documents(id)
            .map_or(&[], |documents| documents)
    }

    /// A file with its text.
    pub(crate) fn source(&self, id: FileId) -> &SourceFile {
        let file = self.snapshot.source(id);
        file.expect("only ids of the snapshot are asked for")
    }

    /// The offset of a line and column in the file a question is asked of. `None` if a text is none, or there is no
    /// such line.
    pub(crate) fn offset(&self, at: &str) -> Option<u32> {
        let source = self.source(self.first());
        let position = line_column(at)?;
        source
            .line_index()
            .offset_of_scalar(source.text(), position)
    }

    /// The name of a file of which one of these trees holds a part.
    pub(crate) fn name(&self, id: FileId) -> &str {
        self.snapshot.source(id).map_or("", SourceFile::name)
    }

    /// The name of a span's file, and where in it the span is. The span is of a tree that was made from these files.
    pub(crate) fn place(&self, span: Span) -> (&str, Range) {
        let file = self.snapshot.source(span.file);
        let file = file.expect("a tree made from these files has no spans of others");
        (file.name(), Range::new(file, span))
    }

    /// `line:column` where a span starts, with the file in front where that is not the first.
    pub(crate) fn short_place(&self, span: Span) -> String {
        let (name, Range { start, .. }) = self.place(span);
        let (line, column) = (start.line, start.column);
        if Some(span.file) == self.first {
            format!("{line}:{column}")
        } else {
            format!("{name}:{line}:{column}")
        }
    }

    /// Why the first file has no names.
    pub(crate) fn without_pipeline(&self) -> Failure {
        let file = self.source(self.first());
        let reason = match self.snapshot.kind(self.first()).unwrap_or(FileKind::Other) {
            FileKind::Harness | FileKind::Version1 => {
                match self.documents(self.first()).first().map(|of| &of.kind) {
                    Some(DocumentKind::Template(_)) => {
                        "holds a template without steps, which has no names"
                    }
                    Some(_) => "holds an input set; the names are those of its pipeline",
                    None => "is broken YAML; `pipewright check` shows where",
                }
            }
            FileKind::Templated => {
                "is a Terraform, Jinja or Go template: render it first, then ask again"
            }
            FileKind::Broken => {
                "is not YAML, and what could be read of it holds no pipeline; `pipewright check` shows where"
            }
            FileKind::Other => "holds no Harness pipeline or template",
        };
        Failure::Message(format!("`{}` {reason}", printable(file.name())))
    }
}
