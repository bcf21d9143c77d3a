//! `unknown-root`

use pipewright_model::catalogue::{close_root, local_roots};
use pipewright_model::{NodeKind, Pipeline, SectionKind};
use pipewright_resolve::{Looping, NotInside, ReferenceSource, Verdict, relative};
use pipewright_source::{Applicability, Diagnostic, closest};

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unknown-root",
    References,
    Error,
    Check::References(&[VerdictKind::UnknownRoot, VerdictKind::Outside], check),
    Unsafe
);

/// The roots that only a loop gives.
const LOOP_ROOTS: [&str; 3] = ["matrix", "repeat", "strategy"];

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    findings.add(match &context.reference.verdict {
        Verdict::NotInside(what) => outside(context, *what),
        _ => finding(context),
    });
}

/// The first name is the word for something that is not around the reader.
fn outside(context: &ReferenceContext<'_>, what: NotInside) -> Diagnostic {
    let first = context.name_in(0);
    let (around, help) = match what {
        NotInside::Node(NodeKind::Stage) => ("no stage", "name the stage: `pipeline.stages.STAGE`"),
        NotInside::Node(_) => (
            "no step",
            "name the step by its path: `execution.steps.STEP`",
        ),
        NotInside::Execution | NotInside::Section(SectionKind::Steps) => (
            "nothing that has steps",
            "name the stage, too: `pipeline.stages.STAGE.spec.execution.steps.STEP`",
        ),
        NotInside::Section(SectionKind::Stages) => ("no pipeline", "start with `pipeline`"),
        NotInside::Section(_) => (
            "no list of rollback steps",
            "rollback steps know each other only; read the steps before them by `execution.steps`",
        ),
    };
    RULE.finding(
        context.written(first),
        format!(
            "{} reads {}, but stands in {around}",
            context.reading(),
            context.text(first)
        ),
    )
    .with_label(context.when_not_found())
    .with_help(help)
}

fn finding(context: &ReferenceContext<'_>) -> Diagnostic {
    let first = context.name_in(0);
    let name = context.text(first);
    let finding = RULE
        .finding(
            context.written(first),
            format!("{name} is not a name that an expression can start with"),
        )
        .with_label("null at run time");
    let segments = &context.reference.segments;
    if segments[0].name() == Some("input") {
        return finding.with_help(
            "only `<+input>` as a whole asks for a value: declare a variable whose value is `<+input>`, and read the variable",
        );
    }
    if segments[0].name() == Some("environment") && !is_deploying(context) {
        return finding
            .with_help("did you mean `env`? Only a stage that deploys to an environment has it");
    }
    let is_alone = segments.len() == 1;
    if is_alone && context.reference.source == ReferenceSource::Bare {
        return finding.with_help(format!(
            "if {name} is meant as a text, put it in quotes; a reference stands between `<+` and `>`"
        ));
    }
    if let Some(path) = segments[0].name().and_then(|name| variable(context, name)) {
        let mut finding = finding.with_help(format!("a variable is read by its path: `{path}`"));
        finding
            .fixes
            .extend(context.replace(first, &path, Applicability::Unsafe));
        return finding;
    }
    let Some(root) = segments[0].name().and_then(|name| meant(context, name)) else {
        return finding.with_help(
            "start with `pipeline`, `stage`, `steps`, the identifier of an enclosing node or another root",
        );
    };
    context.did_you_mean(finding, first, root)
}

/// The path to a variable of that name that the stage, a group or the pipeline around the reader declares.
fn variable(context: &ReferenceContext<'_>, name: &str) -> Option<String> {
    let pipeline = context.pipeline;
    let mut around = pipeline.self_and_ancestors(context.reader());
    let declaring = around.find(|node| {
        let mut declared = pipeline.node(*node).variables.iter();
        declared.any(|variable| &*variable.name.text == name)
    })?;
    let node = relative(
        pipeline,
        &context.resolution.names,
        context.reader(),
        declaring,
    );
    Some(format!("{node}.variables.{name}"))
}

/// The root that was probably meant: the word for the pipeline in place of its identifier, a name that steps of the
/// reader's type know, or the nearest of all others.
fn meant(context: &ReferenceContext<'_>, name: &str) -> Option<&'static str> {
    let pipeline = context.pipeline.node(Pipeline::ROOT).identifier.as_ref();
    if pipeline.is_some_and(|identifier| &*identifier.text == name) {
        return Some("pipeline");
    }
    if name == "environment" {
        return Some("env");
    }
    let reader = context.pipeline.node(context.reader());
    let of_type = local_roots(reader.type_text()).iter().copied();
    let nearest = closest(name, of_type).or_else(|| close_root(name));
    nearest.filter(|root| !LOOP_ROOTS.contains(root) || may_loop(context))
}

/// Whether the stage around the reader has a service and an environment.
fn is_deploying(context: &ReferenceContext<'_>) -> bool {
    let pipeline = context.pipeline;
    let stage = pipeline.enclosing(context.reader(), NodeKind::Stage);
    stage.is_some_and(|stage| pipeline.node(stage).type_text() == "Deployment")
}

/// Whether a node around the reader loops, as far as the files tell.
fn may_loop(context: &ReferenceContext<'_>) -> bool {
    let loops = &context.resolution.loops;
    let mut around = context.pipeline.self_and_ancestors(context.reader());
    around.any(|node| loops.looping(node) != Looping::No)
}
