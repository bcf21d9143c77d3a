//! One finding per mistake: which rules stay silent where another explains the same text better.

use std::collections::HashSet;

use pipewright_source::TextRange;

use crate::finding::Finding;

/// A general rule, and the rules that explain the same mistake better.
struct Precedence {
    general: &'static str,
    specific: &'static [&'static str],
}

/// The rules about what is no name, though parts of it are read as names.
const SPLIT_NAMES: &[&str] = &["hyphen-in-path", "shell-variable-in-expression"];

const PRECEDENCE: &[Precedence] = &[
    Precedence {
        general: "expression-syntax",
        specific: &[
            "greater-than-closes-expression",
            "hyphen-in-path",
            "malformed-delimiter",
            "newer-jexl-syntax",
            "reserved-word-in-path",
            "script-in-expression",
            "shell-variable-in-expression",
            "unclosed-expression",
        ],
    },
    Precedence {
        general: "reserved-word-in-path",
        specific: SPLIT_NAMES,
    },
    Precedence {
        // The `var` in `my-var` is no statement.
        general: "script-in-expression",
        specific: SPLIT_NAMES,
    },
    Precedence {
        general: "unknown-variable",
        specific: SPLIT_NAMES,
    },
    Precedence {
        general: "unknown-member",
        specific: SPLIT_NAMES,
    },
    Precedence {
        general: "unknown-output",
        specific: SPLIT_NAMES,
    },
    Precedence {
        general: "unknown-stage",
        specific: SPLIT_NAMES,
    },
    Precedence {
        general: "unknown-step",
        specific: SPLIT_NAMES,
    },
    Precedence {
        general: "unclosed-expression",
        specific: &["greater-than-closes-expression"],
    },
    Precedence {
        general: "later-step-reference",
        specific: &["output-before-execution"],
    },
    Precedence {
        general: "outcome-outside-stage",
        specific: &["environment-in-own-stage-condition"],
    },
    Precedence {
        // `variables.my-name` reads `my` and `name`.
        general: "unknown-root",
        specific: &[
            "hyphen-in-path",
            "invalid-runtime-input",
            "shell-variable-in-expression",
            "runtime-input-in-condition",
            "unknown-member",
            "unknown-output",
            "unknown-setting",
            "unknown-variable",
        ],
    },
];

/// The rules that stay silent where the rule called `specific` explains the same text.
pub(crate) fn generals_of(specific: &str) -> impl Iterator<Item = &'static str> {
    let told_better = PRECEDENCE
        .iter()
        .filter(move |precedence| precedence.specific.contains(&specific));
    told_better.map(|precedence| precedence.general)
}

/// Drops every finding that begins inside the claim of a more specific one. Whether the specific rule is switched on does not
/// matter, as it runs for its claims (see [`crate::Options::runs`]): switching it off must not bring up its echo.
pub(crate) fn settle(findings: Vec<Finding>) -> Vec<Finding> {
    let mut silenced = HashSet::new();
    for precedence in PRECEDENCE {
        let claims = Claims::of(precedence.specific, &findings);
        for (at, finding) in findings.iter().enumerate() {
            let general = finding.diagnostic.rule == precedence.general;
            if general && claims.cover(finding.diagnostic.span.range.start()) {
                silenced.insert(at);
            }
        }
    }
    let numbered = findings.into_iter().enumerate();
    numbered
        .filter(|(at, _)| !silenced.contains(at))
        .map(|(_, finding)| finding)
        .collect()
}

/// The claims of some rules: where each begins, and how far this or an earlier one reaches.
struct Claims {
    starts: Vec<u32>,
    reach: Vec<u32>,
}

impl Claims {
    fn of(rules: &[&str], findings: &[Finding]) -> Self {
        let mut ranges: Vec<TextRange> = findings
            .iter()
            .filter(|finding| rules.contains(&finding.diagnostic.rule))
            .map(|finding| finding.claim.range)
            .collect();
        ranges.sort_unstable();
        let mut furthest = 0;
        let reach = ranges.iter().map(|range| {
            furthest = furthest.max(range.end());
            furthest
        });
        Self {
            reach: reach.collect(),
            starts: ranges.iter().map(|range| range.start()).collect(),
        }
    }

    /// Whether `offset` lies in a claim or directly at its end, where a parser notices that something is missing.
    fn cover(&self, offset: u32) -> bool {
        let begun = self.starts.partition_point(|&start| start <= offset);
        begun > 0 && offset <= self.reach[begun - 1]
    }
}

#[cfg(test)]
mod tests {
    use pipewright_source::{FileId, Span};

    use super::*;
    use crate::rule;

    fn finding(name: &str, span: (u32, u32), claim: (u32, u32)) -> Finding {
        let at = |(start, end)| Span::new(FileId(0), TextRange::new(start, end));
        let rule = rule(name).unwrap();
        Finding {
            diagnostic: rule.finding(at(span), "message"),
            claim: at(claim),
        }
    }

    fn left(findings: Vec<Finding>) -> Vec<(&'static str, u32)> {
        let settled = settle(findings).into_iter();
        settled
            .map(|f| (f.diagnostic.rule, f.diagnostic.span.range.start()))
            .collect()
    }

    #[test]
    fn the_specific_rule_silences_the_general_one_inside_its_claim() {
        let specific = finding("greater-than-closes-expression", (12, 13), (5, 30));
        let inside = finding("expression-syntax", (10, 11), (10, 11));
        let outside = finding("expression-syntax", (40, 41), (40, 41));
        assert_eq!(
            left(vec![specific, inside, outside]),
            [
                ("greater-than-closes-expression", 12),
                ("expression-syntax", 40)
            ]
        );
    }

    #[test]
    fn every_rule_of_the_table_exists() {
        for precedence in PRECEDENCE {
            assert!(rule(precedence.general).is_some());
            for specific in precedence.specific {
                assert!(rule(specific).is_some(), "{specific}");
            }
        }
    }
}
