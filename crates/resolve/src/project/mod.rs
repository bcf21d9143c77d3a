//! Several files as one: which template a use means, pipelines with their templates written out, and input sets on
//! their pipeline (`spec/model.md` §1.4, §1.5).
//!
//! The platform writes templates out before it looks at anything else, so the same is done here, on the YAML: an
//! [`Expansion`] is a tree in which the content of templates stands where they are used, and every node keeps the file
//! and bytes it was written in. What is read from it (stages, groups, steps, references) needs no knowledge of
//! templates.

mod child_inputs;
mod children;
mod choose;
mod counterpart;
mod expand;
mod given_inputs;
mod input_sets;
mod input_values;
mod merge;
mod overlay;
mod runs;
mod unresolved_inputs;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use pipewright_model::{Document, DocumentKind, Located, NodeKind, Pipeline, YamlVersion};
use pipewright_yaml::{self as yaml, Tree};

pub use children::Child;
pub use choose::{Home, Opaque};
pub use counterpart::counterpart;
pub use expand::{Expansion, OpaqueUse, Use, Uses};
pub use given_inputs::{GivenInput, GivenInputs, InputFit, Receiver};
pub use input_sets::{Merged, merge_input_sets};
pub use input_values::InputValues;
pub use overlay::NoInputSet;
pub use runs::ChildRun;

use crate::Loops;
use choose::homes;

/// One file of a project.
#[derive(Clone, Debug)]
pub struct ProjectFile {
    /// Its name with `/` between directories, relative to the same directory for all files of a project.
    pub name: Arc<str>,
    /// Its tree. Every file of a project has a file id of its own.
    pub tree: Arc<Tree>,
    /// What was read from the tree.
    pub documents: Arc<[Document]>,
    /// Whether it is known to belong to all others, whatever its place: it reaches every template, and every use
    /// reaches its templates.
    pub is_joined: bool,
}

/// A document of a project: the place of its file, and its place in that file.
pub type DocumentAt = (usize, usize);

/// The templates, pipelines and input sets of a set of files, by identifier.
#[derive(Debug)]
pub struct Project {
    files: Vec<ProjectFile>,
    /// Where each file belongs, in the order of `files`.
    homes: Vec<Home>,
    templates: HashMap<Box<str>, Vec<DocumentAt>>,
    pipelines: HashMap<Box<str>, Vec<DocumentAt>>,
    input_sets: HashMap<Box<str>, Vec<DocumentAt>>,
    /// Each file with its templates written out, once that was asked for.
    expansions: Vec<OnceLock<Option<Arc<Expansion>>>>,
    count_loops: CountLoops,
}

/// How the loops of a pipeline are counted, which was read from the tree.
pub type CountLoops = fn(&Arc<Tree>, &Arc<Pipeline>) -> Loops;

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

/// The loops whose lists and numbers are written.
fn written_loops(tree: &Arc<Tree>, pipeline: &Arc<Pipeline>) -> Loops {
    Loops::new(tree, pipeline)
}

impl Project {
    /// Notes the templates, pipelines and input sets of the files.
    pub fn new(files: Vec<ProjectFile>) -> Self {
        let mut project = Self {
            homes: homes(&files),
            expansions: files.iter().map(|_| OnceLock::new()).collect(),
            files: Vec::new(),
            templates: HashMap::new(),
            pipelines: HashMap::new(),
            input_sets: HashMap::new(),
            count_loops: written_loops,
        };
        for (at, file) in files.iter().enumerate() {
            for (place, document) in file.documents.iter().enumerate() {
                let Some((role, identifier)) = role(document) else {
                    continue;
                };
                // What could not be read of a file may be what a reference means.
                let known = match role {
                    Role::Pipeline => &mut project.pipelines,
                    _ if file.tree.recovered() => continue,
                    Role::Template => &mut project.templates,
                    Role::InputSet => &mut project.input_sets,
                };
                known
                    .entry(identifier.into())
                    .or_default()
                    .push((at, place));
            }
        }
        project.files = files;
        project
    }

    /// The same project with the loops of children and of pipelines with input sets counted in another way than off
    /// their lists and numbers: what an expression in their place comes to, only the engine tells.
    #[must_use]
    pub fn counting_loops(mut self, count: CountLoops) -> Self {
        self.count_loops = count;
        self
    }

    /// Where the file at that place belongs.
    pub fn home(&self, file: usize) -> &Home {
        &self.homes[file]
    }

    /// The file at that place.
    pub fn file(&self, file: usize) -> &ProjectFile {
        &self.files[file]
    }

    /// Takes over what is known to be the file at that place with its templates written out. Does nothing where that
    /// was asked for before.
    pub fn keep(&self, file: usize, expansion: Option<Arc<Expansion>>) {
        // The one that is there was made from the same files.
        let _ = self.expansions[file].set(expansion);
    }

    fn document(&self, (file, document): DocumentAt) -> &Document {
        &self.files[file].documents[document]
    }

    fn tree(&self, (file, _): DocumentAt) -> &Tree {
        &self.files[file].tree
    }

    /// Who owns a document.
    fn owner(&self, at: DocumentAt) -> Owner<'_> {
        owner(self.tree(at), self.document(at))
    }
}

/// What others look a document up as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Role {
    /// Used by nodes of its kind.
    Template,
    /// Run by chained stages.
    Pipeline,
    /// Put on a pipeline.
    InputSet,
}

/// What a document is to others, and the identifier they look it up by.
pub fn role(document: &Document) -> Option<(Role, &str)> {
    // Nothing shows that the two formats find each other by identifiers.
    if document.version == YamlVersion::V1 {
        return None;
    }
    let (role, identifier) = match &document.kind {
        DocumentKind::Pipeline(pipeline) => (Role::Pipeline, &pipeline.nodes.first()?.identifier),
        DocumentKind::Template(template) => (Role::Template, &template.identifier),
        DocumentKind::InputSet(set) => (Role::InputSet, &set.identifier),
        DocumentKind::OverlayInputSet(_) => return None,
    };
    Some((role, &identifier.as_ref()?.text))
}

/// What was looked up, found or not: an answer holds until a file with one of these documents changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LookUps(BTreeSet<(Role, Box<str>)>);

impl LookUps {
    /// Notes one more.
    pub fn note(&mut self, role: Role, identifier: &str) {
        self.0.insert((role, identifier.into()));
    }

    /// Notes those of an answer that this one rests on.
    pub fn extend(&mut self, others: &Self) {
        self.0.extend(others.0.iter().cloned());
    }

    /// Whether one of the documents was looked up.
    pub fn contain_any(&self, changed: &Self) -> bool {
        !self.0.is_disjoint(&changed.0)
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
    /// The branch of the repository that the use names, which may hold another text.
    pub(crate) branch: Option<&'w str>,
}
