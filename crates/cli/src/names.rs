//! Nodes by their names: titles, and what was meant by a name that is not there.

use pipewright_model::{Node, NodeId, NodeKind, Pipeline, catalogue};
use pipewright_resolve::{Instance, Named, Resolution, Suffix, list};
use pipewright_source::closest;
use pipewright_yaml::Tree;

use crate::exit::Failure;
use crate::one_file::OneFile;
use crate::printable::printable;

/// How many nodes of the same identifier an error names.
const MOST_SUGGESTIONS: usize = 3;

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

/// The node that has the name, or that a setting, variable or output of the name belongs to. A looping node may be named by an
/// instance.
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

/// What is said of a name that gives a loop the suffix of no turn.
fn no_iteration(fqn: &str, file: &OneFile) -> Option<String> {
    file.resolved().find_map(|(pipeline, resolution)| {
        let named = Named::find(pipeline, &resolution.loops, fqn)?;
        let instance = without_iteration(&named, resolution)?;
        let identifier = pipeline.node(instance.node).identifier.as_ref()?;
        let iterations = resolution.loops.iterations(instance.node)?;
        Some(format!(
            "`{}` is no suffix of an instance of `{}`, which has {}",
            printable(&instance.suffix),
            printable(&resolution.names.fqn(instance.node)),
            printable(&iterations.in_words(&identifier.text)),
        ))
    })
}

/// The answer to a name that no pipeline of the file has: with those that were probably meant.
pub(crate) fn unknown_name(fqn: &str, file: &OneFile) -> Failure {
    if let Some(message) = no_iteration(fqn, file) {
        return Failure::Message(message);
    }
    let all: Vec<String> = file
        .resolved()
        .flat_map(|(pipeline, resolution)| pipeline.ids().map(|id| resolution.names.fqn(id)))
        .collect();
    let near = meant_by(fqn, &all);
    let quoted: Vec<String> = near
        .iter()
        .map(|name| format!("`{}`", printable(name)))
        .collect();
    let hint = match quoted.as_slice() {
        [] => "`pipewright fqn FILE` lists the names".to_owned(),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    let fqn = printable(fqn);
    Failure::Message(format!(
        "there is no pipeline, stage, group or step called `{fqn}`; {hint}"
    ))
}

/// The name that was probably meant by one that no pipeline of the file offers; `None` where it is offered, or nothing is near.
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

/// The names of nodes that were probably meant by one: those that it leads to as a relative path, those with the same last part,
/// or the closest one.
fn meant_by(fqn: &str, nodes: &[String]) -> Vec<String> {
    let near = led_to_by(fqn, nodes);
    if !near.is_empty() {
        return near;
    }
    let last = fqn.rsplit('.').next().unwrap_or(fqn);
    let same_last = nodes
        .iter()
        .filter(|name| name.rsplit('.').next() == Some(last))
        .take(MOST_SUGGESTIONS);
    let near: Vec<String> = same_last.cloned().collect();
    if !near.is_empty() {
        return near;
    }
    let closest = closest(fqn, nodes.iter().map(String::as_str));
    closest.into_iter().map(str::to_owned).collect()
}

/// The names that a path may lead to from somewhere: as much of its beginning as possible is the end of one of `names`.
fn led_to_by(path: &str, names: &[String]) -> Vec<String> {
    let ends = path.match_indices('.').map(|(at, _)| at);
    let ends = ends.chain([path.len()]).rev();
    let near = ends.map(|end| {
        let (start, rest) = path.split_at(end);
        let is_path = start.contains('.');
        let leads_to = |name: &&String| {
            let before = name.strip_suffix(start);
            is_path && before.is_some_and(|before| before.ends_with('.'))
        };
        let near = names.iter().filter(leads_to).take(MOST_SUGGESTIONS);
        near.map(|name| format!("{name}{rest}")).collect()
    });
    let mut near = near.filter(|near: &Vec<String>| !near.is_empty());
    near.next().unwrap_or_default()
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

/// Whether a pipeline that a chained stage of the file runs may have the name, and no pipeline of the file offers it itself.
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
