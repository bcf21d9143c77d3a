//! Reads the services and environments of a stage.

use pipewright_yaml::{self as yaml, Entry, Tree};

use super::fields::{listed, located, mapping};
use crate::{
    EnvironmentUse, Environments, InfrastructureUse, Inputs, Listed, Located, ServiceUse, Services,
    TargetForm,
};

/// The services of a stage.
pub(super) fn services(tree: &Tree, stage: yaml::NodeId) -> Option<Services> {
    let spec = mapping(tree, stage, "spec")?;
    let (entry, form) = first(
        tree,
        spec,
        &[
            ("service", TargetForm::One),
            ("services", TargetForm::Several),
        ],
    )?;
    Some(Services {
        key: tree.span(entry.key),
        form,
        uses: uses(tree, entry.value, form, service),
        parallel: side_by_side(tree, entry.value),
    })
}

/// The environments of a stage.
pub(super) fn environments(tree: &Tree, stage: yaml::NodeId) -> Option<Environments> {
    let spec = mapping(tree, stage, "spec")?;
    let (entry, form) = first(
        tree,
        spec,
        &[
            ("environment", TargetForm::One),
            ("environments", TargetForm::Several),
            ("environmentGroup", TargetForm::Group),
        ],
    )?;
    let is_group = form == TargetForm::Group;
    Some(Environments {
        key: tree.span(entry.key),
        form,
        uses: uses(tree, entry.value, form, environment),
        parallel: side_by_side(tree, entry.value),
        group_ref: located(tree, entry.value, "envGroupRef"),
        deploy_to_all: located(tree, entry.value, "deployToAll").filter(|_| is_group),
    })
}

fn first(
    tree: &Tree,
    spec: yaml::NodeId,
    keys: &[(&str, TargetForm)],
) -> Option<(Entry, TargetForm)> {
    keys.iter()
        .find_map(|&(key, form)| Some((tree.entry(spec, key)?, form)))
}

fn side_by_side(tree: &Tree, value: yaml::NodeId) -> Option<Located> {
    located(tree, tree.find(value, "metadata")?, "parallel")
}

/// The uses below a key of that form: the value itself, or the list inside it.
fn uses<T>(
    tree: &Tree,
    value: yaml::NodeId,
    form: TargetForm,
    read: fn(&Tree, yaml::NodeId) -> T,
) -> Listed<T> {
    let list = match form {
        TargetForm::One if tree.is_mapping(value) => return Listed::Items(vec![read(tree, value)]),
        TargetForm::One => return listed(tree, value, |_| None),
        TargetForm::Several => "values",
        TargetForm::Group => "environments",
    };
    if !tree.is_mapping(value) {
        return listed(tree, value, |_| None);
    }
    tree.find(value, list)
        .map_or(Listed::Items(Vec::new()), |list| {
            listed(tree, list, |item| Some(read(tree, item)))
        })
}

fn service(tree: &Tree, value: yaml::NodeId) -> ServiceUse {
    ServiceUse {
        span: tree.span(value),
        service_ref: located(tree, value, "serviceRef"),
        from_stage: from_stage(tree, value),
        inputs: inputs(tree, value, "serviceInputs"),
    }
}

fn environment(tree: &Tree, value: yaml::NodeId) -> EnvironmentUse {
    EnvironmentUse {
        span: tree.span(value),
        environment_ref: located(tree, value, "environmentRef"),
        from_stage: from_stage(tree, value),
        inputs: inputs(tree, value, "environmentInputs"),
        override_inputs: inputs(tree, value, "serviceOverrideInputs"),
        infrastructures: infrastructures(tree, value),
        deploy_to_all: located(tree, value, "deployToAll"),
    }
}

fn infrastructures(tree: &Tree, environment: yaml::NodeId) -> Option<Listed<InfrastructureUse>> {
    if let Some(list) = tree.find(environment, "infrastructureDefinitions") {
        return Some(listed(tree, list, |item| Some(infrastructure(tree, item))));
    }
    let one = tree.find(environment, "infrastructureDefinition")?;
    Some(if tree.is_mapping(one) {
        Listed::Items(vec![infrastructure(tree, one)])
    } else {
        listed(tree, one, |_| None)
    })
}

fn infrastructure(tree: &Tree, value: yaml::NodeId) -> InfrastructureUse {
    InfrastructureUse {
        span: tree.span(value),
        identifier: located(tree, value, "identifier"),
        inputs: inputs(tree, value, "inputs"),
    }
}

fn from_stage(tree: &Tree, value: yaml::NodeId) -> Option<Located> {
    located(tree, tree.find(value, "useFromStage")?, "stage")
}

fn inputs(tree: &Tree, holder: yaml::NodeId, key: &str) -> Option<Inputs> {
    let entry = tree.entry(holder, key)?;
    Some(Inputs {
        key: tree.span(entry.key),
        yaml: entry.value,
    })
}
