//! What the model keeps of a node beside its sites: failure strategies, services, environments, barriers.

use pipewright_model::{
    ActionKind, EnvironmentUse, Environments, FailureAction, FailureStrategy, Inputs, Listed,
    Located, Node, Pipeline, Retry, ServiceUse, Services,
};
use pipewright_yaml::Tree;

/// One line for each fact of a node.
pub(crate) fn of_node(tree: &Tree, pipeline: &Pipeline, node: &Node) -> Vec<String> {
    let mut lines = Vec::new();
    if node.parent.is_none() {
        lines.extend(pipeline.barriers.iter().map(|barrier| {
            format!(
                "barrier {} {:?}",
                name(barrier.identifier.as_ref()),
                name(barrier.name.as_ref())
            )
        }));
    }
    if let Some(strategies) = &node.failure_strategies {
        lines.push(format!("failure strategies{}", open(&strategies.entries)));
        lines.extend(strategies.entries.items().iter().map(strategy));
    }
    if let Some(all) = &node.services {
        lines.push(services(all));
        lines.extend(all.uses.items().iter().map(|one| service(tree, one)));
    }
    if let Some(all) = &node.environments {
        lines.push(environments(all));
        for one in all.uses.items() {
            lines.push(environment(tree, one));
            let infrastructures = one.infrastructures.as_ref().map_or(&[][..], Listed::items);
            lines.extend(infrastructures.iter().map(|one| {
                format!(
                    "    infrastructure {}{}",
                    name(one.identifier.as_ref()),
                    inputs(tree, "", one.inputs.as_ref())
                )
            }));
        }
    }
    lines
}

fn strategy(strategy: &FailureStrategy) -> String {
    let errors = strategy.errors.as_ref().map_or("-".to_owned(), |errors| {
        let types: Vec<String> = errors
            .items()
            .iter()
            .map(|error| {
                error
                    .kind
                    .map_or(format!("?{}", error.written.text), |kind| {
                        format!("{kind:?}")
                    })
            })
            .collect();
        format!("{}{}", types.join(" "), open(errors))
    });
    format!("  on {errors} → {}", action(strategy.action.as_ref()))
}

fn action(found: Option<&FailureAction>) -> String {
    let Some(found) = found else {
        return "-".to_owned();
    };
    match &found.kind {
        ActionKind::Retry(retry) => format!("Retry {}", again(retry)),
        ActionKind::RetryStepGroup(retry) => format!("RetryStepGroup {}", again(retry)),
        ActionKind::ManualIntervention(wait) => format!(
            "ManualIntervention {} then {}",
            name(wait.timeout.as_ref()),
            action(wait.on_timeout.as_ref())
        ),
        ActionKind::Unknown => format!("?{}", name(found.type_name.as_ref())),
        simple => format!("{simple:?}"),
    }
}

fn again(retry: &Retry) -> String {
    let count = retry.count.as_ref().map_or("-".to_owned(), |count| {
        count
            .number
            .map_or(format!("?{}", count.written.text), |number| {
                number.to_string()
            })
    });
    let intervals = retry
        .intervals
        .as_ref()
        .map_or("-".to_owned(), |intervals| {
            let texts: Vec<&str> = intervals.items().iter().map(|text| &*text.text).collect();
            format!("[{}]{}", texts.join(", "), open(intervals))
        });
    let condition = retry
        .condition
        .as_ref()
        .map_or(String::new(), |text| format!(" if {}", text.text));
    format!(
        "×{count} after {intervals}{condition} then {}",
        action(retry.on_retry_failure.as_ref())
    )
}

fn services(all: &Services) -> String {
    format!(
        "services {:?}{} parallel {}",
        all.form,
        open(&all.uses),
        name(all.parallel.as_ref())
    )
}

fn service(tree: &Tree, one: &ServiceUse) -> String {
    format!(
        "  service {}{}{}",
        name(one.service_ref.as_ref()),
        from(one.from_stage.as_ref()),
        inputs(tree, "", one.inputs.as_ref())
    )
}

fn environments(all: &Environments) -> String {
    format!(
        "environments {:?}{} parallel {} group {} all {}",
        all.form,
        open(&all.uses),
        name(all.parallel.as_ref()),
        name(all.group_ref.as_ref()),
        name(all.deploy_to_all.as_ref())
    )
}

fn environment(tree: &Tree, one: &EnvironmentUse) -> String {
    format!(
        "  environment {}{}{}{}{} all {}",
        name(one.environment_ref.as_ref()),
        from(one.from_stage.as_ref()),
        inputs(tree, "", one.inputs.as_ref()),
        inputs(tree, "override ", one.override_inputs.as_ref()),
        one.infrastructures.as_ref().map_or(String::new(), open),
        name(one.deploy_to_all.as_ref())
    )
}

fn from(stage: Option<&Located>) -> String {
    stage.map_or(String::new(), |stage| format!(" from stage {}", stage.text))
}

fn inputs(tree: &Tree, word: &str, found: Option<&Inputs>) -> String {
    found.map_or(String::new(), |found| {
        let values = tree
            .text(found.yaml)
            .map_or_else(|| tree.entries(found.yaml).len().to_string(), str::to_owned);
        format!(" {word}inputs {values}")
    })
}

/// What stands where a list would tell.
fn open<T>(list: &Listed<T>) -> String {
    match list {
        Listed::Items(_) => String::new(),
        Listed::Open(text) => format!(" = {}", text.text),
        Listed::Other(_) => " = no list".to_owned(),
    }
}

fn name(located: Option<&Located>) -> &str {
    located.map_or("-", |located| &located.text)
}
