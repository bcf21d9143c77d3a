//! The pipelines that chained stages run, and what the outputs of such stages read of them (`spec/model.md` §4).
//!
//! The values of a chained stage's outputs are evaluated when the child has run, as its pipeline: nothing of the parent
//! is there, and of the child everything that has run.
//!
//! A child is taken only where nothing speaks against it. It has the identifier that the stage names, and nothing it
//! says of its organisation and project differs from what the stage names. One that says both is the one wherever it
//! stands, unless there are several; one that does not must belong to the same repository, and of several the nearest
//! is taken. Harness refuses children that chain further pipelines, so nothing is said of those.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use pipewright_model::{Document, Moment, Node, NodeId, Pipeline, Site, SiteKind};
use pipewright_yaml::Tree;

use super::choose::nearest as nearest_file;
use super::{DocumentAt, LookUps, Owner, Project, Role, owner};
use crate::tables::Tables;
use crate::{Loops, Reference, Resolution};

/// A pipeline of a project that stages of another one run, and what the outputs of these stages read of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Child {
    /// The tree of its file, in which the templates at hand are written out.
    pub tree: Arc<Tree>,
    /// The pipeline.
    pub pipeline: Arc<Pipeline>,
    /// Names and order of the pipeline, and the references in the outputs. Each reads at the root of this pipeline, but
    /// its site is the place of one in the *parent*, where its text stands. There are no texts.
    pub resolution: Resolution,
    /// Which of the parent's references each of them is.
    pub places: Vec<usize>,
}

/// A pipeline as a chained stage names it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct ChildName<'a> {
    pub(super) identifier: &'a str,
    pub(super) owner: Owner<'a>,
}

impl<'a> ChildName<'a> {
    /// What a stage names; what it leaves out is that of its own pipeline. `None` for other nodes, and where an
    /// expression or a branch of the repository decides.
    pub(super) fn by(tree: &'a Tree, stage: &Node, user: Owner<'a>) -> Option<Self> {
        let spec = tree.find(stage.yaml, "spec")?;
        if !stage.is_chained() || tree.find(spec, "gitBranch").is_some() {
            return None;
        }
        let text = |value| tree.text(value).filter(|text| !text.contains("<+"));
        let named = |key, default| match tree.find(spec, key) {
            Some(value) => text(value).map(Some),
            None => Some(default),
        };
        Some(Self {
            identifier: text(tree.find(spec, "pipeline")?)?,
            owner: Owner {
                organisation: named("org", user.organisation)?,
                project: named("project", user.project)?,
            },
        })
    }
}

impl Project {
    /// The pipelines at hand that the chained stages of a document run, each once, if something in the stages' outputs
    /// reads of them.
    ///
    /// The document was read from `tree`, which is that of the file or was made from it; `resolution` tells what became
    /// of its references. What is looked up is noted in `asked`. Takes time about linear in the sizes of the document
    /// and the children.
    pub fn children(
        &self,
        file: usize,
        (tree, document): (&Tree, &Document),
        resolution: &Resolution,
        asked: &mut LookUps,
    ) -> Vec<Child> {
        let Some(pipeline) = document.pipeline() else {
            return Vec::new();
        };
        let is_output = |read: &Reference| pipeline.sites[read.site].kind == SiteKind::ChildOutput;
        self.by_child(file, (tree, document), resolution, is_output, asked)
            .into_iter()
            .filter_map(|(at, places)| {
                let (tree, pipeline) = self.written_out(at, asked)?;
                let loops = (self.count_loops)(tree, pipeline);
                Some(Child::new((tree, pipeline, loops), resolution, places))
            })
            .collect()
    }

