//! `unknown-spec-key` (`spec/model.md` §1.3)

use pipewright_model::catalogue::{Shape, StepType, stage_type, step_type};
use pipewright_model::{Listed, Located, Node, NodeKind};
use pipewright_source::{Applicability, Diagnostic, closest};
use pipewright_yaml::{Entry, NodeId};

use crate::Rule;
use crate::finding::Findings;
use crate::placeholder::{is_evaluated, is_filled_in_later};
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!(
    "unknown-spec-key",
    Structure per Text,
    Warning,
    Check::Text(check),
    Unsafe
);

/// Keys that stand beside `spec`.
const BESIDE_SPEC: [&str; 4] = ["failureStrategies", "strategy", "timeout", "when"];

/// Keys of a step that stand in its `spec`.
const IN_SPEC: [&str; 3] = ["envVariables", "environmentVariables", "reports"];

/// Keys that are taken for each other: what is written, and what other types of step call the same.
const CONFUSED: [(&str, &str); 5] = [
    ("envVariables", "environmentVariables"),
    ("environmentVariables", "envVariables"),
    ("body", "requestBody"),
    ("requestBody", "body"),
    ("script", "command"),
];

/// Keys that Harness's own editor writes, though its schema does not list them.
const OF_THE_EDITOR: [&str; 6] = [
    "inputVariables",
    "intelligenceMode",
    "isAutoRejectEnabled",
    "isMultiServicesOrEnvs",
    "retry",
    "skipDryRun",
];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for node in context.pipelines().flat_map(|pipeline| &pipeline.nodes) {
        match node.kind {
            NodeKind::Step => check_step(context, node, findings),
            NodeKind::Stage => check_stage(context, node, findings),
            NodeKind::StepGroup | NodeKind::Pipeline => {}
        }
    }
}

fn check_step(context: RuleContext<'_>, step: &Node, findings: &mut Findings) {
    let Some(known) = step_type(step.type_text()) else {
        return;
    };
    let tree = context.tree();
    let keys = Keys::of(known);
    let spec = tree.find(step.yaml, "spec");
    let written = spec.map_or(&[][..], |spec| tree.entries(spec));
    for entry in written {
        findings.extend(judge(context, &keys, written, *entry));
    }
    for entry in tree.entries(step.yaml) {
        let key = tree.text(entry.key).unwrap_or("");
        if !IN_SPEC.contains(&key) {
            continue;
        }
        let Some(own) = keys.own_name(key) else {
            continue;
        };
        let help = if own == key {
            "move it into the `spec` of the step".to_owned()
        } else {
            format!("write it as `{own}` in the `spec` of the step")
        };
        let finding = RULE
            .finding(
                tree.span(entry.key),
                format!("`{key}` stands beside `spec`, not in it"),
            )
            .with_label("not read here")
            .with_help(help);
        findings.add(finding);
    }
}

/// The keys below the `spec` of a type of step.
struct Keys {
    type_name: &'static str,
    settings: &'static Shape,
}

impl Keys {
    fn of(step: StepType) -> Self {
        Self {
            type_name: step.name(),
            settings: step.settings(),
        }
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.settings.names()
    }

    fn has(&self, key: &str) -> bool {
        self.settings.member(key).is_some()
    }

    /// What the type calls a key: as it is written, or as other types call it.
    fn own_name<'k>(&self, key: &'k str) -> Option<&'k str> {
        let other = CONFUSED.iter().find(|(written, _)| *written == key);
        let names = [Some(key), other.map(|(_, other)| *other)];
        names.into_iter().flatten().find(|name| self.has(name))
    }

    /// Whether a script is one of several kinds of source.
    fn has_source(&self) -> bool {
        let path = ["source", "spec", "script"];
        let found = path
            .iter()
            .try_fold(self.settings, |shape, part| shape.member(part));
        found.is_some()
    }
}

fn judge(
    context: RuleContext<'_>,
    keys: &Keys,
    written: &[Entry],
    entry: Entry,
) -> Option<Diagnostic> {
    let tree = context.tree();
    let key = tree.text(entry.key)?;
    // Of a type without any listed key nothing is known.
    if keys.names().next().is_none()
        || keys.has(key)
        || is_filled_in_later(key)
        || OF_THE_EDITOR.contains(&key)
    {
        return None;
    }
    if BESIDE_SPEC.contains(&key) {
        return Some(beside_spec(context, entry.key, key, "step"));
    }
    let finding = RULE
        .finding(
            tree.span(entry.key),
            format!(
                "a step of type `{}` has no `{key}` in its `spec`",
                keys.type_name
            ),
        )
        .with_label("not read");
    if matches!(key, "command" | "script") && keys.has_source() {
        return Some(
            finding.with_help("write it as `source: { type: Inline, spec: { script: … } }`"),
        );
    }
    let is_written = |name: &str| {
        written
            .iter()
            .any(|entry| tree.text(entry.key) == Some(name))
    };
    let confused = CONFUSED
        .iter()
        .find(|(wrong, right)| *wrong == key && keys.has(right))
        .map(|(_, right)| *right);
    let meant = confused.or_else(|| closest(key, keys.names()))?;
    if is_written(meant) {
        return None;
    }
    let mut finding = finding.with_help(format!("did you mean `{meant}`?"));
    finding
        .fixes
        .extend(context.rewrite(entry.key, meant, Applicability::Unsafe));
    Some(finding)
}

fn beside_spec(context: RuleContext<'_>, place: NodeId, key: &str, noun: &str) -> Diagnostic {
    RULE.finding(
        context.tree().span(place),
        format!("`{key}` stands in the `spec` of the {noun}, not beside it"),
    )
    .with_label("not read here")
    .with_help(format!("move it one level up, beside `spec` of the {noun}"))
}

fn check_stage(context: RuleContext<'_>, stage: &Node, findings: &mut Findings) {
    let Some(known) = stage_type(stage.type_text()) else {
        return;
    };
    let tree = context.tree();
    let spec = tree.find(stage.yaml, "spec");
    for entry in spec.map_or(&[][..], |spec| tree.entries(spec)) {
        let key = tree.text(entry.key).unwrap_or("");
        let is_known = known.spec_keys().any(|known| known.name == key);
        if BESIDE_SPEC.contains(&key) && !is_known {
            findings.add(beside_spec(context, entry.key, key, "stage"));
        }
    }
    let services = stage.services.as_ref().map(|services| &services.uses);
    if let Some(Listed::Open(written)) = services {
        findings.extend(evaluated(written));
    }
}

/// An expression in place of the list of services.
fn evaluated(written: &Located) -> Option<Diagnostic> {
    if !is_evaluated(&written.text) {
        return None;
    }
    let finding = RULE
        .finding(
            written.span,
            "the services of a stage cannot be an expression",
        )
        .with_label("read before anything is evaluated: only a written list counts")
        .with_help("write the services as a list, or `<+input>` to be asked for them");
    Some(finding)
}
