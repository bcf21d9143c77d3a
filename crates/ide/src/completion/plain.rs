//! What can be written outside of expressions: rules in comments, templates at hand, types.

use pipewright_analysis::Snapshot;
use pipewright_lint::rules;
use pipewright_model::catalogue::{stage_types, step_types};
use pipewright_model::{DocumentKind, Template};
use pipewright_source::{Edit, FileId, Span, TextRange};
use pipewright_yaml::{NodeId, Tree};

use super::keys::{key_column, way};
use super::{Completion, CompletionKind};
use crate::DeclarationKind;
use crate::cursor::{content, touches};

/// What begins the list of rules in a comment.
const IGNORE: &str = "pipewright: ignore";

/// The rules that a comment at the cursor can name.
pub(super) fn in_comment(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Completion> {
    let (Some(tree), Some(source)) = (snapshot.tree(file), snapshot.source(file)) else {
        return Vec::new();
    };
    let mut comments = tree.comments().iter();
    let around = comments.find(|of| of.range.start() < offset && offset <= of.range.end());
    let before = around.map(|of| TextRange::new(of.range.start(), offset).slice(source.text()));
    let Some((_, list)) = before.and_then(|before| before.split_once(IGNORE)) else {
        return Vec::new();
    };
    let Some((_, list)) = list.split_once('[').filter(|(_, list)| !list.contains(']')) else {
        return Vec::new();
    };
    let written = list.rsplit(',').next().unwrap_or(list).trim_start();
    let start = offset - u32::try_from(written.len()).unwrap_or(0);
    let span = Span::new(file, TextRange::new(start, offset));
    let rules = rules().iter().map(|rule| rule.name);
    let rules = rules.map(|name| completion(name, CompletionKind::Rule, String::new(), span));
    rules.collect()
}

/// What can stand in the place of a scalar, by its key: the templates at hand, their versions, types of stages and
/// steps.
pub(super) fn of_key(
    snapshot: &Snapshot,
    tree: &Tree,
    scalar: NodeId,
    offset: u32,
) -> Vec<Completion> {
    let Some(around) = Around::find(tree, scalar, offset) else {
        return Vec::new();
    };
    let whole = content(tree, scalar);
    let start = whole.range.start().min(offset);
    let span = Span::new(whole.file, TextRange::new(start, offset));
    around.values(snapshot, tree, span)
}

/// The same where nothing stands behind the key yet.
pub(super) fn behind_key(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Completion> {
    let (Some(tree), Some(source)) = (snapshot.tree(file), snapshot.source(file)) else {
        return Vec::new();
    };
    let before = source.text().get(..offset as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let is_behind = before[line..].trim_end_matches(' ').ends_with(':');
    let links = is_behind.then(|| way(tree, line + key_column(&before[line..])));
    let links = links.flatten().unwrap_or_default();
    let [.., wrapper, last] = links.as_slice() else {
        return Vec::new();
    };
    let around = Around {
        key: last.key,
        mapping: last.mapping,
        wrapper: Some(wrapper.key),
    };
    let span = Span::new(file, TextRange::empty(offset));
    around.values(snapshot, tree, span)
}

impl Around<'_> {
    /// What can stand behind the key, written in the place of a span.
    fn values(&self, snapshot: &Snapshot, tree: &Tree, span: Span) -> Vec<Completion> {
        match (self.key, self.wrapper) {
            ("templateRef", _) => {
                let of_each = templates(snapshot).filter_map(|template| {
                    let identifier = template.identifier.as_ref()?;
                    let of_type = template.type_name.as_ref().map_or("", |of| &of.text);
                    Some(completion(
                        &identifier.text,
                        CompletionKind::Template,
                        of_type.to_owned(),
                        span,
                    ))
                });
                of_each.collect()
            }
            ("versionLabel", _) => {
                let named = tree.find(self.mapping, "templateRef");
                let Some(named) = named.and_then(|named| tree.text(named)) else {
                    return Vec::new();
                };
                // A template of the organisation or account is named with where it belongs in front.
                let named = named.rsplit('.').next().unwrap_or(named);
                let versions = templates(snapshot).filter_map(|template| {
                    let is_it = template
                        .identifier
                        .as_ref()
                        .is_some_and(|of| *of.text == *named);
                    let version = template.version_label.as_ref().filter(|_| is_it)?;
                    let detail = named.to_owned();
                    let kind = CompletionKind::Version;
                    Some(completion(&version.text, kind, detail, span))
                });
                versions.collect()
            }
            ("barrierRef", Some("spec")) => {
                let own = snapshot.analysis(span.file);
                let pipelines = own.into_iter().flat_map(|own| own.resolved());
                let barriers = pipelines.flat_map(|(pipeline, _)| &pipeline.barriers);
                let named = barriers.filter_map(|barrier| {
                    let detail = barrier.name.as_ref().map_or("", |name| &name.text);
                    let kind = CompletionKind::Declared(DeclarationKind::Barrier);
                    let identifier = &barrier.identifier.as_ref()?.text;
                    Some(completion(identifier, kind, detail.to_owned(), span))
                });
                named.collect()
            }
            ("type", Some("step")) => step_types()
                .map(|of| completion(of.name(), CompletionKind::Type, String::new(), span))
                .collect(),
            ("type", Some("stage")) => stage_types()
                .map(|of| completion(of.name(), CompletionKind::Type, String::new(), span))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// The key of a scalar, and what is around that.
struct Around<'t> {
    key: &'t str,
    mapping: NodeId,
    /// The key of the mapping.
    wrapper: Option<&'t str>,
}

impl<'t> Around<'t> {
    /// Goes down from the document to the scalar at the cursor.
    fn find(tree: &'t Tree, scalar: NodeId, offset: u32) -> Option<Self> {
        let holds = |id: NodeId| touches(tree.span(id), tree.file(), offset);
        let mut node = tree.roots().iter().copied().find(|root| holds(*root))?;
        let mut wrapper = None;
        loop {
            if let Some(item) = tree.items(node).iter().find(|item| holds(**item)) {
                (node, wrapper) = (*item, None);
                continue;
            }
            let entry = tree.entries(node).iter().find(|entry| holds(entry.value))?;
            let key = tree.text(entry.key)?;
            if entry.value == scalar {
                return Some(Self {
                    key,
                    mapping: node,
                    wrapper,
                });
            }
            // An alias is followed nowhere else: the cursor stands in what is written.
            if tree.target(entry.value) != entry.value {
                return None;
            }
            (node, wrapper) = (entry.value, Some(key));
        }
    }
}

fn templates(snapshot: &Snapshot) -> impl Iterator<Item = &Template> {
    let files = snapshot.ids().filter_map(|(_, id)| snapshot.documents(id));
    let documents = files.flat_map(|documents| documents.iter());
    documents.filter_map(|document| match &document.kind {
        DocumentKind::Template(template) => Some(template),
        _ => None,
    })
}

fn completion(label: &str, kind: CompletionKind, detail: String, span: Span) -> Completion {
    Completion {
        label: label.to_owned(),
        kind,
        detail,
        edit: Edit {
            span,
            replacement: label.to_owned(),
        },
    }
}
