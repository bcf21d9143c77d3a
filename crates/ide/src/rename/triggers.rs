//! What triggers at hand name of the pipeline they start: its stages, and in the YAML text of their inputs whatever
//! they give a value.

use pipewright_analysis::Snapshot;
use pipewright_model::DocumentKind;
use pipewright_resolve::counterpart;
use pipewright_source::{FileId, Span, TextRange};
use pipewright_yaml::{NodeId, Tree, parse};

use super::RenameError;
use super::subject::Subject;
use crate::DeclarationKind;
use crate::cursor::content;

/// Where triggers name the subject.
pub(super) fn find(snapshot: &Snapshot, subject: &Subject) -> Result<Vec<Span>, RenameError> {
    let mut found = Vec::new();
    for declared in &subject.declared {
        for (asking, pipeline) in pipelines(snapshot, declared.file) {
            let identifier = asking.find(pipeline, "identifier");
            let Some(identifier) = identifier.and_then(|of| asking.text(of)) else {
                continue;
            };
            for (_, id) in snapshot.ids() {
                let Some(tree) = snapshot.tree(id) else {
                    continue;
                };
                for trigger in triggers(tree) {
                    let starts = tree.find(trigger, "pipelineIdentifier");
                    if starts.and_then(|starts| tree.text(starts)) != Some(identifier) {
                        continue;
                    }
                    if subject.kind == DeclarationKind::Stage {
                        found.extend(stages(tree, trigger, &subject.name));
                    }
                    let asks = (asking, pipeline, *declared);
                    found.extend(in_inputs(asks, tree, trigger)?);
                }
            }
        }
    }
    Ok(found)
}

fn pipelines(snapshot: &Snapshot, file: FileId) -> Vec<(&Tree, NodeId)> {
    let (Some(tree), Some(documents)) = (snapshot.tree(file), snapshot.documents(file)) else {
        return Vec::new();
    };
    let of_pipelines = documents
        .iter()
        .filter(|of| matches!(of.kind, DocumentKind::Pipeline(_)));
    let mappings = of_pipelines.filter_map(|of| tree.find(of.root, "pipeline"));
    mappings.map(|mapping| (&**tree, mapping)).collect()
}

fn triggers(tree: &Tree) -> impl Iterator<Item = NodeId> {
    let roots = tree.roots().iter();
    roots.filter_map(|root| tree.find(*root, "trigger"))
}

/// The stages that a trigger chooses.
fn stages(tree: &Tree, trigger: NodeId, name: &str) -> Vec<Span> {
    let list = tree.find(trigger, "stagesToExecute");
    let items = list.map_or(&[][..], |list| tree.items(list)).iter();
    let meant = items.filter(|item| tree.text(**item) == Some(name));
    meant.map(|item| content(tree, *item)).collect()
}

/// The name in the YAML text of the inputs.
fn in_inputs(
    (asking, pipeline, declared): (&Tree, NodeId, Span),
    tree: &Tree,
    trigger: NodeId,
) -> Result<Option<Span>, RenameError> {
    let Some(scalar) = tree.find(trigger, "inputYaml") else {
        return Ok(None);
    };
    let inner = parse(tree.file(), tree.text(scalar).unwrap_or(""));
    let given = inner
        .roots()
        .iter()
        .find_map(|root| inner.find(*root, "pipeline"));
    let found = given.and_then(|given| counterpart((asking, pipeline, declared), (&inner, given)));
    let Some(found) = found else {
        return Ok(None);
    };
    let range: TextRange = content(&inner, found).range;
    match tree.ranges_of(scalar, range).as_slice() {
        [only] => Ok(Some(*only)),
        _ => Err(RenameError::NotWritten(tree.span(scalar))),
    }
}
