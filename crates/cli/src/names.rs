//! Nodes by their names: titles, and what was meant by a name that is not there.

use pipewright_context::led_to_by;
use pipewright_model::{Node, NodeId, NodeKind, Pipeline, catalogue};
use pipewright_resolve::{
    Instance, Name, NameKind, Named, POSTFIX, Position, Resolution, Suffix, Verdict, list,
};
use pipewright_source::{Span, closest};
use pipewright_yaml::Tree;

use crate::exit::Failure;
use crate::one_file::OneFile;
use crate::place::line_column;
use crate::printable::printable;

/// The word for a kind of node.
pub(crate) const fn noun(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Pipeline => "pipeline",
        NodeKind::Stage => "stage",
        NodeKind::StepGroup => "step group",
        NodeKind::Step => "step",
    }
}

/// A node in a few words: `step Unit (ShellScript)`.
pub(crate) fn title(node: &Node) -> String {
    let named = node.identifier.as_ref().or(node.name.as_ref());
    let named = named.map_or_else(String::new, |name| format!(" {}", name.text));
    let type_name = node.type_name.as_ref();
    let type_name = type_name.map_or_else(String::new, |name| format!(" ({})", name.text));
    format!("{}{named}{type_name}", noun(node.kind))
}

/// The node that has the name, or that a setting, variable or output of the name belongs to. A looping node may be
/// named by an instance.
pub(crate) fn node_called(
    fqn: &str,
    tree: &Tree,
    pipeline: &Pipeline,
    resolution: &Resolution,
) -> Option<NodeId> {
    let names = &resolution.names;
    let instance = || {
        Named::find(pipeline, &resolution.loops, fqn)
            .filter(|named| {
                named.below.is_empty() && without_iteration(named, resolution).is_none()
            })
            .map(|named| named.node)
    };
    names.find(fqn).or_else(instance).or_else(|| {
        let mut members = list(tree, pipeline, names, true).into_iter();
        members.find(|name| name.fqn == fqn).map(|name| name.node)
    })
}

/// The first instance in a name that is that of no turn.
fn without_iteration<'n>(named: &'n Named<'_>, resolution: &Resolution) -> Option<&'n Instance> {
    named.instances.iter().find(|instance| {
        resolution.loops.suffix(instance.node, &instance.suffix) == Suffix::NoIteration
    })
}

/// The fully qualified name that a text means: itself, or that of the only node with an identifier, or of what stands
/// at a line and column.
///
/// # Errors
/// When several nodes have the identifier, or nothing stands there.
pub(crate) fn meant_by(text: &str, file: &OneFile) -> Result<String, Failure> {
    if line_column(text).is_some() {
        let (number, prepared, place) = file.find(text)?;
        let name = name_at(text, number, file);
        return Ok(name.unwrap_or_else(|| prepared.pipeline().name_of(&place)));
    }
    let is_identifier = |(pipeline, _): (&Pipeline, &Resolution)| {
        let named = pipeline.nodes.iter().skip(1);
        let mut identifiers = named.filter_map(|node| Some(&*node.identifier.as_ref()?.text));
        identifiers.any(|identifier| text.starts_with(plain(identifier)))
    };
    if text.contains('.') || !file.resolved().any(is_identifier) {
        return Ok(text.to_owned());
    }
    let (_, prepared, place) = file.find(text)?;
    Ok(prepared.pipeline().name_of(&place))
}

/// An identifier without the postfix that may be written behind it.
fn plain(identifier: &str) -> &str {
    identifier.strip_suffix(POSTFIX).unwrap_or(identifier)
}

/// The name whose value stands at a line and column, in one of the pipelines of the file.
fn name_at(at: &str, number: usize, file: &OneFile) -> Option<String> {
    let id = file.files.first();
    let offset = file.files.offset(at)?;
    let (pipeline, resolution) = file.resolved().nth(number)?;
    let names = list(file.tree(), pipeline, &resolution.names, false);
    let is_there = |name: &Name| {
        let span = name.span.filter(|span| span.file == id);
        let of_value = !name.parts.is_empty();
        of_value && span.is_some_and(|span| covers(span, offset))
    };
    // Of several the innermost: what holds others is listed before them.
    let declared = || {
        let mut nodes = pipeline.nodes.iter().flat_map(|node| &node.variables);
        nodes.find(|variable| variable.span.file == id && covers(variable.span, offset))
    };
    let innermost = names.iter().rev().find(|name| is_there(name));
    let name = innermost.or_else(|| {
        let declared = declared()?.span;
        let is_declared = |name: &&Name| {
            let span = name.span.filter(|span| span.file == id);
            let is_inside = span.is_some_and(|span| covers(declared, span.range.start()));
            name.kind == NameKind::Variable && is_inside
        };
        names.iter().find(is_declared)
    });
    name.map(|name| name.fqn.clone())
}

