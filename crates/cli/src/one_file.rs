//! The one file that a command answers for, with the templates it uses written out.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use pipewright_analysis::{Beyond, Prepared, WrittenOut};
use pipewright_context::RunPlace;
use pipewright_model::Pipeline;
use pipewright_resolve::{Child, Resolution};
use pipewright_source::FileId;
use pipewright_yaml::Tree;

use crate::at_hand::WITH_HELP;
use crate::exit::Failure;
use crate::files::Files;
use crate::{Streams, missing_templates, place};

/// The arguments that name the file.
#[derive(Args, Debug)]
pub(crate) struct FileArguments {
    /// A pipeline or template; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[arg(long = "with", value_name = "PATH", help = WITH_HELP)]
    with: Vec<PathBuf>,

    /// The name of what comes from standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    stdin_filename: String,
}

/// A file that holds at least one pipeline or template of one, taken the whole way.
#[derive(Debug)]
pub(crate) struct OneFile {
    /// The file first, then those in which its templates were looked for.
    pub(crate) files: Files,
    whole: Arc<WrittenOut>,
}

impl FileArguments {
    /// Whether the file is standard input.
    pub(crate) fn is_input(&self) -> bool {
        self.file.as_os_str() == "-"
    }

    /// Reads the files, whatever is in them.
    ///
    /// # Errors
    /// When one cannot be read.
    pub(crate) fn read(&self, streams: &mut Streams<'_>) -> Result<(Files, FileId), Failure> {
        let mut files = Files::default();
        let id = files.read(&self.file, &self.stdin_filename, streams)?;
        files.read_further(&self.with, &self.stdin_filename, streams)?;
        Ok((files, id))
    }

    /// Reads the files and follows every reference of the one. Says on the error stream what templates are not at hand.
    ///
    /// # Errors
    /// When a file cannot be read, or the one holds no pipeline and no template with steps.
    pub(crate) fn load(&self, streams: &mut Streams<'_>) -> Result<OneFile, Failure> {
        let (files, id) = self.read(streams)?;
        if files.documents(id).iter().all(|d| d.pipeline().is_none()) {
            return Err(files.without_pipeline());
        }
        let whole = files.snapshot.written_out(id).map(Arc::clone);
        let whole = whole.ok_or_else(|| files.without_pipeline())?;
        let file = OneFile { files, whole };
        let named = file
            .resolved()
            .map(|(pipeline, resolution)| (pipeline, &resolution.names));
        missing_templates::tell(file.whole.opaque(), file.tree(), named, streams)?;
        Ok(file)
    }
}

impl OneFile {
    /// The file's tree with templates written out.
    pub(crate) fn tree(&self) -> &Tree {
        self.whole.analysis().tree()
    }

    /// Every pipeline, and what templates hold of one, with what became of its references.
    pub(crate) fn resolved(&self) -> impl Iterator<Item = (&Pipeline, &Resolution)> {
        let resolved = self.whole.analysis().resolved();
        resolved.map(|(pipeline, resolution)| (&**pipeline, &**resolution))
    }

    /// Each of [`OneFile::resolved`] ready to be evaluated.
    pub(crate) fn prepared(&self) -> impl Iterator<Item = Option<Arc<Prepared>>> {
        let documents = self.whole.analysis().documents().iter().enumerate();
        let holders = documents.filter(|(_, document)| document.pipeline().is_some());
        holders.map(|(place, _)| {
            let prepared = self.files.snapshot.prepared(self.files.first(), place, &[]);
            prepared.ok()
        })
    }

    /// The first of the pipelines with a place, by its number among [`OneFile::resolved`], and the place.
    ///
    /// # Errors
    /// When none has it, with the names that were probably meant.
    pub(crate) fn find(&self, at: &str) -> Result<(usize, Arc<Prepared>, RunPlace), Failure> {
        let id = self.files.first();
        let mut refused = None;
        for (number, prepared) in self.prepared().enumerate() {
            let Some(prepared) = prepared else { continue };
            let pipeline = prepared.pipeline();
            let found = place::find(pipeline, (id, self.files.source(id)), at).and_then(|place| {
                // An instance that no turn has is no place.
                let read = pipeline.at(&place);
                read.map_err(|error| place::explain(&error))?;
                Ok(place)
            });
            match found {
                Ok(place) => return Ok((number, prepared, place)),
                Err(failure) => {
                    refused.get_or_insert(failure);
                }
            }
        }
        Err(refused.unwrap_or_else(|| self.files.without_pipeline()))
    }

    /// What the pipelines that chained stages run decide, for each of [`OneFile::resolved`]. Each reference has site
    /// and range of one in the file that the command answers for.
    pub(crate) fn children(&self) -> impl Iterator<Item = &[Child]> {
        self.whole.beyond().iter().map(Beyond::children)
    }
}
