//! `items-not-a-list`

use pipewright_engine::is_single_expression;
use pipewright_model::{Node, StrategyKind};
use pipewright_source::{Applicability, Diagnostic, Fix, TextRange};
use pipewright_yaml as yaml;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "items-not-a-list",
    References,
    Error,
    Check::Text(check),
    Unsafe
);

/// The longest value that a message repeats, in characters.
const MOST_SHOWN: usize = 60;

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for (pipeline, resolution) in context.analysis.resolved() {
        let values = resolution.loops.values();
        for (what, at) in pipeline.nodes.iter().flat_map(lists) {
            let text = values.text_at(context.tree(), at);
            if let Some(text) = text.filter(|text| text.contains(',')) {
                findings.add(finding(context, &what, at, text));
            }
        }
    }
}

/// Where the loop of a node is given lists, each with what it is called.
fn lists(node: &Node) -> Vec<(String, yaml::NodeId)> {
    let strategy = node.strategy.as_ref();
    match strategy.map(|strategy| &strategy.kind) {
        Some(StrategyKind::Matrix { axes, .. }) => {
            let axes = axes.iter();
            axes.map(|axis| (format!("the axis `{}`", axis.name.text), axis.values))
                .collect()
        }
        Some(StrategyKind::Repeat {
            items: Some(items), ..
        }) => vec![("`items`".to_owned(), *items)],
        _ => Vec::new(),
    }
}

fn finding(context: RuleContext<'_>, what: &str, at: yaml::NodeId, text: &str) -> Diagnostic {
    let written = context.tree().text(at).unwrap_or_default();
    let finding = RULE
        .finding(
            context.tree().span(at),
            format!("{what} is the text {}, not a list", shown(text)),
        )
        .with_label("Harness refuses to start the loop");
    if !written.contains("<+") {
        return finding.with_help("write a YAML list: `[a, b]`");
    }
    let mut finding =
        finding.with_help(format!("make a list of it with `.split({})`", comma(text)));
    finding.fixes.extend(fix(context, at, written, text));
    finding
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => wording::quoted(&format!("{}…", &text[..end])),
        None => wording::quoted(text),
    }
}

/// What stands between the values.
fn comma(text: &str) -> &'static str {
    let mut behind = text.split(',').skip(1);
    if behind.all(|value| value.starts_with(' ')) {
        "\", \""
    } else {
        "\",\""
    }
}

/// Splits the value of the expression where it is written.
fn fix(context: RuleContext<'_>, at: yaml::NodeId, written: &str, text: &str) -> Option<Fix> {
    if !is_single_expression(written) {
        return None;
    }
    let end = written.len();
    let behind = format!(".split({})>", comma(text));
    context.fix(
        format!("split it at {}", comma(text)),
        Applicability::Unsafe,
        at,
        &[
            (TextRange::of(0, 0), "<+"),
            (TextRange::of(end, end), &behind),
        ],
    )
}
