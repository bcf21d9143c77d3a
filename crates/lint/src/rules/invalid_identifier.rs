//! `invalid-identifier`

use pipewright_model::identifier::{self, IdentifierProblem};
use pipewright_model::{Located, NodeKind, YamlVersion};
use pipewright_source::Applicability;

use crate::Rule;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "invalid-identifier",
    Structure,
    Error,
    Check::Text(check),
    Unsafe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        for node in &pipeline.nodes {
            let Some(identifier) = &node.identifier else {
                continue;
            };
            if !is_judged(pipeline.version, node.kind) {
                continue;
            }
            let Some(reason) = objection(&identifier.text) else {
                continue;
            };
            let kind = wording::kind(node.kind);
            let mut finding = RULE
                .finding(
                    identifier.span,
                    format!(
                        "{} is not a valid identifier for a {kind}: {reason}",
                        wording::quoted(&identifier.text)
                    ),
                )
                .with_label("Harness refuses to save the pipeline")
                .with_help(
                    "use letters, digits and `_`, beginning with a letter or `_`; the `name` may be any text",
                );
            finding.fixes.extend(correction(context, identifier));
            findings.add(finding);
        }
    }
}

/// Whether identifiers of such nodes have a pattern: in v1 those of stages and steps have none (`spec/v1.md` §2).
const fn is_judged(version: YamlVersion, kind: NodeKind) -> bool {
    match version {
        YamlVersion::V0 => true,
        YamlVersion::V1 => matches!(kind, NodeKind::Pipeline | NodeKind::StepGroup),
    }
}

/// What is wrong with an identifier, as half a sentence. Texts that are filled in later are not judged.
fn objection(text: &str) -> Option<String> {
    if is_filled_in_later(text) {
        return None;
    }
    let reason = match identifier::problem(text)? {
        IdentifierProblem::Empty => return None,
        IdentifierProblem::FirstCharacter(first) if !is_allowed(first) => not_allowed(first),
        IdentifierProblem::FirstCharacter(first) => format!("it begins with `{first}`"),
        IdentifierProblem::Character(character, _) => not_allowed(character),
        IdentifierProblem::TooLong(_) => {
            format!("it is longer than {} characters", identifier::MAX_LENGTH)
        }
        IdentifierProblem::Reserved => "it is a reserved word".to_owned(),
    };
    Some(reason)
}

fn not_allowed(character: char) -> String {
    match character {
        ' ' => "it has a blank in it".to_owned(),
        c if c.is_control() => "it has a control character in it".to_owned(),
        c => format!("`{c}` is not allowed"),
    }
}

fn is_first(c: char) -> bool {
    identifier::problem(c.encode_utf8(&mut [0; 4])).is_none()
}

/// Whether the character may stand inside an identifier, whatever stands before it.
fn is_allowed(c: char) -> bool {
    identifier::problem(&format!("_{c}")).is_none()
}

fn correction(context: RuleContext<'_>, identifier: &Located) -> Option<pipewright_source::Fix> {
    let mut right: String = identifier
        .text
        .chars()
        .map(|c| if is_allowed(c) { c } else { '_' })
        .collect();
    if !right.starts_with(is_first) {
        right.insert(0, '_');
    }
    if objection(&right).is_some() {
        return None;
    }
    context.rewrite(identifier.yaml, &right, Applicability::Unsafe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_harness_accepts() {
        for text in [
            "A",
            "_a",
            "a$b",
            "a_1",
            "Step",
            "<+input>",
            "steps",
            "status",
            "$id",
            "<step_id>",
        ] {
            assert_eq!(objection(text), None, "{text}");
        }
    }

    #[test]
    fn what_harness_refuses() {
        for (text, reason) in [
            ("a-b", "`-` is not allowed"),
            ("a b", "it has a blank in it"),
            ("1a", "it begins with `1`"),
            ("$1", "it begins with `$`"),
            ("<a", "`<` is not allowed"),
            ("ä", "`ä` is not allowed"),
            ("parallel", "it is a reserved word"),
        ] {
            assert_eq!(objection(text).as_deref(), Some(reason), "{text}");
        }
        assert!(objection(&"a".repeat(129)).is_some());
        assert!(objection(&"a".repeat(128)).is_none());
    }
}
