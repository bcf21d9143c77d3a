//! `missing-status`

use pipewright_model::{Located, NodeKind, Pipeline, When, YamlVersion};
use pipewright_source::{Applicability, Diagnostic, Fix, Severity, closest};
use pipewright_yaml::{self as yaml, New};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "missing-status",
    Conditions per Place,
    Error,
    Check::Text(check),
    Safe
);

const STATUSES: [&str; 3] = ["Success", "Failure", "All"];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        if pipeline.version == YamlVersion::V1 {
            of_v1(context, pipeline, findings);
            continue;
        }
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            let (Some(when), Some(key)) = (&node.when, key_of(node.kind)) else {
                continue;
            };
            // A line that could not be read may have held the status.
            if context.lacks_lines(when.span.range) {
                continue;
            }
            let owner = wording::node(pipeline, id);
            let Some(mut finding) = judge(context, when, key, &owner) else {
                continue;
            };
            if when.status_key.is_none() {
                let mapping = context.tree().find(node.yaml, "when");
                let fix = mapping.and_then(|mapping| insertion(context, mapping, key));
                finding.fixes.extend(fix);
            }
            findings.add(finding);
        }
    }
}

/// The words of a condition that test how the run went so far.
const TESTS: [&str; 6] = [
    "<+On",
    "<+Always>",
    "currentStatus",
    ".status",
    "liveStatus",
    "isRollback",
];

/// In v1 an `if` is the whole condition. One without a test of the status runs also after a failure, which may not be
/// meant where others of the file have a test.
fn of_v1(context: RuleContext<'_>, pipeline: &Pipeline, findings: &mut Findings) {
    let has_test = |condition: &&Located| TESTS.iter().any(|test| condition.text.contains(test));
    let nodes = || {
        pipeline
            .nodes
            .iter()
            .filter_map(|node| Some((node, node.when.as_ref()?.condition.as_ref()?)))
    };
    if !nodes().any(|(_, condition)| has_test(&condition)) {
        return;
    }
    // Of an `if` with `${{` alone older documentation says that it is read otherwise.
    let without =
        nodes().filter(|(_, condition)| condition.text.contains("<+") && !has_test(condition));
    for (node, condition) in without {
        let word = match node.kind {
            NodeKind::Stage => "<+OnPipelineSuccess>",
            _ => "<+OnStageSuccess>",
        };
        let right = format!("{word} && ({})", condition.text);
        let mut finding = RULE
            .finding(
                condition.span,
                "this `if` says nothing about the status, unlike others of the file",
            )
            .with_label("it takes the place of the usual test: true also after a failure")
            .with_help(format!(
                "write `{right}` if it shall run only after success"
            ));
        finding.severity = Severity::Info;
        finding
            .fixes
            .extend(context.rewrite(condition.yaml, &right, Applicability::Unsafe));
        findings.add(finding);
    }
}

/// The key that holds the status of a kind of node.
const fn key_of(kind: NodeKind) -> Option<&'static str> {
    match kind {
        NodeKind::Pipeline => None,
        NodeKind::Stage => Some("pipelineStatus"),
        NodeKind::StepGroup | NodeKind::Step => Some("stageStatus"),
    }
}

fn judge(context: RuleContext<'_>, when: &When, key: &str, owner: &str) -> Option<Diagnostic> {
    let (Some(written), Some(status)) = (&when.status_key, &when.status_text) else {
        // A key whose value is no text at all is as good as absent, but where it would go is not known.
        return when
            .status_key
            .is_none()
            .then(|| absent(context, when, key, owner));
    };
    if &*written.text != key {
        return Some(wrong_key(context, written, key, owner));
    }
    if when.status.is_some() || status.text.contains("<+") {
        return None;
    }
    Some(wrong_status(context, status, key, owner))
}

fn absent(context: RuleContext<'_>, when: &When, key: &str, owner: &str) -> Diagnostic {
    RULE.finding(
        context.first_line(when.span),
        format!("the `when` of {owner} has no `{key}`"),
    )
    .with_label("Harness does not start the pipeline")
    .with_help(format!(
        "add `{key}: Success`, `{key}: Failure` or `{key}: All`; without a `when`, `Success` holds"
    ))
}

/// Puts the status in front of what the mapping already holds.
fn insertion(context: RuleContext<'_>, when: yaml::NodeId, key: &str) -> Option<Fix> {
    let editor = context.editor();
    Some(Fix {
        title: format!("add `{key}: Success`"),
        applicability: Applicability::Unsafe,
        edits: vec![editor.insert_entry(when, key, &New::Text("Success"))?],
    })
}

fn wrong_key(context: RuleContext<'_>, written: &Located, key: &str, owner: &str) -> Diagnostic {
    let mut finding = RULE
        .finding(
            written.span,
            format!("the `when` of {owner} has `{}` where it needs `{key}`", written.text),
        )
        .with_label("Harness does not read this key here, and does not start the pipeline without the other")
        .with_help(format!("write `{key}`"));
    finding
        .fixes
        .extend(context.rewrite(written.yaml, key, Applicability::Safe));
    finding
}

fn wrong_status(context: RuleContext<'_>, status: &Located, key: &str, owner: &str) -> Diagnostic {
    let message = if status.text.is_empty() {
        format!("the `{key}` of {owner} is empty")
    } else {
        format!(
            "`{}` is not a status for the `{key}` of {owner}",
            status.text
        )
    };
    let mut finding = RULE
        .finding(status.span, message)
        .with_label("Harness does not start the pipeline")
        .with_help(format!("write {}", wording::choice(STATUSES)));
    if let Some(right) = closest(&status.text, STATUSES) {
        finding
            .fixes
            .extend(context.rewrite_as_meant(status, right));
    }
    finding
}
