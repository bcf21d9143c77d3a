//! One finding per mistake: which rules stay silent where another explains the same text better.

use std::collections::HashSet;

use pipewright_source::TextRange;

use crate::finding::Finding;
use crate::{Family, Rule, rule};

/// A general rule, and the rules that explain the same mistake better: it is silent about what begins inside their
/// claims.
struct Precedence {
    general: &'static str,
    specific: &'static [&'static str],
}

/// A rule that judges a whole, and those that find a part of it wrong: it is silent about everything that their claims
/// overlap.
struct OfWhole {
    general: &'static str,
    specific: &'static [&'static str],
    /// All rules of this family find such parts, too.
    family: Family,
}

impl OfWhole {
    fn names(&self, specific: &Rule) -> bool {
        self.specific.contains(&specific.name) || self.family == specific.family
    }
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
        general: "quoted-expression",
        specific: &[
            "expression-injection",
            "secret-in-comparison",
            "secret-method",
        ],
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

/// What stands in a condition and is no condition.
const PARTS: &[&str] = &[
    "assignment-in-condition",
    "comparison-inside-expression",
    "impossible-value",
    "leaf-current-status",
    "own-stage-status",
    "truthy-string-condition",
];

const OF_WHOLES: &[OfWhole] = &[
    OfWhole {
        // What is missing is null, and makes a condition constant.
        general: "constant-condition",
        specific: PARTS,
        family: Family::References,
    },
    OfWhole {
        general: "null-operand",
        specific: PARTS,
        family: Family::References,
    },
];

/// The rules that stay silent where the rule `specific` explains the same text.
pub(crate) fn generals_of(specific: &Rule) -> impl Iterator<Item = &'static str> {
    let told_better = PRECEDENCE
        .iter()
        .filter(move |precedence| precedence.specific.contains(&specific.name));
    let wholes = OF_WHOLES.iter().filter(move |whole| whole.names(specific));
    let wholes = wholes.map(|whole| whole.general);
    told_better
        .map(|precedence| precedence.general)
        .chain(wholes)
}

/// Drops every finding that the claim of a more specific one silences. Whether the specific rule is switched on does
/// not matter, as it runs for its claims (see [`crate::Options::runs`]): switching it off must not bring up its echo.
pub(crate) fn settle(findings: Vec<Finding>) -> Vec<Finding> {
    let mut silenced = HashSet::new();
    for Precedence { general, specific } in PRECEDENCE {
        let claims = Claims::of(&findings, |rule| specific.contains(&rule));
        let begins_inside =
            |finding: &Finding| claims.touch(TextRange::empty(finding.range().start()));
        silenced.extend(places(&findings, general, begins_inside));
    }
    for whole in OF_WHOLES {
        let claims = Claims::of(&findings, |name| {
            rule(name).is_some_and(|rule| whole.names(rule))
        });
        let overlaps = |finding: &Finding| claims.touch(finding.range());
        silenced.extend(places(&findings, whole.general, overlaps));
    }
    let numbered = findings.into_iter().enumerate();
    numbered
        .filter(|(at, _)| !silenced.contains(at))
        .map(|(_, finding)| finding)
        .collect()
}

/// The places of the findings of a rule that are silenced.
fn places(
    findings: &[Finding],
    general: &str,
    is_silenced: impl Fn(&Finding) -> bool,
) -> Vec<usize> {
    let numbered = findings.iter().enumerate();
    let silenced =
        numbered.filter(|(_, finding)| finding.diagnostic.rule == general && is_silenced(finding));
    silenced.map(|(at, _)| at).collect()
}

/// The claims of some rules: where each begins, and how far this or an earlier one reaches.
struct Claims {
    starts: Vec<u32>,
    reach: Vec<u32>,
}

impl Claims {
    fn of(findings: &[Finding], is_specific: impl Fn(&str) -> bool) -> Self {
        let mut ranges: Vec<TextRange> = findings
            .iter()
            .filter(|finding| is_specific(finding.diagnostic.rule))
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

    /// Whether a part of `range` lies in a claim or directly at its end, where a parser notices that something is
    /// missing.
    fn touch(&self, range: TextRange) -> bool {
        let begun = self.starts.partition_point(|&start| start <= range.end());
        begun > 0 && range.start() <= self.reach[begun - 1]
    }
}

#[cfg(test)]
mod tests {
    use pipewright_source::{FileId, Span};

    use super::*;

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
    fn a_rule_about_a_whole_is_silenced_by_a_part_that_is_wrong() {
        let part = finding("unknown-variable", (20, 25), (20, 25));
        let around = finding("constant-condition", (10, 30), (10, 30));
        let elsewhere = finding("constant-condition", (40, 50), (40, 50));
        assert_eq!(
            left(vec![part, around, elsewhere]),
            [("unknown-variable", 20), ("constant-condition", 40)]
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
        for whole in OF_WHOLES {
            assert!(rule(whole.general).is_some());
            for specific in whole.specific {
                assert!(rule(specific).is_some(), "{specific}");
            }
        }
    }
}