    /// The places of the wanted references, all of chained stages, by the file and document of the pipeline that their
    /// stage runs. Those of stages whose pipeline is not at hand are left out.
    pub(super) fn by_child(
        &self,
        file: usize,
        (tree, document): (&Tree, &Document),
        resolution: &Resolution,
        wanted: impl Fn(&Reference) -> bool,
        asked: &mut LookUps,
    ) -> BTreeMap<DocumentAt, Vec<usize>> {
        let mut by_stage: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
        for (place, reference) in resolution.references.iter().enumerate() {
            if wanted(reference) {
                by_stage.entry(reference.reader).or_default().push(place);
            }
        }
        let Some(pipeline) = document.pipeline() else {
            return BTreeMap::new();
        };
        let user = owner(tree, document);
        let mut known: HashMap<ChildName<'_>, Option<DocumentAt>> = HashMap::new();
        let mut by_child: BTreeMap<DocumentAt, Vec<usize>> = BTreeMap::new();
        for (stage, places) in by_stage {
            let Some(named) = ChildName::by(tree, pipeline.node(stage), user) else {
                continue;
            };
            let child = known.entry(named);
            if let Some(found) = child.or_insert_with(|| self.child(file, named, asked)) {
                by_child.entry(*found).or_default().extend(places);
            }
        }
        by_child
    }

    /// The pipeline that a chained stage in `file` names.
    pub(super) fn child(
        &self,
        file: usize,
        named: ChildName<'_>,
        asked: &mut LookUps,
    ) -> Option<DocumentAt> {
        let ChildName { identifier, owner } = named;
        asked.note(Role::Pipeline, identifier);
        let known = self.pipelines.get(identifier)?.iter();
        let known = known.map(|at| (at.0, *at));
        let says_so = |(_, at): &(usize, DocumentAt)| {
            owner.organisation.is_some() && owner.project.is_some() && self.owner(*at) == owner
        };
        let sure: Vec<(usize, DocumentAt)> = known.clone().filter(says_so).collect();
        if let [(_, only)] = sure.as_slice() {
            return Some(*only);
        }
        let fitting = known.filter(|(_, at)| self.owner(*at).agrees_with(owner));
        if sure.is_empty() {
            nearest_file(&self.homes, file, fitting).ok()
        } else {
            nearest_file(&self.homes, file, sure.into_iter()).ok()
        }
    }

    /// A pipeline with its templates written out. `None` where it is not known as a whole, or Harness refuses it as a
    /// child.
    pub(super) fn written_out(
        &self,
        (file, document): DocumentAt,
        asked: &mut LookUps,
    ) -> Option<(&Arc<Tree>, &Arc<Pipeline>)> {
        let own = &self.files[file];
        if own.tree.recovered() {
            return None;
        }
        let (tree, documents) = match self.expansion(file) {
            Some(expansion) => {
                asked.extend(&expansion.asked);
                (&expansion.tree, &expansion.documents)
            }
            None => (&own.tree, &own.documents),
        };
        let pipeline = documents.get(document)?.pipeline()?;
        let chains = pipeline.nodes.iter().any(Node::is_chained);
        (!chains).then_some((tree, pipeline))
    }
}

impl Child {
    /// Decides the references of the parent that stand at `places`.
    fn new(
        (tree, pipeline, loops): (&Arc<Tree>, &Arc<Pipeline>, Loops),
        parent: &Resolution,
        mut places: Vec<usize>,
    ) -> Self {
        places.sort_unstable();
        let tables = Tables::new(tree, pipeline, loops);
        let root = Pipeline::ROOT;
        let site = Site::of_node(pipeline, root, SiteKind::ChildOutput, Moment::Ended);
        let decided = places.iter().map(|place| {
            let read = &parent.references[*place];
            let (verdict, loops) = tables.at(&site).decide(&read.segments);
            Reference {
                reader: root,
                loops,
                verdict,
                ..read.clone()
            }
        });
        let mut references: Vec<Reference> = decided.collect();
        tables.suggest(&mut references, |_| &site);
        Self {
            resolution: Resolution {
                texts: Vec::new(),
                references,
                order: tables.order,
                names: tables.names,
                loops: tables.index.loops,
            },
            tree: Arc::clone(tree),
            pipeline: Arc::clone(pipeline),
            places,
        }
    }
}
