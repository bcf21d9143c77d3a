//! Keys and where they stand: each span of a key is that of the key's own letters.

use pipewright_model::{
    Document, DocumentKind, Inputs, Item, Listed, Node, Pipeline, StrategyKind, TargetForm,
    YamlVersion,
};
use pipewright_source::Span;

/// Every span of a key in a document, with the key that must stand there.
pub(crate) fn of_document(document: &Document) -> Vec<(&'static str, Span)> {
    let mut keys = Vec::new();
    let pipeline = match &document.kind {
        DocumentKind::InputSet(set) | DocumentKind::OverlayInputSet(set) => set.values.as_ref(),
        _ => document.pipeline().map(|pipeline| &**pipeline),
    };
    if let Some(pipeline) = pipeline {
        of_pipeline(pipeline, &mut keys);
    }
    keys
}

fn of_pipeline(pipeline: &Pipeline, keys: &mut Vec<(&'static str, Span)>) {
    keys.extend(
        pipeline
            .nested_parallels
            .iter()
            .map(|&key| ("parallel", key)),
    );
    if pipeline.version == YamlVersion::V1 {
        return of_v1(pipeline, keys);
    }
    for node in &pipeline.nodes {
        keys.extend(node.when.iter().map(|when| ("when", when.key)));
        keys.extend(
            node.strategy
                .iter()
                .map(|strategy| ("strategy", strategy.key)),
        );
        keys.extend(
            node.template
                .iter()
                .map(|template| ("template", template.key)),
        );
        keys.extend(
            node.failure_strategies
                .iter()
                .map(|all| ("failureStrategies", all.key)),
        );
        for section in &node.sections {
            keys.push((section.kind.as_str(), section.key));
            of_items(&section.items, keys);
        }
        of_targets(node, keys);
    }
}

fn of_v1(pipeline: &Pipeline, keys: &mut Vec<(&'static str, Span)>) {
    for node in &pipeline.nodes {
        keys.extend(node.when.iter().map(|when| ("if", when.key)));
        let loops = node.strategy.iter();
        // Several services or environments count as a loop, too.
        let loops = loops.filter(|strategy| !matches!(strategy.kind, StrategyKind::Unknown));
        keys.extend(loops.map(|strategy| ("strategy", strategy.key)));
        let strategies = node.failure_strategies.iter();
        keys.extend(strategies.map(|all| ("on-failure", all.key)));
        for section in &node.sections {
            keys.extend(section.path.last().map(|key| (*key, section.key)));
            of_items(&section.items, keys);
        }
    }
}

fn of_items(items: &[Item], keys: &mut Vec<(&'static str, Span)>) {
    for item in items {
        match item {
            Item::Node(_) => {}
            Item::Parallel { key, items, .. } => {
                keys.push(("parallel", *key));
                of_items(items, keys);
            }
            Item::Insert { items, .. } | Item::StageGroup { items, .. } => of_items(items, keys),
        }
    }
}

fn of_targets(node: &Node, keys: &mut Vec<(&'static str, Span)>) {
    if let Some(services) = &node.services {
        let several = services.form == TargetForm::Several;
        keys.push((if several { "services" } else { "service" }, services.key));
        for service in services.uses.items() {
            of_inputs("serviceInputs", service.inputs.as_ref(), keys);
        }
    }
    if let Some(environments) = &node.environments {
        let key = match environments.form {
            TargetForm::One => "environment",
            TargetForm::Several => "environments",
            TargetForm::Group => "environmentGroup",
        };
        keys.push((key, environments.key));
        for environment in environments.uses.items() {
            of_inputs("environmentInputs", environment.inputs.as_ref(), keys);
            of_inputs(
                "serviceOverrideInputs",
                environment.override_inputs.as_ref(),
                keys,
            );
            let infrastructures = environment
                .infrastructures
                .as_ref()
                .map_or(&[][..], Listed::items);
            for infrastructure in infrastructures {
                of_inputs("inputs", infrastructure.inputs.as_ref(), keys);
            }
        }
    }
}

fn of_inputs(key: &'static str, inputs: Option<&Inputs>, keys: &mut Vec<(&'static str, Span)>) {
    keys.extend(inputs.map(|inputs| (key, inputs.key)));
}
