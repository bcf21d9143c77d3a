//! Stages with several services, environments or infrastructures run once for each combination (`spec/plan.md` §6).

use pipewright_model::{EnvironmentUse, Environments, Listed, Located, Node, NodeKind, TargetForm};
use pipewright_yaml::Tree;

use super::looped::{TurnsOf, numbered};

/// The turns of a stage by its services and environments; it goes by `name`.
pub(super) fn deployments(tree: &Tree, node: &Node, name: &str) -> TurnsOf {
    if node.kind != NodeKind::Stage {
        return TurnsOf::Nothing;
    }
    let (services, environments) = (node.services.as_ref(), node.environments.as_ref());
    let several_services = services.filter(|services| services.form != TargetForm::One);
    let several_environments = environments.filter(|environments| is_several(environments));
    if several_services.is_none() && several_environments.is_none() {
        return TurnsOf::Nothing;
    }
    let mut open = Vec::new();
    if several_services.is_some_and(|services| !services.uses.is_closed()) {
        open.push(format!("{name}.spec.services"));
    }
    if several_environments.is_some_and(|environments| is_open(tree, node, environments)) {
        let key = match environments.map(|environments| environments.form) {
            Some(TargetForm::Group) => "environmentGroup",
            Some(TargetForm::Several) => "environments",
            _ => "environment",
        };
        open.push(format!("{name}.spec.{key}"));
    }
    if !open.is_empty() {
        return TurnsOf::Open(open);
    }
    let service_count = several_services.map_or(1, |services| services.uses.items().len());
    let environment_count = several_environments.map_or(1, count);
    let count = service_count.saturating_mul(environment_count);
    let serial_services = several_services.is_some_and(|of| is_false(of.parallel.as_ref()));
    let serial_environments = several_environments.is_some_and(|of| is_false(of.parallel.as_ref()));
    let at_once = match (several_services.is_some(), several_environments.is_some()) {
        (true, true) => match (serial_services, serial_environments) {
            (true, true) => 1,
            (true, false) => environment_count,
            (false, true) => service_count,
            (false, false) => count,
        },
        _ if serial_services || serial_environments => 1,
        _ => count,
    };
    let config = tree
        .find(node.yaml, "spec")
        .and_then(|spec| tree.find(spec, "multiDeploymentConfig"))
        .and_then(|config| tree.find(config, "onFailure"));
    TurnsOf::Turns {
        suffixes: (0..count).map(numbered).collect(),
        at_once,
        proceeds: config.and_then(|config| tree.text(config)) == Some("RunAll"),
    }
}

fn is_several(environments: &Environments) -> bool {
    match environments.form {
        TargetForm::Several | TargetForm::Group => true,
        TargetForm::One => count(environments) > 1,
    }
}

/// An environment counts once for each of its infrastructures.
fn count(environments: &Environments) -> usize {
    let of_use = |used: &EnvironmentUse| {
        let infrastructures = used.infrastructures.as_ref();
        infrastructures.map_or(1, |listed| listed.items().len().max(1))
    };
    environments.uses.items().iter().map(of_use).sum()
}

/// Whether only a run knows all of them.
fn is_open(tree: &Tree, node: &Node, environments: &Environments) -> bool {
    let has_filters = tree
        .find(node.yaml, "spec")
        .and_then(|spec| tree.find(spec, "environments"))
        .is_some_and(|of| tree.find(of, "filters").is_some());
    let is_open_use = |used: &EnvironmentUse| {
        let is_listed = used.infrastructures.as_ref().is_none_or(Listed::is_closed);
        !is_listed || is_not_false(used.deploy_to_all.as_ref())
    };
    environments.form == TargetForm::Group
        || !environments.uses.is_closed()
        || has_filters
        || environments.uses.items().iter().any(is_open_use)
}

fn is_false(written: Option<&Located>) -> bool {
    written.is_some_and(|written| &*written.text == "false")
}

fn is_not_false(written: Option<&Located>) -> bool {
    written.is_some_and(|written| &*written.text != "false")
}
