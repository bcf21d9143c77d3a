//! `execution-without-steps` (`spec/model.md` §7)

use pipewright_model::{NodeKind, Pipeline};
use pipewright_yaml::{self as yaml, Tree};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "execution-without-steps",
    Structure,
    Error,
    Check::Text(check)
);

/// What stands in the list, and is looked for in its place.
const ITEMS: [&str; 3] = ["step", "stepGroup", "parallel"];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        check_pipeline(context, pipeline, findings);
    }
}

fn check_pipeline(context: RuleContext<'_>, pipeline: &Pipeline, findings: &mut Findings) {
    let tree = context.tree();
    for id in pipeline.ids() {
        let node = pipeline.node(id);
        let shape = match node.kind {
            NodeKind::Stage => of_stage(tree, node.yaml),
            NodeKind::StepGroup => in_place_of_list(tree, None, node.yaml),
            NodeKind::Pipeline | NodeKind::Step => None,
        };
        let Some((key, shape)) = shape else {
            continue;
        };
        // The key of the list may have stood on a line that could not be read.
        if context.lacks_lines(tree.get(node.yaml).range) {
            continue;
        }
        let of_node = wording::node(pipeline, id);
        let finding = RULE
            .finding(context.span(tree.get(key).range), shape.message(&of_node))
            .with_label("nothing below is read as a step: Harness refuses the pipeline")
            .with_help(shape.help());
        findings.add(finding);
    }
}

/// What stands where a list of steps is expected.
#[derive(Clone, Copy)]
enum Shape<'t> {
    /// A list of steps below a key of this name.
    Misspelt(&'t str),
    /// An item in place of `steps` below `execution`.
    InExecution(&'static str),
    /// An item in place of `steps` in a group.
    InGroup(&'static str),
    /// An item below `steps` that is not in a list.
    InSteps(&'static str),
    /// A list below `execution` without `steps`.
    List,
    /// `steps` in the `spec` of a stage without `execution`.
    NoExecution,
}

impl Shape<'_> {
    fn message(self, node: &str) -> String {
        match self {
            Self::Misspelt(name) => {
                format!(
                    "the steps of {node} stand below {}, not below `steps`",
                    wording::quoted(name)
                )
            }
            Self::InExecution(item) => {
                format!("the `execution` of {node} has a `{item}` and no `steps`")
            }
            Self::InGroup(item) => format!("{node} has a `{item}` and no `steps`"),
            Self::InSteps(item) => format!("the `steps` of {node} are one `{item}`, not a list"),
            Self::List => format!("the `execution` of {node} is a list and has no `steps`"),
            Self::NoExecution => format!("the `spec` of {node} has `steps` and no `execution`"),
        }
    }

    fn help(self) -> String {
        match self {
            Self::Misspelt(_) => "write `steps`".to_owned(),
            Self::InExecution(item) => {
                format!("write the list `steps:` below `execution`, with `- {item}:` as its item")
            }
            Self::InGroup(item) => {
                format!("write the list `steps:` in the group, with `- {item}:` as its item")
            }
            Self::InSteps(item) => format!("write `- {item}:` as an item of the list"),
            Self::List => "write `steps:` below `execution`, and the list below that".to_owned(),
            Self::NoExecution => "write `execution:` in `spec`, and `steps` below that".to_owned(),
        }
    }
}

/// What a stage has in place of its list of steps, and the key that the finding stands at.
fn of_stage(tree: &Tree, stage: yaml::NodeId) -> Option<(yaml::NodeId, Shape<'_>)> {
    let spec = tree.find(stage, "spec")?;
    let Some(execution) = tree.entry(spec, "execution") else {
        let steps = tree.entry(spec, "steps")?;
        let is_list = tree.is_sequence(steps.value);
        return is_list.then_some((steps.key, Shape::NoExecution));
    };
    if tree.is_sequence(execution.value) {
        return Some((execution.key, Shape::List));
    }
    in_place_of_list(tree, Some(execution.key), execution.value)
}

/// What `holder`, an `execution` with its key or a group without, has in place of its list of steps.
fn in_place_of_list(
    tree: &Tree,
    key: Option<yaml::NodeId>,
    holder: yaml::NodeId,
) -> Option<(yaml::NodeId, Shape<'_>)> {
    if let Some(steps) = tree.entry(holder, "steps") {
        let (_, item) = item(tree, steps.value)?;
        return Some((steps.key, Shape::InSteps(item)));
    }
    let Some((own, item)) = item(tree, holder) else {
        return misspelt_list(tree, holder);
    };
    Some(match key {
        Some(key) => (key, Shape::InExecution(item)),
        None => (own, Shape::InGroup(item)),
    })
}

/// A list of steps below a key that is none of its own.
fn misspelt_list(tree: &Tree, holder: yaml::NodeId) -> Option<(yaml::NodeId, Shape<'_>)> {
    let mut lists = tree.entries(holder).iter().filter(|entry| {
        let first = tree.items(entry.value).first();
        first.is_some_and(|first| item(tree, *first).is_some())
    });
    lists.find_map(|list| {
        let name = tree.text(list.key)?;
        (name != "rollbackSteps").then_some((list.key, Shape::Misspelt(name)))
    })
}

/// The first key of a mapping that belongs into an item of a list of steps.
fn item(tree: &Tree, mapping: yaml::NodeId) -> Option<(yaml::NodeId, &'static str)> {
    let mut items = ITEMS.into_iter();
    items.find_map(|item| Some((tree.entry(mapping, item)?.key, item)))
}
