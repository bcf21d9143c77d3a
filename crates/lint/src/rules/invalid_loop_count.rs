//! `invalid-loop-count`

use pipewright_model::{StrategyKind, Times};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::placeholder::is_templated;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!("invalid-loop-count", References, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for (pipeline, resolution) in context.analysis.resolved() {
        let values = resolution.loops.values();
        let strategies = pipeline
            .nodes
            .iter()
            .filter_map(|node| node.strategy.as_ref());
        let counts = strategies.filter_map(|strategy| count(&strategy.kind));
        for (key, times) in counts {
            let text = values.text_at(context.tree(), times.yaml);
            if let Some(text) = text.filter(|text| !is_count(text) && !is_templated(text)) {
                findings.add(finding(context, key, times, text));
            }
        }
    }
}

/// Where a loop is given a number, and the key in front of it.
fn count(strategy: &StrategyKind) -> Option<(&'static str, Times)> {
    match strategy {
        StrategyKind::Repeat { times, .. } => times.map(|times| ("times", times)),
        StrategyKind::Parallelism(times) => Some(("parallelism", *times)),
        StrategyKind::Matrix { .. } | StrategyKind::Unknown => None,
    }
}

/// Whether a loop may run so often.
fn is_count(text: &str) -> bool {
    let text = text.trim();
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let is_whole = !whole.is_empty() && whole.bytes().all(|digit| digit.is_ascii_digit());
    is_whole && whole.bytes().any(|digit| digit != b'0')
}

fn finding(context: RuleContext<'_>, key: &str, times: Times, text: &str) -> Diagnostic {
    let what = match text.trim() {
        "" => "empty".to_owned(),
        text => wording::quoted(text),
    };
    let message = format!("`{key}` is {what}, not a whole number from 1");
    RULE.finding(context.tree().span(times.yaml), message)
        .with_label("Harness refuses the loop")
        .with_help(
            "write a number, or an expression that gives one; a list of values goes below `items`",
        )
}
