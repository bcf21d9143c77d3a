//! The values of input sets, read in the pipeline they are for.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_model::{Document, DocumentKind, InputSet, Pipeline, Site};
use pipewright_source::{FileId, Span};
use pipewright_syntax::is_runtime_input;
use pipewright_yaml::Tree;

use super::children::ChildName;
use super::{DocumentAt, LookUps, Project, merge_input_sets};
use crate::{Resolution, Texts, analyse_with};

/// The values of an input set in the places of the runtime inputs that they fill.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct InputValues {
    /// The file of the pipeline that the values are for.
    pub file: FileId,
    /// The tree of that file with the values in it and its templates written out.
    pub tree: Arc<Tree>,
    /// The pipeline in that tree.
    pub pipeline: Arc<Pipeline>,
    /// What becomes of its references.
    pub resolution: Arc<Resolution>,
    /// The references that stand in values: of each its place among those of the pipeline, and its site in the tree of
    /// the input set.
    pub references: Vec<(usize, Site)>,
}

impl Project {
    /// The values of the input set that a document of a file is, read in its pipeline. `None` where it is none, no
    /// value holds an expression, or the pipeline is not at hand. What is looked up is noted in `asked`.
    ///
    /// Takes time about linear in the size of the pipeline with its templates.
    pub fn input_values(
        &self,
        at: DocumentAt,
        texts: &Texts,
        asked: &mut LookUps,
    ) -> Option<InputValues> {
        let (tree, document) = (self.tree(at), self.document(at));
        let DocumentKind::InputSet(set) = &document.kind else {
            return None;
        };
        let values = with_expressions(tree, set);
        if values.is_empty() {
            return None;
        }
        let identity = self.identity(at);
        let named = ChildName {
            identifier: identity.identifier?,
            owner: identity.owner,
        };
        let user = self.child(at.0, named, asked)?;
        let of_pipeline = &self.file(user.0).tree;
        let merged = merge_input_sets(of_pipeline, self.document(user), &[(tree, document)]);
        let whole = self.expand_tree(user.0, &merged.tree, &merged.documents);
        asked.extend(&whole.asked);
        let pipeline = whole.documents.get(user.1).and_then(Document::pipeline)?;
        let loops = (self.count_loops)(&whole.tree, pipeline);
        let resolution = analyse_with(&whole.tree, pipeline, texts, loops);
        let in_values = resolution.references.iter().enumerate();
        let references = in_values.filter_map(|(place, reference)| {
            let site = &pipeline.sites[reference.site];
            let own = values.get(&whole.tree.span(site.yaml))?;
            let mut site = site.clone();
            site.yaml = own.yaml;
            Some((place, site))
        });
        Some(InputValues {
            file: of_pipeline.file(),
            references: references.collect(),
            pipeline: Arc::clone(pipeline),
            resolution: Arc::new(resolution),
            tree: Arc::clone(&whole.tree),
        })
    }
}

/// The values of an input set that hold expressions beside runtime inputs, by where they are written.
fn with_expressions<'s>(tree: &Tree, set: &'s InputSet) -> HashMap<Span, &'s Site> {
    let sites = set.values.iter().flat_map(|values| &values.sites);
    let holds_some = |site: &&Site| {
        let text = tree.text(site.yaml).unwrap_or_default();
        text.contains("<+") && !is_runtime_input(text)
    };
    let with_expressions = sites.filter(holds_some);
    with_expressions
        .map(|site| (tree.span(site.yaml), site))
        .collect()
}
