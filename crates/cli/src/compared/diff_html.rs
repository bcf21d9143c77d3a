//! What a change changes, as one page without network: the two pictures of `plan` side by side.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pipewright_compare::{Comparison, Difference, PlanPair};
use pipewright_simulate::Plan;

use super::Sides;
use super::sentences::{change, headline, under_pair};
use super::told::{findings, told};
use crate::Streams;
use crate::exit::Failure;
use crate::planned::svg;
use crate::xml::Xml;

const STYLE: &str = "body { font: 14px/1.5 Helvetica, Arial, sans-serif; margin: 2rem; color: #202124; background: #fff }
h2 { margin-top: 2.5rem } .both { display: flex; gap: 1rem; overflow-x: auto } figure { margin: 0 } figcaption { color: #5f6368 }
[data-changed] > rect { stroke-width: 4 } code, pre { font-size: 12px } pre { margin: 0.25rem 0 } small { color: #5f6368 }
@media (prefers-color-scheme: dark) { body { color: #e8eaed; background: #18191b } figcaption, small { color: #9aa0a6 } }
";

/// Writes the page.
pub(crate) fn write_diff_html(
    comparison: &Comparison,
    sides: &Sides,
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
        part(of, sides, &mut page);
    }
    page.push_str("</body>\n</html>\n");
    write!(streams.output, "{page}")?;
    Ok(())
}

fn part(of: &Difference, sides: &Sides, page: &mut String) {
    let (kind, identifier, file) = (of.kind.as_str(), Xml(&of.identifier), Xml(&of.file));
    // A text takes whatever is written into it.
    let _ = write!(
        page,
        "<h2>{kind} <code>{identifier}</code> ({file}){}</h2>\n<ul>\n",
        change(of)
    );
    for one in told(of, sides) {
        let under = one.under.unwrap_or_default();
        let _ = write!(page, "<li>{}{}", Xml(&under), Xml(&one.said));
        for more in &one.more {
            let _ = write!(page, "<br><small>{}</small>", Xml(more));
        }
        if !one.lines.is_empty() {
            let _ = write!(page, "<pre>{}</pre>", Xml(&one.lines.join("\n")));
        }
        page.push_str("</li>\n");
    }
    for (is_new, found, place) in findings(of, sides) {
        let what = if is_new { "new" } else { "gone" };
        let _ = writeln!(
            page,
            "<li>{what} finding <code>{}</code>: {} ({})</li>",
            found.rule,
            Xml(&found.message),
            Xml(&place)
        );
    }
    for note in &of.verdicts.notes {
        let _ = writeln!(page, "<li>note: {}</li>", Xml(note));
    }
    page.push_str("</ul>\n");
    let changed = changed_nodes(of);
    for pair in &of.verdicts.plans {
        pictures(pair, &changed, page);
    }
}

/// The names before and after of what differs in another way than by its verdict.
fn changed_nodes(of: &Difference) -> BTreeSet<&str> {
    let names = &of.names;
    let gone = names.gone.iter().map(|name| &name.fqn).chain(&names.new);
    let renamed = names.renamed.iter().flat_map(|name| [&name.from, &name.to]);
    let moved = of.order.iter().map(|moved| &moved.fqn);
    let settings = of.settings.iter().map(|setting| &setting.fqn);
    let all = gone.chain(renamed).chain(moved).chain(settings);
    all.map(String::as_str).collect()
}

fn pictures(pair: &PlanPair, changed: &BTreeSet<&str>, page: &mut String) {
    let under = under_pair(pair);
    let _ = writeln!(page, "<h3>{}</h3>\n<div class=\"both\">", Xml(&under));
    for (side, plan) in [("before", &pair.before), ("after", &pair.after)] {
        let _ = writeln!(
            page,
            "<figure><figcaption>{side}</figcaption>\n{}</figure>",
            marked(plan, |fqn| pair.different.contains(fqn)
                || changed.contains(fqn))
        );
    }
    page.push_str("</div>\n");
}

/// The picture of a plan with the nodes marked that are other ones.
fn marked(plan: &Plan, is_other: impl Fn(&str) -> bool) -> String {
    let mut picture = svg(plan);
    for (place, node) in plan.nodes.iter().enumerate() {
        if is_other(&node.fqn) {
            let unmarked = format!("data-node=\"{place}\">");
            let marked = format!("data-node=\"{place}\" data-changed=\"\">");
            picture = picture.replacen(&unmarked, &marked, 1);
        }
    }
    picture
}
