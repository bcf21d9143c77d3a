//! A plan as one page without network: the picture, and beside it the node that is clicked.

mod references;

use std::fmt::Write as _;

use pipewright_simulate::{Kind, Plan, PlanNode, SeenOperand, Status, Verdict};

use super::boxes::sign;
use super::picture::svg;
use crate::xml::Xml;

pub(crate) use references::{References, Shown, references};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A plan as a page, with what each node reads.
pub(crate) fn html(plan: &Plan, references: &References) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>What would run</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n<aside aria-live=\"polite\">\n",
        svg(plan)
    );
    for (place, node) in plan.nodes.iter().enumerate() {
        section(place, node, references.of(place), &mut page);
    }
    footer(plan, &mut page);
    // A text takes whatever is written into it.
    let _ = write!(
        page,
        "</aside>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    );
    page
}

/// What there is to say of a node.
fn section(place: usize, node: &PlanNode, references: &[Shown], page: &mut String) {
    let name = node.fqn.rsplit('.').next().unwrap_or_default();
    let title = match node.kind {
        Kind::Pipeline => name.to_owned(),
        kind => format!("{} {name}", kind.as_str()),
    };
    let (sign, verdict) = (sign(node.verdict), node.verdict.as_str());
    let (title, fqn) = (Xml(&title), Xml(&node.fqn));
    let _ = write!(
        page,
        "<section id=\"node{place}\"><h1>{title}</h1><p class=\"fqn\">{fqn}</p><dl>\
         <dt>verdict</dt><dd><span class=\"verdict\">{sign} {verdict}</span></dd>"
    );
    let mut say = |what: &str, said: Option<String>| {
        if let Some(said) = said {
            let _ = write!(page, "<dt>{what}</dt><dd>{said}</dd>");
        }
    };
    let text = |text: &str| Some(Xml(text).to_string());
    let code = |text: &str| Some(format!("<code>{}</code>", Xml(text)));
    let status = node.status.map(Status::as_str);
    say("why", text(&node.reason));
    say("status", status.and_then(text));
    say("condition", node.condition.as_deref().and_then(code));
    if let Some(seen) = &node.seen {
        say(
            "values seen",
            list(seen.values.iter().map(|value| Xml(value).to_string())),
        );
        say("operands", list(seen.operands.iter().map(operand)));
    }
    say(
        "needs",
        list(node.needs.iter().filter_map(|need| code(need))),
    );
    say("reads", list(references.iter().map(reference)));
    say(
        "failure",
        node.error_type.and_then(|fault| text(fault.as_str())),
    );
    say("action", node.action.and_then(text));
    let attempts = (node.attempts > 1).then(|| node.attempts.to_string());
    say("attempts", attempts);
    say("inside", node.within.as_deref().and_then(code));
    let race = node.race.then(|| "which branch is faster".to_owned());
    say("depends on", race);
    let documented = node.documented.map(Verdict::as_str);
    say("documented reading", documented.and_then(text));
    page.push_str("</dl></section>\n");
}

/// A list of what is HTML already; `None` for an empty one.
fn list(items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<String> = items.map(|item| format!("<li>{item}</li>")).collect();
    (!items.is_empty()).then(|| format!("<ul>{}</ul>", items.concat()))
}

fn operand(operand: &SeenOperand) -> String {
    let said = match operand.is_true {
        Some(true) => "is true",
        Some(false) => "is false",
        None => "was not asked, or is not known",
    };
    format!("<code>{}</code> <em>{said}</em>", Xml(&operand.text))
}

fn reference(shown: &Shown) -> String {
    let (path, said) = (Xml(&shown.path), Xml(&shown.came_to));
    format!("<code>{path}</code> <em>{said}</em>")
}

/// What the signs mean that are in the picture, and how to move in it.
fn footer(plan: &Plan, page: &mut String) {
    let is_there = |verdict: &Verdict| plan.nodes.iter().any(|node| node.verdict == *verdict);
    let verdicts = Verdict::ALL.into_iter().filter(is_there);
    let signs: Vec<String> = verdicts
        .map(|verdict| format!("<span>{} {}</span>", sign(verdict), verdict.as_str()))
        .collect();
    let signs = signs.concat();
    let _ = writeln!(
        page,
        "<footer>{signs}<br>Click a box, or move with the arrow keys; Escape shows the pipeline.</footer>"
    );
}
