//! One finding per mistake: which rules stay silent where another explains the same text better.

use std::collections::HashSet;

use pipewright_source::TextRange;

use crate::finding::Finding;
use crate::{Family, Rule, rule, rules};

/// Rules that explain a mistake better than others do: where the specific ones speak, the general ones are silent.
struct Precedence {
    specific: Specific,
    general: &'static [&'static str],
    silences: Silences,
    /// Whether the mistake is one of the general rules' own, so that they find it where the specific rule was not
    /// chosen. Else it is an echo.
    is_own: bool,
}

/// The rules that go first.
enum Specific {
    Rules(&'static [&'static str]),
    /// Every rule of a family.
    Family(Family),
}

/// Which findings of the general rules a specific one silences.
enum Silences {
    /// Those that begin inside its claim.
    Inside,
    /// Those that judge a whole of which its claim is a part that is wrong: all that its claim overlaps.
    Around,
}

impl Specific {
    fn has(&self, rule: &Rule) -> bool {
        match self {
            Self::Rules(names) => names.contains(&rule.name),
            Self::Family(family) => rule.family == *family,
        }
    }
}

/// What is missing is null, and what is compared wrongly is always true or false: the echoes of a part in its whole.
const WHOLES: &[&str] = &["constant-condition", "null-operand"];

const PRECEDENCE: &[Precedence] = &[
    Precedence {
        specific: Specific::Rules(&[
            "curly-quote",
            "greater-than-closes-expression",
            "hyphen-in-path",
            "malformed-delimiter",
            "newer-jexl-syntax",
            "reserved-word-in-path",
            "script-in-expression",
            "shell-variable-in-expression",
            "unclosed-expression",
        ]),
        general: &["expression-syntax"],
        silences: Silences::Inside,
        is_own: true,
    },
    Precedence {
        // What is no name, though parts of it are read as names: `variables.my-name` reads `my` and `name`, and the
        // `var` in `my-var` is no statement.
        specific: Specific::Rules(&["hyphen-in-path", "shell-variable-in-expression"]),
        general: &[
            "own-stage-status",
            "reserved-word-in-path",
            "script-in-expression",
            "unknown-member",
            "unknown-output",
            "unknown-root",
            "unknown-setting",
            "unknown-stage",
            "unknown-step",
            "unknown-variable",
        ],
        silences: Silences::Inside,
        is_own: false,
    },
    Precedence {
        // The word is no name that the path could lead to.
        specific: Specific::Rules(&["reserved-word-in-path"]),
        general: &[
            "unknown-member",
            "unknown-output",
            "unknown-setting",
            "unknown-step",
            "unknown-variable",
        ],
        silences: Silences::Inside,
        is_own: false,
    },
    Precedence {
        specific: Specific::Rules(&[
            "invalid-runtime-input",
            "runtime-input-in-condition",
            // It claims a name with a hyphen as a whole.
            "unknown-output",
        ]),
        general: &["unknown-root"],
        silences: Silences::Inside,
        is_own: false,
    },
    Precedence {
        // It writes the names apart, too.
        specific: Specific::Rules(&["greater-than-closes-expression"]),
        general: &["comparison-inside-expression"],
        silences: Silences::Inside,
        is_own: true,
    },
    Precedence {
        specific: Specific::Rules(&["output-before-execution"]),
        general: &["later-step-reference"],
        silences: Silences::Inside,
        is_own: false,
    },
    Precedence {
        specific: Specific::Rules(&["environment-in-own-stage-condition"]),
        general: &["outcome-outside-stage"],
        silences: Silences::Inside,
        is_own: false,
    },
    Precedence {
        // What cannot be read is not read.
        specific: Specific::Rules(&["jexl-keyword-name"]),
        general: &["unused-variable"],
        silences: Silences::Inside,
        is_own: false,
    },
    Precedence {
        // What is set is the text that counts as true.
        specific: Specific::Rules(&["assignment-in-condition"]),
        general: &["truthy-string-condition"],
        silences: Silences::Around,
        is_own: false,
    },
    Precedence {
        specific: Specific::Rules(&["malformed-suppression"]),
        general: &["unused-suppression"],
        silences: Silences::Inside,
        is_own: false,
    },
    Precedence {
        specific: Specific::Rules(&[
            "expression-injection",
            "secret-in-comparison",
            "secret-method",
        ]),
        general: &["quoted-expression"],
        silences: Silences::Around,
        is_own: false,
    },
    Precedence {
        specific: Specific::Family(Family::References),
        general: WHOLES,
        silences: Silences::Around,
        is_own: false,
    },
    Precedence {
        specific: Specific::Rules(&[
            "assignment-in-condition",
            "comparison-inside-expression",
            "impossible-value",
            "leaf-current-status",
            "own-stage-status",
            "secret-in-comparison",
            "truthy-string-condition",
        ]),
        general: WHOLES,
        silences: Silences::Around,
        is_own: false,
    },
];

/// Every pair of rules of which the first, the specific one, silences the second, the general one, where both find the
/// same mistake.
pub fn precedence() -> impl Iterator<Item = (&'static Rule, &'static Rule)> {
    PRECEDENCE.iter().flat_map(|row| {
        let specific = rules().iter().filter(|rule| row.specific.has(rule));
        specific.flat_map(|specific| {
            let general = row.general.iter().filter_map(|name| rule(name));
            general.map(move |general| (specific, general))
        })
    })
}

/// The rules that stay silent where the rule `specific` explains the same text.
pub(crate) fn generals_of(specific: &Rule) -> impl Iterator<Item = &'static str> {
    let rows = PRECEDENCE.iter();
    let rows = rows.filter(move |row| row.specific.has(specific));
    rows.flat_map(|row| row.general.iter().copied())
}

/// Drops every finding that the claim of a more specific one silences. Whether the specific rule is switched on does
/// not matter, as it runs for its claims (see [`crate::Options`]): switching it off must not bring up its echo.
/// Where others were chosen, so that it is `unchosen`, it leaves them what they find by themselves.
pub(crate) fn settle(findings: Vec<Finding>, unchosen: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut silenced = HashSet::new();
    for row in PRECEDENCE {
        let is_specific = |name: &str| {
            let has_claim = !row.is_own || !unchosen(name);
            has_claim && rule(name).is_some_and(|rule| row.specific.has(rule))
        };
        let claims = Claims::of(&findings, is_specific);
        let is_silenced = |finding: &Finding| {
            row.general.contains(&finding.diagnostic.rule)
                && match row.silences {
                    Silences::Inside => claims.touch(TextRange::empty(finding.range().start())),
                    Silences::Around => claims.touch(finding.range()),
                }
        };
        let numbered = findings.iter().enumerate();
        let places = numbered.filter(|(_, finding)| is_silenced(finding));
        silenced.extend(places.map(|(at, _)| at));
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
        let settled = settle(findings, |_| false).into_iter();
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
        for row in PRECEDENCE {
            let specific = match row.specific {
                Specific::Rules(names) => names,
                Specific::Family(_) => &[],
            };
            for name in specific.iter().chain(row.general) {
                assert!(rule(name).is_some(), "{name}");
            }
        }
    }
}
