//! Several files as one: which template a use means, pipelines with their templates written out, and input sets on their pipeline
//! (`spec/model.md` §1.4, §1.5).
//!
//! The platform writes templates out before it looks at anything else, so the same is done here, on the YAML: an [`Expansion`] is a
//! tree in which the content of templates stands where they are used, and every node keeps the file and bytes it was written in.
//! What is read from it (stages, groups, steps, references) needs no knowledge of templates.

mod child_inputs;
mod children;
mod choose;
mod expand;
mod input_sets;
mod lost;
mod merge;
mod overlay;
mod runs;

use std::collections::HashMap;
use std::sync::OnceLock;

use pipewright_model::{Document, DocumentKind, Located, NodeKind, Pipeline, Template};
use pipewright_yaml::{self as yaml, Tree};

pub use children::Child;
pub use choose::Opaque;
pub use expand::{Expansion, OpaqueUse, Use, Uses};
pub use input_sets::{Merged, merge_input_sets};
pub use overlay::{DocumentAt, NoInputSet};
pub use runs::ChildRun;

use children::PipelineAt;
use choose::Home;

/// One file of a project.
#[derive(Clone, Copy, Debug)]
pub struct ProjectFile<'a> {
    /// Its name with `/` between directories, relative to the same directory for all files of a project.
    pub name: &'a str,
    /// Its tree. Every file of a project has a file id of its own.
    pub tree: &'a Tree,
    /// What was read from the tree.
    pub documents: &'a [Document],
}

/// The templates, pipelines and input sets of a set of files, by identifier.
#[derive(Debug)]
pub struct Project<'a> {
    files: Vec<ProjectFile<'a>>,
    /// Where each file belongs, in the order of `files`.
    homes: Vec<Home<'a>>,
    templates: HashMap<&'a str, Vec<TemplateAt<'a>>>,
    pipelines: HashMap<&'a str, Vec<PipelineAt<'a>>>,
    input_sets: HashMap<&'a str, Vec<DocumentAt>>,
    /// Each file with its templates written out, once that was asked for to look into it.
    expansions: Vec<OnceLock<Option<Box<Expansion>>>>,
}

/// A template at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TemplateAt<'a> {
    /// The place of its file in the project.
    file: usize,
    /// Its document's root mapping.
    root: yaml::NodeId,
    template: &'a Template,
    owner: Owner<'a>,
}

/// The organisation and project that a document says it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Owner<'a> {
    organisation: Option<&'a str>,
    project: Option<&'a str>,
}

impl<'a> Owner<'a> {
    /// Reads the identifiers beside the name of an entity.
    fn of(tree: &'a Tree, entity: yaml::NodeId) -> Self {
        let text = |key| {
            let text = tree.find(entity, key).and_then(|value| tree.text(value));
            text.filter(|text| !text.is_empty() && !text.contains("<+"))
        };
        Self {
            organisation: text("orgIdentifier"),
            project: text("projectIdentifier"),
        }
    }

    /// Whether the two may be the same: nothing that both say differs.
    fn agrees_with(self, other: Self) -> bool {
        let agree = |a: Option<&str>, b: Option<&str>| a.is_none() || b.is_none() || a == b;
        agree(self.organisation, other.organisation) && agree(self.project, other.project)
    }
}

impl<'a> Project<'a> {
    /// Notes the templates, pipelines and input sets of the files.
    pub fn new(files: Vec<ProjectFile<'a>>) -> Self {
        let names: Vec<&str> = files.iter().map(|file| file.name).collect();
        let mut project = Self {
            homes: choose::homes(&names),
            expansions: files.iter().map(|_| OnceLock::new()).collect(),
            files: Vec::new(),
            templates: HashMap::new(),
            pipelines: HashMap::new(),
            input_sets: HashMap::new(),
        };
        for (at, file) in files.iter().enumerate() {
            for (place, document) in file.documents.iter().enumerate() {
                match &document.kind {
                    DocumentKind::Pipeline(pipeline) => {
                        project.note_pipeline((at, place), *file, document, pipeline);
                    }
                    // What could not be read of a file may be what a reference means.
                    DocumentKind::Template(template) if !file.tree.recovered() => {
                        project.note_template(at, *file, document, template);
                    }
                    DocumentKind::InputSet(set) if !file.tree.recovered() => {
                        if let Some(identifier) = &set.identifier {
                            let known = project.input_sets.entry(&identifier.text).or_default();
                            known.push((at, place));
                        }
                    }
                    _ => {}
                }
            }
        }
        project.files = files;
        project
    }

    /// The same for files that are known to belong together, whatever their places: every use reaches every template.
    pub fn of_one_repository(files: Vec<ProjectFile<'a>>) -> Self {
        let mut project = Self::new(files);
        for home in &mut project.homes {
            home.join();
        }
        project
    }

    fn note_template(
        &mut self,
        file: usize,
        of: ProjectFile<'a>,
        document: &'a Document,
        template: &'a Template,
    ) {
        let Some(identifier) = &template.identifier else {
            return;
        };
        let known = self.templates.entry(&identifier.text).or_default();
        known.push(TemplateAt {
            file,
            root: document.root,
            template,
            owner: owner(of.tree, document),
        });
    }

    fn note_pipeline(
        &mut self,
        (file, place): (usize, usize),
        of: ProjectFile<'a>,
        document: &'a Document,
        pipeline: &'a Pipeline,
    ) {
        let root = pipeline.nodes.first();
        let Some(identifier) = root.and_then(|root| root.identifier.as_ref()) else {
            return;
        };
        let known = self.pipelines.entry(&identifier.text).or_default();
        known.push(PipelineAt {
            file,
            document: place,
            owner: owner(of.tree, document),
        });
    }
}

/// Who owns the entity of a document: the identifiers stand in the mapping under its first key.
fn owner<'a>(tree: &'a Tree, document: &Document) -> Owner<'a> {
    let entity = ["pipeline", "template", "inputSet", "overlayInputSet"]
        .iter()
        .find_map(|key| tree.find(document.root, key));
    entity.map_or_else(Owner::default, |entity| Owner::of(tree, entity))
}

/// A use of a template as it is looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'w> {
    /// The kind of node that uses it.
    pub(crate) kind: NodeKind,
    /// `templateRef`
    pub(crate) reference: Option<&'w Located>,
    /// `versionLabel`
    pub(crate) version: Option<&'w Located>,
    /// Whether the use names a branch of the repository, which may hold another text.
    pub(crate) names_branch: bool,
}
