//! `invalid-default` (`spec/engine.md` §7.3)

use pipewright_model::{Variable, may_hold_expression};
use pipewright_source::{Diagnostic, Span, TextRange};
use pipewright_syntax::{ModifierKind, RuntimeInput, parse_runtime_input};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::validators::refused_by;
use crate::wording;

pub(crate) const RULE: Rule = declare!("invalid-default", Inputs, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let decoded = context.text(text);
        let Some(input) = asked_for(decoded) else {
            continue;
        };
        let default = input
            .modifiers
            .iter()
            .find(|modifier| modifier.kind == ModifierKind::Default);
        if let Some(range) = default.and_then(|default| default.arguments) {
            let place = context.written(text.scalar, range);
            findings.extend(judge(decoded, &input, range.slice(decoded), place));
        }
    }
    for variable in context.variables() {
        findings.extend(of_variable(context, variable));
    }
}

/// The `default` beside the `value` of a variable.
fn of_variable(context: RuleContext<'_>, variable: &Variable) -> Option<Diagnostic> {
    let tree = context.tree();
    let (value, default) = (tree.text(variable.value?)?, variable.default?);
    let given = tree.text(default)?;
    let whole = TextRange::of(0, given.len());
    judge(
        value,
        &asked_for(value)?,
        given,
        context.written(default, whole),
    )
}

fn asked_for(text: &str) -> Option<RuntimeInput> {
    parse_runtime_input(text).filter(|input| input.marker.is_some())
}

fn judge(text: &str, input: &RuntimeInput, default: &str, place: Span) -> Option<Diagnostic> {
    let default = default.trim();
    if default.is_empty() || may_hold_expression(default) {
        return None;
    }
    let validator = refused_by(text, input, default)?;
    Some(
        RULE.finding(
            place,
            format!(
                "the default {} is not accepted by {}",
                wording::quoted(default),
                wording::quoted(validator)
            ),
        )
        .with_label("a run that takes the default does not start")
        .with_help("take one of the accepted values, or accept this one, too"),
    )
}
