//! `outcome-outside-stage` (`spec/model.md` §3.3)

use pipewright_model::catalogue::{root, stage_type};
use pipewright_model::{NodeKind, Pipeline};
use pipewright_resolve::is_read_elsewhere;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "outcome-outside-stage",
    References,
    Warning,
    Check::References(&[VerdictKind::RunTime], check)
);

/// What a stage publishes of the service and the environment it deploys.
const OUTCOMES: [&str; 12] = [
    "artifact",
    "artifacts",
    "configFiles",
    "env",
    "hooks",
    "infra",
    "manifest",
    "manifestConfig",
    "manifests",
    "rollbackArtifact",
    "service",
    "serviceVariables",
];

/// Where something is read.
enum Around<'a> {
    /// In a stage that publishes nothing of the kind: its type.
    Stage(&'a str),
    /// In no stage.
    Pipeline,
}

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let Some(name) = context.reference.segments[0].name() else {
        return;
    };
    if !OUTCOMES.contains(&name) || context.is_in_template() || context.is_in_child() {
        return;
    }
    let Some(around) = around(context) else {
        return;
    };
    let path = wording::quoted(&context.reference.path());
    let reader = context.reading();
    let (message, label) = match around {
        Around::Stage(stage_type) => (
            format!("{reader} reads {path} in a stage of type `{stage_type}`"),
            match stage_type {
                "Custom" => {
                    "null: a Custom stage without an environment publishes nothing of the kind"
                        .to_owned()
                }
                _ => format!(
                    "null: a stage of type `{stage_type}` deploys nothing, and what another stage deploys is not seen here"
                ),
            },
        ),
        Around::Pipeline => (
            format!("{reader} reads {path} outside of every stage"),
            "null: it is seen only inside the stage that deploys".to_owned(),
        ),
    };
    let finding = RULE
        .finding(context.span(), message)
        .with_label(label)
        .with_help(format!(
            "read it from the stage that deploys: `pipeline.stages.STAGE.spec.{}`",
            published(&context.reference.path())
        ));
    findings.add(finding);
}

/// The path below a stage's `spec`, where words that stand for another path are written out.
fn published(path: &str) -> String {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let name = root(first).and_then(|root| root.alias()).unwrap_or(first);
    match rest {
        "" => name.to_owned(),
        rest => format!("{name}.{rest}"),
    }
}

/// What is around the reader, where that surely publishes no outcome.
fn around<'a>(context: &ReferenceContext<'a>) -> Option<Around<'a>> {
    let pipeline = context.pipeline;
    // What a template is used in is not known.
    if pipeline.node(Pipeline::ROOT).kind != NodeKind::Pipeline {
        return None;
    }
    let Some(stage) = pipeline.enclosing(context.reader(), NodeKind::Stage) else {
        // A variable is evaluated where it is read, and what a template is given inside it.
        let is_own = !is_read_elsewhere(pipeline, context.site());
        return is_own.then_some(Around::Pipeline);
    };
    let stage = pipeline.node(stage);
    let type_name = stage.type_text();
    let may_publish = match type_name {
        "Deployment" => true,
        "Custom" => stage.environments.is_some(),
        _ => stage.is_chained() || stage.is_dynamic(),
    };
    let is_known = stage.template.is_none() && stage_type(type_name).is_some();
    (is_known && !may_publish).then_some(Around::Stage(type_name))
}
