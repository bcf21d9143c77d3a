//! From the YAML tree to documents.

mod failure;
mod fields;
mod kinds;
mod sites;
mod strategy;
mod structure;
mod targets;
mod version;

use std::sync::Arc;

use pipewright_yaml::{self as yaml, Tree};

use crate::{Document, DocumentKind, InputSet, NodeKind, Pipeline, Template, YamlVersion};

/// The documents of a file that Pipewright checks: mappings with a mapping under `pipeline`, `template`, `inputSet` or
/// `overlayInputSet`, and those of the newer format. Every other document of the file yields nothing.
///
/// Never fails: what does not have its form is passed over, and its scalars stay sites of the node around it.
///
/// ```
/// use pipewright_model::{Pipeline, documents};
/// use pipewright_source::FileId;
/// let file = "pipeline: {identifier: p, stages: [{stage: {identifier: s, when: {condition: <+a> == 1}}}]}";
/// let tree = pipewright_yaml::parse(FileId(0), file);
/// let documents = documents(&tree);
/// let pipeline = documents[0].pipeline().expect("the document holds a pipeline");
/// let stages = pipeline.node(Pipeline::ROOT).sections[0].nodes();
/// let stage = pipeline.node(stages[0]);
/// assert_eq!(stage.when.as_ref().and_then(|when| when.condition.as_ref()).map(|text| &*text.text), Some("<+a> == 1"));
/// ```
pub fn documents(tree: &Tree) -> Vec<Document> {
    tree.roots()
        .iter()
        .filter_map(|&root| document(tree, root))
        .collect()
}

/// Reads the mapping under an entity's key.
type Read = fn(&Tree, yaml::NodeId) -> DocumentKind;

/// The kinds of document by the key that makes them.
const ENTITIES: [(&str, Read); 4] = [
    ("pipeline", |tree, body| {
        DocumentKind::Pipeline(Arc::new(pipeline(tree, body, NodeKind::Pipeline)))
    }),
    ("template", |tree, body| {
        DocumentKind::Template(template(tree, body))
    }),
    ("inputSet", |tree, body| {
        DocumentKind::InputSet(input_set(tree, body))
    }),
    ("overlayInputSet", |tree, body| {
        DocumentKind::OverlayInputSet(input_set(tree, body))
    }),
];

fn document(tree: &Tree, root: yaml::NodeId) -> Option<Document> {
    let kind = if is_version_1(tree, root) {
        DocumentKind::Version1
    } else {
        ENTITIES.iter().find_map(|(key, read)| {
            let body = fields::mapping(tree, root, key)?;
            Some(read(tree, body))
        })?
    };
    let loose = sites::loose(tree, root, &kind);
    Some(Document {
        span: tree.span(root),
        root,
        kind,
        loose,
    })
}

/// Whether the document has the newer format.
fn is_version_1(tree: &Tree, root: yaml::NodeId) -> bool {
    let version = if let Some(pipeline) = fields::mapping(tree, root, "pipeline") {
        version::of_pipeline(tree, root, pipeline)
    } else if let Some(template) = fields::mapping(tree, root, "template") {
        version::of_template(tree, root, template)
    } else {
        return version::is_input_set(tree, root);
    };
    version == YamlVersion::V1
}

fn pipeline(tree: &Tree, body: yaml::NodeId, kind: NodeKind) -> Pipeline {
    let mut pipeline = structure::read(tree, body, kind);
    pipeline.sites = sites::of_nodes(tree, &pipeline.nodes);
    pipeline
}

fn template(tree: &Tree, body: yaml::NodeId) -> Template {
    let type_name = fields::located(tree, body, "type");
    let kind = match type_name.as_ref().map(|name| &*name.text) {
        Some("Pipeline") => Some(NodeKind::Pipeline),
        Some("Stage") => Some(NodeKind::Stage),
        Some("StepGroup") => Some(NodeKind::StepGroup),
        Some("Step") => Some(NodeKind::Step),
        _ => None,
    };
    let content = kind.zip(fields::mapping(tree, body, "spec"));
    Template {
        identifier: fields::located(tree, body, "identifier"),
        version_label: fields::located(tree, body, "versionLabel"),
        type_name,
        content: content.map(|(kind, spec)| Arc::new(pipeline(tree, spec, kind))),
    }
}

fn input_set(tree: &Tree, body: yaml::NodeId) -> InputSet {
    let values = fields::mapping(tree, body, "pipeline");
    InputSet {
        identifier: fields::located(tree, body, "identifier"),
        pipeline: values,
        values: values.map(|values| pipeline(tree, values, NodeKind::Pipeline)),
    }
}
