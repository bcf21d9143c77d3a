//! The one file that a command answers for, with the templates it uses written out.

use std::path::PathBuf;

use clap::Args;
use pipewright_model::{Document, Pipeline};
use pipewright_resolve::{self as resolve, Child, Expansion, Project, Resolution, Texts};
use pipewright_source::FileId;
use pipewright_yaml::Tree;

use crate::exit::Failure;
use crate::files::{Files, WITH_HELP};
use crate::{Streams, opaque};

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
    /// The file's tree with templates written out.
    pub(crate) tree: Tree,
    documents: Vec<Document>,
    /// In the order of the documents.
    resolutions: Vec<Option<Resolution>>,
    /// What chained stages read of the pipelines they run, in the order of the documents.
    children: Vec<Vec<OfChild>>,
}

/// What the outputs of chained stages read of the pipeline they run.
#[derive(Debug)]
pub(crate) struct OfChild {
    /// The file of that pipeline.
    pub(crate) file: FileId,
    pub(crate) pipeline: Pipeline,
    /// What became of the references there. Each has site and range of one in the file that the command answers for.
    pub(crate) resolution: Resolution,
}

impl FileArguments {
    /// Reads the files and follows every reference of the one. Says on the error stream what templates are not at hand.
    ///
    /// # Errors
    /// When a file cannot be read, or the one holds no pipeline and no template with steps.
    pub(crate) fn load(&self, streams: &mut Streams<'_>) -> Result<OneFile, Failure> {
        let mut files = Files::default();
        files.read(&self.file, &self.stdin_filename, streams)?;
        files.read_further(&self.with, &self.stdin_filename, streams)?;
        if files.documents(0).iter().all(|d| d.pipeline().is_none()) {
            return Err(files.without_pipeline());
        }
        let (tree, documents) = (files.tree(0).clone(), files.documents(0).to_vec());
        let project = files.project();
        let Expansion {
            tree,
            documents,
            opaque,
            ..
        } = project.expand_tree(0, tree, documents);
        let mut texts = Texts::default();
        let resolve = |document: &Document| {
            let pipeline = document.pipeline()?;
            Some(resolve::analyse(&tree, pipeline, &mut texts))
        };
        let mut resolutions: Vec<Option<Resolution>> = documents.iter().map(resolve).collect();
        let resolved = documents.iter().zip(&mut resolutions);
        let children = resolved.map(|(document, resolution)| {
            let resolution = resolution.as_mut();
            resolution.map_or_else(Vec::new, |of| ask_children(&project, &tree, document, of))
        });
        let children = children.collect();
        drop(project);
        let file = OneFile {
            files,
            tree,
            documents,
            resolutions,
            children,
        };
        let named = file
            .resolved()
            .map(|(pipeline, resolution)| (pipeline, &resolution.names));
        opaque::tell(&opaque, &file.tree, named, streams)?;
        Ok(file)
    }
}

impl OneFile {
    /// Every pipeline, and what templates hold of one, with what became of its references.
    pub(crate) fn resolved(&self) -> impl Iterator<Item = (&Pipeline, &Resolution)> {
        let pairs = self.documents.iter().zip(&self.resolutions);
        pairs
            .filter_map(|(document, resolution)| Some((document.pipeline()?, resolution.as_ref()?)))
    }

    /// What the pipelines that chained stages run decide, for each of [`OneFile::resolved`].
    pub(crate) fn children(&self) -> impl Iterator<Item = &[OfChild]> {
        let pairs = self.resolutions.iter().zip(&self.children);
        pairs.filter_map(|(resolution, children)| resolution.as_ref().map(|_| children.as_slice()))
    }
}

/// What the pipelines that chained stages run decide about a document of the first file. A reference in their inputs that finds
/// nothing in either pipeline becomes what it is in the first.
fn ask_children(
    project: &Project<'_>,
    tree: &Tree,
    document: &Document,
    resolution: &mut Resolution,
) -> Vec<OfChild> {
    for (place, reference) in project.lost_inputs(0, tree, document, resolution) {
        resolution.references[place] = reference;
    }
    let children = project.children(0, tree, document, resolution);
    let of_child = |child: Child<'_>| OfChild {
        file: child.tree.file(),
        pipeline: child.pipeline.clone(),
        resolution: child.resolution,
    };
    children.into_iter().map(of_child).collect()
}
