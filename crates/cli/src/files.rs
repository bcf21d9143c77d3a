//! The files of a question: the one it is asked of, and further ones in which is looked for what that one uses.

use std::path::{Path, PathBuf};

use pipewright_lint::{self as lint, FileKind};
use pipewright_model::{self as model, Document, DocumentKind};
use pipewright_resolve::{Project, ProjectFile};
use pipewright_source::{FileId, SourceFile, Sources, Span};
use pipewright_workspace::{Input, Origin, ReadError, Workspace};
use pipewright_yaml::{self as yaml, Tree};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::Streams;
use crate::exit::Failure;
use crate::report::{Range, printable};

/// The help of `--with`.
pub(crate) const WITH_HELP: &str = "Where to look for the templates, child pipelines and input sets that the pipeline uses: a file, or a \
     directory, walked as `check` walks it; may be repeated";

/// How many notes further files get; the rest are counted.
const MOST_NOTES: usize = 5;

/// Files that were read, each once. The first is the one a question is asked of.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The text of every file, also of those that hold nothing for Harness.
    sources: Sources,
    members: Vec<Member>,
    /// Whether standard input was read, which gives its text only once.
    input_is_read: bool,
}

/// A file with documents in it, or one that was named.
#[derive(Debug)]
struct Member {
    /// Where it is, the same for all ways to name it.
    place: String,
    tree: Tree,
    documents: Vec<Document>,
}

