//! The output variables and the inputs of approvers that steps declare.

use std::cell::RefCell;

use foldhash::HashMap;
use pipewright_model::catalogue::{OutputNames, StepType};
use pipewright_yaml::{self as yaml, NodeKind as YamlKind, Tree};

/// Below this a step publishes what it declares.
pub(crate) const OUTPUT_VARIABLES: [&str; 2] = ["output", "outputVariables"];

/// Below this an approval publishes what its approvers were asked for.
pub(crate) const APPROVER_INPUTS: [&str; 2] = ["output", "approverInputs"];

/// The type of steps that ask approvers.
const APPROVAL: &str = "HarnessApproval";

/// The longest list that is looked at. Longer ones are taken to hold any name.
const MAX_DECLARED: usize = 1_000;

/// Whether steps of a type publish under that path what only a run of a plugin or workspace tells.
pub(crate) fn is_of_plugin(step_type: StepType, path: &str) -> bool {
    // What a workspace gives depends on its code.
    let is_workspace = step_type.name().starts_with("IACM") && path.starts_with("output.");
    let mut outputs = step_type.outputs();
    is_workspace
        || outputs.any(|output| {
            let around = output.path.strip_suffix(".*");
            let below = around.and_then(|around| path.strip_prefix(around));
            output.names == OutputNames::Plugin && below.is_some_and(|below| below.starts_with('.'))
        })
}

/// Whether steps of a type publish the variables they declare and no other.
pub(crate) fn is_exact(step_type: StepType) -> bool {
    let mut outputs = step_type.outputs();
    outputs.any(|output| output.names == OutputNames::Declared)
}

/// The files into which a script in a build's container may write further outputs, by the variables that name them.
const OUTPUT_FILES: [&str; 2] = ["DRONE_OUTPUT", "HARNESS_OUTPUT"];

/// Whether a step with that `spec` publishes more than it declares: the counts of its test reports, or what its script
/// writes into a file for outputs.
fn publishes_more(tree: &Tree, spec: yaml::NodeId) -> bool {
    let scripts = ["command", "preCommand", "postCommand"];
    let mut scripts = scripts
        .iter()
        .filter_map(|key| tree.text(tree.find(spec, key)?));
    tree.find(spec, "reports").is_some()
        || scripts.any(|script| OUTPUT_FILES.iter().any(|file| script.contains(file)))
}

/// The names of the output variables that a step with that mapping declares; `None` where there may be others.
pub(crate) fn names(tree: &Tree, step: yaml::NodeId) -> Option<Vec<&str>> {
    let Some(spec) = tree.find(step, "spec") else {
        return Some(Vec::new());
    };
    if publishes_more(tree, spec) {
        return None;
    }
    names_of(tree, spec, "outputVariables")
}

/// The names of the inputs that a step of that type asks its approvers for; `None` where there may be others.
pub(crate) fn approver_inputs(
    tree: &Tree,
    step_type: StepType,
    step: yaml::NodeId,
) -> Option<Vec<&str>> {
    if step_type.name() != APPROVAL {
        return None;
    }
    names_of(tree, tree.find(step, "spec")?, "approverInputs")
}

/// The names of the elements of a list; `None` where there may be others.
fn names_of<'t>(tree: &'t Tree, spec: yaml::NodeId, key: &str) -> Option<Vec<&'t str>> {
    if !tree.is_mapping(spec) {
        return None;
    }
    let Some(list) = tree.find(spec, key) else {
        return Some(Vec::new());
    };
    match &tree.get(list).kind {
        YamlKind::Sequence(items) if items.len() <= MAX_DECLARED => {
            items.iter().map(|item| name(tree, *item)).collect()
        }
        YamlKind::Scalar(scalar) if scalar.value.is_empty() => Some(Vec::new()),
        _ => None,
    }
}

/// The names of output variables, read once for each step that references ask about.
#[derive(Debug, Default)]
pub(crate) struct DeclaredNames {
    /// By the mapping of the step, sorted; `None` where there may be others.
    known: RefCell<HashMap<yaml::NodeId, Option<Vec<Box<str>>>>>,
}

impl DeclaredNames {
    /// Whether a step declares a name that `name` may be meant for; `None` where it may declare others than are known.
    /// Names with dots are read part by part by mistake; that is another matter.
    pub(crate) fn may_mean(&self, tree: &Tree, step: yaml::NodeId, name: &str) -> Option<bool> {
        let mut known = self.known.borrow_mut();
        let names = known.entry(step).or_insert_with(|| {
            let names = names(tree, step)?.into_iter();
            let mut names: Vec<Box<str>> = names.map(Box::from).collect();
            names.sort_unstable();
            Some(names)
        });
        let names = names.as_deref()?;
        let with_dot = format!("{name}.");
        let behind = names.partition_point(|declared| **declared < *with_dot);
        let goes_on = names.get(behind);
        Some(
            names
                .binary_search_by(|declared| (**declared).cmp(name))
                .is_ok()
                || goes_on.is_some_and(|declared| declared.starts_with(&with_dot)),
        )
    }
}

/// The name under which an element of the list is published. Where it has none, newer forms take the value for it.
fn name(tree: &Tree, element: yaml::NodeId) -> Option<&str> {
    let named = tree
        .find(element, "name")
        .or_else(|| tree.find(element, "value"))?;
    let name = tree.text(named)?;
    (!name.is_empty() && !name.contains("<+")).then_some(name)
}
