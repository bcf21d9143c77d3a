//! `invalid-runtime-input` (`spec/engine.md` §7)

use pipewright_model::SiteKind;
use pipewright_source::{Applicability, Diagnostic, closest};
use pipewright_syntax::{Modifier, ModifierKind, parse_runtime_input};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!(
    "invalid-runtime-input",
    Inputs,
    Error,
    Check::Text(check),
    Unsafe
);

/// The names that may stand behind `<+input>`.
const MODIFIERS: [&str; 6] = [
    "allowedValues",
    "selectOneFrom",
    "selectManyFrom",
    "regex",
    "default",
    "executionInput",
];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let decoded = context.text(text);
        let input = parse_runtime_input(decoded).filter(|input| input.marker.is_some());
        match input {
            Some(input) => {
                let modifiers = input.modifiers.iter();
                findings.extend(modifiers.filter_map(|modifier| judge(context, text, modifier)));
            }
            None => findings.extend(not_alone(context, text)),
        }
    }
}

fn judge(context: RuleContext<'_>, text: &Text, modifier: &Modifier) -> Option<Diagnostic> {
    let decoded = context.text(text);
    let name = modifier.name_range.slice(decoded);
    let at = |range| context.written(text.scalar, range);
    if modifier.kind == ModifierKind::Unknown {
        let finding = RULE
            .finding(
                at(modifier.name_range),
                format!("a runtime input has no `{name}`"),
            )
            .with_label("not known to Harness: it checks and fills in nothing by it");
        let Some(meant) = closest(name, MODIFIERS) else {
            return Some(finding.with_help(format!("write {}", wording::choice(MODIFIERS))));
        };
        let mut finding = finding.with_help(format!("did you mean `{meant}`?"));
        // Without parentheses the right name would not be read either.
        if modifier.arguments.is_some() {
            finding.fixes.extend(context.fix(
                format!("write `{meant}`"),
                Applicability::Unsafe,
                text.scalar,
                &[(modifier.name_range, meant)],
            ));
        }
        return Some(finding);
    }
    if modifier.arguments.is_none() {
        let finding = RULE
            .finding(
                at(modifier.name_range),
                format!("`{name}` lacks its parentheses"),
            )
            .with_label("without them it is not read")
            .with_help(match modifier.kind {
                ModifierKind::ExecutionInput => "write `.executionInput()`".to_owned(),
                _ => format!("write `.{name}(…)`, with the values between the parentheses"),
            });
        return Some(finding);
    }
    if !modifier.closed {
        let finding = RULE
            .finding(
                at(modifier.range),
                format!("the arguments of `{name}` are never closed"),
            )
            .with_label("not read up to its end")
            .with_help("add the `)`");
        return Some(finding);
    }
    None
}

/// `<+input>` with text in front of it, or inside another expression: it is evaluated like a name, and there is no such
/// name.
fn not_alone(context: RuleContext<'_>, text: &Text) -> Option<Diagnostic> {
    // A condition is a text of its own, into which the word is put as `false`.
    if text.kind == SiteKind::Condition {
        return None;
    }
    let decoded = context.text(text);
    let islands = &text.template().islands;
    let input = islands
        .iter()
        .find(|island| island.inner.slice(decoded).trim() == "input")?;
    let before = decoded[..input.range.start() as usize].trim();
    let (message, help) = if before.is_empty() {
        return None;
    } else if input.parent.is_some() {
        (
            "`<+input>` stands inside another expression",
            "ask for a variable by `<+input>`, and read the variable here",
        )
    } else {
        (
            "`<+input>` has text in front of it",
            "ask for the whole value, or ask for a variable by `<+input>` and read the variable here",
        )
    };
    Some(
        RULE.finding(context.written(text.scalar, input.range), message)
            .with_label("nobody is asked for it: `null` at run time")
            .with_help(help),
    )
}
