//! `unused-variable`

use pipewright_model::{DocumentKind, NodeKind, Pipeline};

use crate::Rule;
use crate::ci_stages::builds;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::project::{EnvironmentNames, FilesContext};
use crate::rule::{Check, declare};
use crate::wording;

pub(crate) const RULE: Rule =
    declare!("unused-variable", Hygiene per Place, Info, Check::Files(check));

fn check(context: &FilesContext<'_>, findings: &mut Findings) {
    for file in context.files() {
        if context.misses_templates(file.analysis.file()) || file.tree().recovered() {
            continue;
        }
        let environment = EnvironmentNames::of(file.file.text());
        for document in file.analysis.documents().iter() {
            // The variables of a template are read by those who use it, too.
            let DocumentKind::Pipeline(pipeline) = &document.kind else {
                continue;
            };
            if !hands_variables_on(pipeline) && !reads_all(pipeline, file) {
                check_pipeline(context, pipeline, &environment, findings);
            }
        }
    }
}

/// Whether another pipeline is run, which may be given them.
fn hands_variables_on(pipeline: &Pipeline) -> bool {
    let mut nodes = pipeline.nodes.iter();
    nodes.any(|node| node.is_chained() || node.is_dynamic() || node.template.is_some())
}

/// Whether something reads variables as a whole, or by a name that is computed.
fn reads_all(pipeline: &Pipeline, file: crate::rule_context::RuleContext<'_>) -> bool {
    let own = file.references();
    let mut own = own.filter(|reference| std::ptr::eq(reference.pipeline, pipeline));
    own.any(|reference| {
        let segments = &reference.reference.segments;
        let at = segments
            .iter()
            .position(|segment| segment.name() == Some("variables"));
        at.is_some_and(|at| {
            let behind = segments.get(at + 1);
            behind.is_none_or(|behind| behind.name().is_none())
        })
    })
}

fn check_pipeline(
    context: &FilesContext<'_>,
    pipeline: &Pipeline,
    environment: &EnvironmentNames<'_>,
    findings: &mut Findings,
) {
    for id in pipeline.ids() {
        let stage = pipeline.enclosing(id, NodeKind::Stage);
        // There every step has them in its environment, and some steps look for names of their own.
        if stage.is_some_and(|stage| builds(pipeline.node(stage))) {
            continue;
        }
        for variable in &pipeline.node(id).variables {
            let name = &variable.name.text;
            let is_no_own = variable.is_given || is_filled_in_later(name);
            if is_no_own || context.reads(name) || environment.contain(name) {
                continue;
            }
            if is_meant(context, name) {
                continue;
            }
            let finding = RULE
                .finding(
                    variable.name.span,
                    format!(
                        "variable `{name}` of {} is never read",
                        wording::node(pipeline, id)
                    ),
                )
                .with_label("no file at hand reads it")
                .with_help("remove it, or read it where its value stands by itself");
            findings.add(finding);
        }
    }
}

/// Whether a path means a name that cannot stand in one: `variables.my-name` subtracts, and a finding there says so.
fn is_meant(context: &FilesContext<'_>, name: &str) -> bool {
    if !name.contains(['-', '.']) {
        return false;
    }
    let path = format!("variables.{name}");
    context.files().any(|file| file.file.text().contains(&path))
}