impl Files {
    /// Reads the file at `path`; `-` is standard input, which goes by `input_name`. Returns its number, which a file that is known
    /// keeps.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn read(
        &mut self,
        path: &Path,
        input_name: &str,
        streams: &mut Streams<'_>,
    ) -> Result<usize, Failure> {
        let name = if path.as_os_str() == "-" {
            self.take_input()?;
            input_name.to_owned()
        } else {
            path.to_string_lossy().replace('\\', "/")
        };
        let directory = streams.surroundings.directory.clone();
        let mut workspace = Workspace::new(directory, &mut streams.input, name.as_str());
        let place = workspace.place(&name);
        if let Some(known) = self.at(&place) {
            return Ok(known);
        }
        let text = workspace.read_text(path).map_err(|error| match error {
            ReadError::IsDirectory => Failure::Message(format!(
                "`{}` is a directory: name one file, and the directory with --with",
                printable(&name)
            )),
            error => unreadable(&name, &error),
        })?;
        let id = self
            .sources
            .add(SourceFile::new(name.as_str(), text.as_str()));
        let member = Member::new(place, id, &text);
        if member.tree.recovered() && !member.documents.is_empty() {
            let name = printable(&name);
            writeln!(
                streams.errors,
                "note: `{name}` is broken YAML, so something is missing in it; `pipewright check` shows where"
            )?;
        }
        self.members.push(member);
        Ok(self.members.len() - 1)
    }

    /// Reads the files at and below `paths` but those that are known, with `-` as [`Files::read`] has it. Says on the error stream which of them give nothing.
    ///
    /// # Errors
    /// When there is nothing at one of the paths.
    pub(crate) fn read_further(
        &mut self,
        paths: &[PathBuf],
        input_name: &str,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        if paths.is_empty() {
            return Ok(());
        }
        let directory = streams.surroundings.directory.clone();
        if paths.iter().any(|path| path.as_os_str() == "-") {
            self.take_input()?;
        }
        let mut workspace = Workspace::new(directory, &mut streams.input, input_name);
        let mut remarks = Vec::new();
        let mut new = Vec::new();
        for input in workspace.collect(paths) {
            let place = workspace.place(&input.name);
            if self.at(&place).is_some() {
                continue;
            }
            match &input.text {
                Ok(text) => {
                    let file = SourceFile::new(input.name.clone(), text.clone());
                    new.push((self.sources.add(file), place, input));
                }
                Err(ReadError::Missing) if input.origin == Origin::Named => {
                    return Err(unreadable(&input.name, &ReadError::Missing));
                }
                Err(error) => remarks.push(unreadable(&input.name, error).to_string()),
            }
        }
        let parse = |(id, place, input): (FileId, String, Input)| {
            let member = Member::new(place, id, input.text.as_deref().unwrap_or_default());
            (member, input)
        };
        let parsed: Vec<(Member, Input)> = new.into_par_iter().map(parse).collect();
        let mut broken = Vec::new();
        for (member, input) in parsed {
            if member.documents.is_empty() && input.origin == Origin::Named {
                let name = printable(&input.name);
                remarks.push(format!("`{name}` holds nothing for Harness"));
            }
            if member.is_lost() {
                broken.push(format!("`{}`", printable(&input.name)));
            }
            if !member.documents.is_empty() {
                self.members.push(member);
            }
        }
        if !broken.is_empty() {
            let more = match broken.len().saturating_sub(MOST_NOTES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            broken.truncate(MOST_NOTES);
            let names = broken.join(", ");
            remarks.push(format!(
                "broken YAML is not used: {names}{more}; `pipewright check` shows what is wrong"
            ));
        }
        for remark in remarks.iter().take(MOST_NOTES) {
            writeln!(streams.errors, "note: {remark}")?;
        }
        if remarks.len() > MOST_NOTES {
            let more = remarks.len() - MOST_NOTES;
            writeln!(streams.errors, "note: and {more} more notes like these")?;
        }
        Ok(())
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

    fn at(&self, place: &str) -> Option<usize> {
        self.members.iter().position(|member| member.place == place)
    }

    /// A file as YAML.
    pub(crate) fn tree(&self, at: usize) -> &Tree {
        &self.members[at].tree
    }

    /// The documents of a file.
    pub(crate) fn documents(&self, at: usize) -> &[Document] {
        &self.members[at].documents
    }

    /// A file with its text.
    pub(crate) fn source(&self, at: usize) -> &SourceFile {
        let file = self.sources.get(self.members[at].tree.file());
        file.expect("every member has its text among the sources")
    }

    /// All files together, each at its number. Whoever names files says that they belong together.
    pub(crate) fn project(&self) -> Project<'_> {
        let files = self.members.iter().map(|member| ProjectFile {
            name: &member.place,
            tree: &member.tree,
            documents: &member.documents,
        });
        Project::of_one_repository(files.collect())
    }

    /// The name of a file of which one of these trees holds a part.
    pub(crate) fn name(&self, id: FileId) -> &str {
        self.sources.get(id).map_or("", SourceFile::name)
    }

    /// The name of a span's file, and where in it the span is. The span is of a tree that was made from these files.
    pub(crate) fn place(&self, span: Span) -> (&str, Range) {
        let file = self.sources.get(span.file);
        let file = file.expect("a tree made from these files has no spans of others");
        (file.name(), Range::new(file, span))
    }

    /// `line:column` where a span starts, with the file in front where that is not the first.
    pub(crate) fn short_place(&self, span: Span) -> String {
        let (name, Range { start, .. }) = self.place(span);
        let (line, column) = (start.line, start.column);
        if span.file == self.members[0].tree.file() {
            format!("{line}:{column}")
        } else {
            format!("{name}:{line}:{column}")
        }
    }

    /// Why the first file has no names.
    pub(crate) fn without_pipeline(&self) -> Failure {
        let file = self.source(0);
        let reason = match lint::analyse(FileId(0), file).kind() {
            FileKind::Harness => match self.documents(0).first().map(|document| &document.kind) {
                Some(DocumentKind::Template(_)) => {
                    "holds a template without steps, which has no names"
                }
                Some(_) => "holds an input set; the names are those of its pipeline",
                None => "is broken YAML; `pipewright check` shows where",
            },
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
        };
        Failure::Message(format!("`{}` {reason}", printable(file.name())))
    }
}

impl Member {
    fn new(place: String, id: FileId, text: &str) -> Self {
        let tree = yaml::parse(id, text);
        let documents = model::documents(&tree);
        Self {
            place,
            tree,
            documents,
        }
    }

    /// Whether it holds templates or input sets that cannot be relied on: what is missing may belong to them.
    fn is_lost(&self) -> bool {
        let is_wanted = |document: &Document| {
            matches!(
                document.kind,
                DocumentKind::Template(_)
                    | DocumentKind::InputSet(_)
                    | DocumentKind::OverlayInputSet(_)
            )
        };
        self.tree.recovered() && self.documents.iter().any(is_wanted)
    }
}

fn unreadable(name: &str, error: &ReadError) -> Failure {
    Failure::Message(format!("cannot read `{}`: {error}", printable(name)))
}
