//! What a change changes, as one page without network: the two pictures of `plan` side by side.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pipewright_compare::{Comparison, Difference, PlanPair};
use pipewright_simulate::Plan;

use super::sentences::{
    gone, headline, order, outermost, renamed, setting, under, under_pair, verdict,
};
use crate::Streams;
use crate::exit::Failure;
use crate::planned::svg;
use crate::xml::Xml;

const STYLE: &str = "body { font: 14px/1.5 Helvetica, Arial, sans-serif; margin: 2rem; color: #202124; background: #fff }
h2 { margin-top: 2.5rem } .both { display: flex; gap: 1rem; overflow-x: auto } figure { margin: 0 } figcaption { color: #5f6368 }
[data-changed] > rect { stroke-width: 4 } code { font-size: 12px }
@media (prefers-color-scheme: dark) { body { color: #e8eaed; background: #18191b } figcaption { color: #9aa0a6 } }
";

/// Writes the page.
pub(crate) fn write_diff_html(
    comparison: &Comparison,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let title = headline(comparison);
    let title = Xml(&title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>What a change changes</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    for of in comparison.all() {
        part(of, &mut page);
    }
    page.push_str("</body>\n</html>\n");
    write!(streams.output, "{page}")?;
    Ok(())
}

fn part(of: &Difference, page: &mut String) {
    let (identifier, file) = (Xml(&of.identifier), Xml(&of.file));
    // A text takes whatever is written into it.
    let _ = write!(
        page,
        "<h2>{} <code>{identifier}</code> ({file})</h2>\n<ul>\n",
        of.kind.as_str()
    );
    let mut item = |sentence: String| {
        let _ = writeln!(page, "<li>{}</li>", Xml(&sentence));
    };
    of.names.gone.iter().for_each(|name| item(gone(name)));
    of.names.renamed.iter().for_each(|name| item(renamed(name)));
    for name in &of.names.new {
        item(format!("{name} is new"));
    }
    of.order.iter().for_each(|moved| item(order(moved)));
    for differs in outermost(of) {
        let (under, verdict) = (under(differs), verdict(differs));
        item(format!("{under}{verdict}: {}", differs.after.reason));
    }
    for of in &of.settings {
        item(format!("{} is another one", setting(of)));
    }
    page.push_str("</ul>\n");
    for pair in &of.verdicts.plans {
        pictures(pair, page);
    }
}

fn pictures(pair: &PlanPair, page: &mut String) {
    let under = under_pair(pair);
    let _ = writeln!(page, "<h3>{}</h3>\n<div class=\"both\">", Xml(&under));
    for (side, plan) in [("before", &pair.before), ("after", &pair.after)] {
        let _ = writeln!(
            page,
            "<figure><figcaption>{side}</figcaption>\n{}</figure>",
            marked(plan, &pair.different)
        );
    }
    page.push_str("</div>\n");
}

/// The picture of a plan with the nodes of these names marked.
fn marked(plan: &Plan, names: &BTreeSet<String>) -> String {
    let mut picture = svg(plan);
    for (place, node) in plan.nodes.iter().enumerate() {
        if names.contains(&node.fqn) {
            let unmarked = format!("data-node=\"{place}\">");
            let marked = format!("data-node=\"{place}\" data-changed=\"\">");
            picture = picture.replacen(&unmarked, &marked, 1);
        }
    }
    picture
}