/// Where the setting stands that a text names, in one of the pipelines of the file: at a line and column the scalar
/// there.
pub(crate) fn setting_at(at: &str, number: usize, file: &OneFile) -> Option<Span> {
    let (pipeline, resolution) = file.resolved().nth(number)?;
    let tree = file.tree();
    if let Some(offset) = file.files.offset(at) {
        let id = file.files.first();
        let mut scalars = pipeline.sites.iter().map(|site| tree.span(site.yaml));
        return scalars.find(|span| span.file == id && covers(*span, offset));
    }
    let names = list(tree, pipeline, &resolution.names, false);
    names.into_iter().find(|name| name.fqn == at)?.span
}

fn covers(span: Span, offset: u32) -> bool {
    span.range.start() <= offset && offset <= span.range.end()
}

/// The answer to a name that no pipeline of the file has: with those that were probably meant.
pub(crate) fn unknown_name(fqn: &str, file: &OneFile) -> Failure {
    match file.find(fqn) {
        Err(failure) => failure,
        // Only a name that begins as one of a node does comes here, and it has no such node.
        Ok(_) => Failure::Message(format!("nothing is called `{}`", printable(fqn))),
    }
}

/// Whether surely no pipeline of the file has such a name.
pub(crate) fn is_surely_unknown(fqn: &str, file: &OneFile) -> bool {
    file.resolved().all(|(pipeline, resolution)| {
        let root = Position::new(file.tree(), pipeline, resolution, Pipeline::ROOT);
        match root.verdict(fqn) {
            Verdict::Undefined(_) | Verdict::UnknownRoot => true,
            Verdict::NoInstance(missing) => missing.suffixed,
            _ => false,
        }
    })
}

/// The name that was probably meant by one that no pipeline of the file offers; `None` where it is offered, or nothing
/// is near.
pub(crate) fn near_name(fqn: &str, file: &OneFile) -> Option<String> {
    let mut all = Vec::new();
    for (pipeline, resolution) in file.resolved() {
        if node_called(fqn, file.tree(), pipeline, resolution).is_some() {
            return None;
        }
        let names = list(file.tree(), pipeline, &resolution.names, true);
        all.extend(names.into_iter().map(|name| name.fqn));
    }
    if let Some(name) = led_to_by(fqn, &all).into_iter().next() {
        return Some(name);
    }
    let (parent, last) = fqn.rsplit_once('.')?;
    let siblings = all.iter().filter_map(|name| {
        let (other, last) = name.rsplit_once('.')?;
        (other == parent).then_some(last)
    });
    closest(last, siblings).map(|near| format!("{parent}.{near}"))
}

/// Whether some pipeline of the file may have the name, or it begins with a root that only a run knows.
pub(crate) fn may_exist(fqn: &str, file: &OneFile) -> bool {
    let first = fqn.split('.').next().unwrap_or(fqn);
    let is_node = ["pipeline", "stage", "stepGroup", "step"].contains(&first);
    let mut resolved = file.resolved();
    if is_node {
        resolved.any(|(pipeline, resolution)| may_have(fqn, pipeline, resolution))
    } else {
        catalogue::root(first).is_some()
    }
}

/// Whether a pipeline that a chained stage of the file runs may have the name, and no pipeline of the file offers it
/// itself.
pub(crate) fn is_of_child(fqn: &str, file: &OneFile) -> bool {
    let mut resolved = file.resolved();
    let offered = |(pipeline, resolution): (&Pipeline, &Resolution)| {
        node_called(fqn, file.tree(), pipeline, resolution).is_some()
    };
    let mut children = file.children().flatten();
    children.any(|child| may_have(fqn, &child.pipeline, &child.resolution))
        && !resolved.any(offered)
}

/// Whether the pipeline has the name, or a node around it that may have it: it does not stand in a list that is known.
fn may_have(fqn: &str, pipeline: &Pipeline, resolution: &Resolution) -> bool {
    let Some(named) = Named::find(pipeline, &resolution.loops, fqn) else {
        return false;
    };
    let mut lists = pipeline.node(named.node).sections.iter();
    let in_known_list = lists.any(|section| {
        let list = section.path.join(".");
        let rest = named.below.strip_prefix(&*list);
        rest.is_some_and(|rest| rest.starts_with('.'))
    });
    !in_known_list && without_iteration(&named, resolution).is_none()
}
