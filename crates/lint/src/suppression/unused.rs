//! Names in comments that silence nothing.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use pipewright_resolve::Verdict;
use pipewright_source::{Applicability, Diagnostic, Fix};

use super::{Aim, Suppressions};
use crate::finding::Finding;
use crate::rule_context::RuleContext;
use crate::rules::unused_suppression::RULE;
use crate::{FileKind, Need, rule, wording};

/// What the comments of a file name and do not silence. A name is judged only where everything was seen that its rule
/// may find something in: `together` says whether all files were looked at.
pub(crate) fn unused(
    context: RuleContext<'_>,
    suppressions: &Suppressions<'_>,
    together: bool,
) -> Vec<Finding> {
    let is_read = matches!(
        context.analysis.kind(),
        FileKind::Harness | FileKind::Version1
    );
    let is_on = context.options.enables(RULE.name);
    if suppressions.list.is_empty() || !is_read || !is_on {
        return Vec::new();
    }
    let judge = Judge {
        context,
        together,
        undecided: OnceCell::new(),
    };
    let mut found = Vec::new();
    for suppression in &suppressions.list {
        let names = &suppression.comment.names;
        // A name that is no rule's silences nothing either; the rule about such names tells it better.
        let silent: Vec<usize> = (0..names.len())
            .filter(|place| !suppression.used[*place])
            .filter(|place| judge.knows(names[*place].text, suppression.aim))
            .collect();
        let are_rules = names.iter().all(|name| rule(name.text).is_some());
        if are_rules && silent.len() == names.len() {
            let all = names.iter().map(|name| name.text);
            let mut finding = finding(context, suppression.comment.range, all);
            let removal = suppression.comment.removal(context);
            finding.fixes.extend(removal.map(|edit| Fix {
                title: "leave the comment out".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![edit],
            }));
            found.push(finding);
            continue;
        }
        for place in silent {
            let name = &names[place];
            let fix = Fix {
                title: format!("leave `{}` out", name.text),
                applicability: Applicability::Safe,
                edits: vec![suppression.comment.removal_of(place, context)],
            };
            found.push(finding(context, name.range, [name.text]).with_fix(fix));
        }
    }
    let claiming = found.into_iter().map(|diagnostic| Finding {
        claim: diagnostic.span,
        diagnostic,
    });
    claiming.collect()
}

fn finding<'a>(
    context: RuleContext<'_>,
    range: pipewright_source::TextRange,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    const MOST_NAMES: usize = 4;
    let names = wording::list(names, MOST_NAMES);
    RULE.finding(
        context.span(range),
        format!("there is no finding of {names} to silence here"),
    )
    .with_label("silences nothing")
    .with_help("leave it out, so that it does not hide a finding to come")
}

/// Knows what was seen.
struct Judge<'a> {
    context: RuleContext<'a>,
    together: bool,
    /// The lines with references about which nothing is known.
    undecided: OnceCell<BTreeSet<u32>>,
}

impl Judge<'_> {
    /// Whether a rule would have found what it is about where a comment is aimed.
    fn knows(&self, name: &str, aim: Aim) -> bool {
        let Some(rule) = rule(name) else {
            return true;
        };
        if !self.context.options.enables(name) || name == RULE.name {
            return false;
        }
        match rule.need() {
            Need::Text => true,
            Need::SeveralFiles => self.together && !self.is_undecided(aim),
            Need::References | Need::Values => !self.is_undecided(aim),
        }
    }

    /// Whether something stands there of which nothing is known, as it depends on a template that is not at hand.
    fn is_undecided(&self, aim: Aim) -> bool {
        let lines = self.undecided.get_or_init(|| undecided(self.context));
        match aim {
            Aim::Line { first, last } => lines.range(first..=last).next().is_some(),
            Aim::File => !lines.is_empty(),
        }
    }
}

fn undecided(context: RuleContext<'_>) -> BTreeSet<u32> {
    let lines = context.file.line_index();
    let references = context.references();
    let unknown = references.filter(|of| matches!(of.reference.verdict, Verdict::Unknown(_)));
    let starts = unknown.map(|of| lines.line(of.span().range.start()));
    starts.collect()
}
