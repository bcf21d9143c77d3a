//! From the YAML tree to documents.

mod failure;
mod fields;
mod kinds;
mod sites;
mod strategy;
mod structure;
mod targets;
mod v1;
mod version;

use std::sync::Arc;

use pipewright_yaml::{self as yaml, Tree};

use crate::{Document, DocumentKind, InputSet, NodeKind, Pipeline, Template, YamlVersion};

/// The documents of a file that Pipewright checks: mappings with a mapping under `pipeline`, `template`, `inputSet` or
/// `overlayInputSet`, and the input sets of v1. Every other document of the file yields nothing.
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

/// The document below a root mapping, by the first of the keys that make one.
fn document(tree: &Tree, root: yaml::NodeId) -> Option<Document> {
    let body = |key| fields::mapping(tree, root, key);
    let (version, kind) = if let Some(body) = body("pipeline") {
        let version = version::of_pipeline(tree, root, body);
        let read = match version {
            YamlVersion::V0 => pipeline,
            YamlVersion::V1 => v1::pipeline,
        };
        let pipeline = read(tree, body, NodeKind::Pipeline);
        (version, DocumentKind::Pipeline(Arc::new(pipeline)))
    } else if let Some(body) = body("template") {
        let version = version::of_template(tree, root, body);
        let read = match version {
            YamlVersion::V0 => template,
            YamlVersion::V1 => v1::template,
        };
        (version, DocumentKind::Template(read(tree, body)))
    } else if let Some(body) = body("inputSet") {
        (
            YamlVersion::V0,
            DocumentKind::InputSet(input_set(tree, body)),
        )
    } else if let Some(body) = body("overlayInputSet") {
        (
            YamlVersion::V0,
            DocumentKind::OverlayInputSet(input_set(tree, body)),
        )
    } else {
        (YamlVersion::V1, version::input_set(tree, root)?)
    };
    let loose = sites::loose(tree, root, &kind);
    Some(Document {
        span: tree.span(root),
        root,
        kind,
        version,
        loose,
    })
}

fn pipeline(tree: &Tree, body: yaml::NodeId, kind: NodeKind) -> Pipeline {
    let mut pipeline = structure::read(tree, body, kind);
    pipeline.sites = sites::of_nodes(tree, &pipeline.nodes, |node| {
        let rows = kinds::OfNode::new(node);
        move |_, path| rows.classify(path)
    });
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
