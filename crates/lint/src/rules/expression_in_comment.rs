//! `expression-in-comment`

use pipewright_model::SiteKind;
use pipewright_source::TextRange;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::script::Quoting;
use crate::sites::SiteContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "expression-in-comment",
    Hygiene,
    Info,
    Check::Values(&[SiteKind::Script], check)
);

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    let Some((_, script)) = context.script() else {
        return;
    };
    let places = script.places.iter().zip(context.outermost());
    let in_comments = places.filter(|(place, _)| place.quoting == Quoting::Comment);
    let mut last: Option<TextRange> = None;
    for (_, (_, range)) in in_comments {
        let goes_on = last.is_some_and(|last| is_one_comment(context.text, last, range));
        last = Some(range);
        if goes_on {
            continue;
        }
        let finding = RULE
            .finding(
                context.written(range),
                format!(
                    "{} stands in a comment of the script",
                    wording::quoted(range.slice(context.text))
                ),
            )
            .with_label("evaluated like any other: where it fails the step fails, and its value is part of the script")
            .with_help("leave the `<+` out in comments");
        findings.add(finding);
    }
}

/// Whether only lines of comment stand between two expressions.
fn is_one_comment(text: &str, first: TextRange, second: TextRange) -> bool {
    let between = &text[first.end() as usize..second.start() as usize];
    let mut lines = between.split('\n').skip(1);
    lines.all(|line| line.trim_start().starts_with('#'))
}
