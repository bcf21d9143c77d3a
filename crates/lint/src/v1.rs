//! Which rules hold in pipelines of v1 YAML (`spec/v1.md` §11). A rule that is not listed may be right there, too, but
//! what it rests on is not known for certain.

use pipewright_analysis::Analysis;
use pipewright_model::YamlVersion;
use pipewright_source::TextRange;

use crate::{Family, Rule};

/// The rules that hold, besides those of [`FAMILIES`]. `comparison-inside-expression` does not: agents that Harness
/// ships compare inside of one expression.
const RULES: [&str; 38] = [
    "invalid-secret-reference",
    "later-stage-reference",
    "later-step-reference",
    "loop-outside-strategy",
    "parallel-stage-reference",
    "parallel-step-reference",
    "rollback-reference",
    "self-output-reference",
    "step-group-outside-group",
    "unknown-functor-method",
    "unknown-matrix-axis",
    "unknown-method",
    "unknown-stage",
    "unknown-step",
    "unknown-variable",
    "wrong-arguments",
    "wrong-step-path",
    "assignment-in-condition",
    "bitwise-operator",
    "constant-condition",
    "impossible-value",
    "invalid-regex",
    "missing-status",
    "null-operand",
    "number-in-quotes",
    "numeric-string-addition",
    "own-stage-status",
    "quoted-expression",
    "string-order-comparison",
    "truthy-string-condition",
    "whole-string-match",
    "invalid-default",
    "invalid-runtime-input",
    "invalid-failure-strategy",
    "invalid-identifier",
    "unknown-barrier",
    "v1-structure",
    "unlisted-name",
];

/// The families all of whose rules hold, but for [`OFF`].
const FAMILIES: [Family; 3] = [Family::Syntax, Family::Security, Family::Hygiene];

/// The rules of these families that do not hold: they speak of how v0 declares variables and outputs.
const OFF: [&str; 4] = [
    "jexl-keyword-name",
    "secret-variable-value",
    "unused-output-variable",
    "unused-variable",
];

/// Whether a rule holds in pipelines of that format.
pub(crate) fn holds(rule: &Rule, version: YamlVersion) -> bool {
    version == YamlVersion::V0
        || RULES.contains(&rule.name)
        || (FAMILIES.contains(&rule.family) && !OFF.contains(&rule.name))
}

/// Whether something at `range` of a file stands in a document of v1.
pub(crate) fn is_in_v1(analysis: &Analysis, range: TextRange) -> bool {
    let mut documents = analysis.documents().iter();
    documents.any(|document| {
        document.version == YamlVersion::V1 && document.span.range.contains_range(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule;

    #[test]
    fn the_lists_name_rules_that_are_not_of_the_other() {
        for name in RULES {
            let listed = rule(name).unwrap();
            assert!(
                !FAMILIES.contains(&listed.family),
                "{name} is listed with its family"
            );
        }
        for name in OFF {
            assert!(FAMILIES.contains(&rule(name).unwrap().family), "{name}");
        }
    }
}
