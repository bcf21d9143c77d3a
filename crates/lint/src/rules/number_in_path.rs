//! `number-in-path` (`spec/engine.md` §2.7)

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::IslandId;

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::run_numbers::{is_count, is_field};
use crate::spliced_names::{SplicedName, spliced_names};
use crate::variables::{self, Variables};
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!(
    "number-in-path",
    References,
    Error,
    Check::Text(check),
    Safe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let variables = Variables::of(context);
    for expression in context.expressions() {
        for island in spliced_names(expression.tree)
            .iter()
            .flat_map(SplicedName::islands)
        {
            findings.extend(finding(context, &variables, expression.text, island));
        }
    }
}

fn finding(
    context: RuleContext<'_>,
    variables: &Variables<'_>,
    text: &Text,
    id: IslandId,
) -> Option<Diagnostic> {
    let decoded = context.text(text);
    let island = text.template().get(id)?;
    let path = island.inner.slice(decoded).trim();
    if !is_number(variables, path) {
        return None;
    }
    let written = island.range.slice(decoded);
    let finding = RULE
        .finding(
            context.written(text.scalar, island.range),
            format!(
                "{} is a number, and only a text becomes part of a path",
                wording::quoted(written)
            ),
        )
        .with_label("the path leads nowhere");
    let suffix = path
        .strip_suffix(".iteration")
        .map(|strategy| format!("<+{strategy}.identifierPostFix>"));
    let Some(suffix) = suffix else {
        return Some(finding.with_help(format!("write `<+{path}.toString()>`")));
    };
    let start = island.range.start();
    let has_line = decoded[..start as usize].ends_with('_');
    if !has_line {
        return Some(finding.with_help(format!(
            "the suffix of an iteration, with its `_`, is `{suffix}`"
        )));
    }
    let range = TextRange::new(start - 1, island.range.end());
    let edits = [(range, suffix.as_str())];
    let title = format!("write `{suffix}`");
    let fix = context.fix(&*title, Applicability::Safe, text.scalar, &edits);
    let mut finding = finding.with_help(format!("write `{suffix}` in place of `_{written}`"));
    finding.fixes.extend(fix);
    Some(finding)
}

/// Whether what a path leads to is known to be a number.
fn is_number(variables: &Variables<'_>, path: &str) -> bool {
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let names: Vec<&str> = path.split('.').collect();
    if !names.iter().copied().all(is_name) {
        return false;
    }
    match names.as_slice() {
        [.., "strategy", last] => is_count(last),
        ["pipeline" | "stage", .., "variables", name] => is_number_variable(variables, name),
        ["pipeline" | "stage" | "stepGroup" | "step", .., last] => {
            is_field(last) || *last == "runSequence"
        }
        _ => false,
    }
}

/// Whether every variable of that name is declared as a number.
fn is_number_variable(variables: &Variables<'_>, name: &str) -> bool {
    let named = variables.named(name);
    !named.is_empty() && named.iter().copied().all(variables::is_number)
}
