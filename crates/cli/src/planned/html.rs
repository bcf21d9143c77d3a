//! A plan as one page without network: the picture, and beside it the node that is clicked.

use std::fmt::Write as _;

use pipewright_simulate::{Plan, PlanNode};

use super::svg::svg;
use crate::xml::Xml;

const STYLE: &str = "\
body { margin: 0; display: flex; height: 100vh; font: 14px/1.5 Helvetica, Arial, sans-serif; color: #202124 }
main { flex: 1; overflow: auto }
aside { width: 24rem; overflow: auto; padding: 1rem; border-left: 1px solid #dadce0; background: #f8f9fa }
section { display: none } section.shown { display: block }
h1 { font-size: 1rem; overflow-wrap: anywhere } dt { color: #5f6368; margin-top: .6rem } dd { margin: 0; overflow-wrap: anywhere }
code { font-family: ui-monospace, monospace; font-size: 13px } .node { cursor: pointer } .node.chosen > rect { stroke-width: 3 }
";

const SCRIPT: &str = "\
const show = number => {
  for (const one of document.querySelectorAll('section')) one.classList.toggle('shown', one.id === 'node' + number);
  for (const one of document.querySelectorAll('.node')) one.classList.toggle('chosen', one.dataset.node === number);
};
for (const one of document.querySelectorAll('.node')) one.addEventListener('click', () => show(one.dataset.node));
show('0');
";

/// A plan as a page.
pub(crate) fn html(plan: &Plan) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>What would run</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n<aside>\n",
        svg(plan)
    );
    for (place, node) in plan.nodes.iter().enumerate() {
        section(place, node, &mut page);
    }
    let _ = write!(
        page,
        "</aside>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    );
    page
}

/// What there is to say of a node.
fn section(place: usize, node: &PlanNode, page: &mut String) {
    let mut rows = vec![
        ("verdict", node.verdict.as_str().to_owned()),
        ("why", node.reason.clone()),
    ];
    let status = node.status.map(|status| status.as_str().to_owned());
    let action = node.action.map(str::to_owned);
    let fault = node.error_type.map(|fault| fault.as_str().to_owned());
    let documented = node.documented.map(|verdict| verdict.as_str().to_owned());
    let needs = (!node.needs.is_empty()).then(|| node.needs.join(", "));
    let attempts = (node.attempts > 1).then(|| node.attempts.to_string());
    let race = node.race.then(|| "which branch is faster".to_owned());
    let more = [
        ("status", status),
        ("condition", node.condition.clone()),
        ("needs", needs),
        ("failure", fault),
        ("action", action),
        ("attempts", attempts),
        ("inside", node.within.clone()),
        ("depends on", race),
        ("documented reading", documented),
    ];
    rows.extend(
        more.into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    // A text takes whatever is written into it.
    let _ = write!(
        page,
        "<section id=\"node{place}\"><h1>{}</h1><dl>",
        Xml(&node.fqn)
    );
    for (name, value) in rows {
        let value = Xml(&value);
        let value = match name {
            "condition" | "needs" => format!("<code>{value}</code>"),
            _ => value.to_string(),
        };
        let _ = write!(page, "<dt>{name}</dt><dd>{value}</dd>");
    }
    page.push_str("</dl></section>\n");
}
