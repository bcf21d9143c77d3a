//! A plan as a graph for Graphviz and Mermaid.

use pipewright_simulate::{Plan, Verdict};

use super::boxes::{PlanBox, colours, sign};
use crate::Streams;
use crate::exit::Failure;
use crate::graph::{dot, mermaid};

/// Writes a plan as a Mermaid flowchart.
pub(crate) fn write_mermaid(plan: &Plan, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let mut lines = vec!["flowchart TB".to_owned()];
    let whole = PlanBox::of(plan);
    mermaid_box(&whole, 1, &mut lines);
    arrows(&whole, &mut lines);
    for verdict in Verdict::ALL {
        let (fill, stroke) = colours(verdict);
        let class = class(verdict);
        lines.push(format!(
            "  classDef {class} fill:{fill},stroke:{stroke},color:#202124"
        ));
    }
    for (place, node) in plan.nodes.iter().enumerate() {
        lines.push(format!("  class n{place} {}", class(node.verdict)));
    }
    write(&lines, streams)
}

fn mermaid_box(of: &PlanBox<'_>, depth: usize, lines: &mut Vec<String>) {
    let indentation = "  ".repeat(depth);
    let place = of.place;
    if !of.is_frame() {
        let label = mermaid::quoted(&label(of));
        lines.push(format!("{indentation}n{place}[{label}]"));
        return;
    }
    // Mermaid leaves room for one line above what is in a frame.
    let title = mermaid::quoted(&[format!("{} {}", sign(of.node.verdict), of.title())]);
    lines.push(format!("{indentation}subgraph n{place}[{title}]"));
    for inner in of.rows.iter().flatten() {
        mermaid_box(inner, depth + 1, lines);
    }
    lines.push(format!("{indentation}end"));
}

/// Writes a plan as a Graphviz graph.
pub(crate) fn write_dot(plan: &Plan, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let mut lines = vec![
        "digraph plan {".to_owned(),
        "  graph [compound=true, fontname=\"Helvetica\", fontsize=11]".to_owned(),
        "  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11]"
            .to_owned(),
    ];
    let whole = PlanBox::of(plan);
    dot_box(&whole, 1, &mut lines);
    arrows_of_leaves(&whole, &mut lines);
    lines.push("}".to_owned());
    write(&lines, streams)
}

fn dot_box(of: &PlanBox<'_>, depth: usize, lines: &mut Vec<String>) {
    let indentation = "  ".repeat(depth);
    let (place, label) = (of.place, dot::quoted(&label(of)));
    let (fill, stroke) = colours(of.node.verdict);
    let tooltip = dot::quoted(&[&of.node.reason]);
    let look =
        format!("label={label}, color=\"{stroke}\", fillcolor=\"{fill}\", tooltip={tooltip}");
    if !of.is_frame() {
        lines.push(format!("{indentation}n{place} [{look}]"));
        return;
    }
    lines.push(format!("{indentation}subgraph cluster_n{place} {{"));
    lines.push(format!(
        "{indentation}  graph [style=\"rounded,filled\", {look}]"
    ));
    for inner in of.rows.iter().flatten() {
        dot_box(inner, depth + 1, lines);
    }
    lines.push(format!("{indentation}}}"));
}

/// How many arrows lead from several that end something to several that follow; where there were more, one stands for
/// them.
const MOST_CROSSING: usize = 6;

/// The arrows from each row to the one that follows it. Mermaid fails on some that begin or end at a frame in a frame,
/// so that they lead from leaf to leaf.
fn arrows(of: &PlanBox<'_>, lines: &mut Vec<String>) {
    for pair in of.rows.windows(2) {
        let (mut from, mut to) = (Vec::new(), Vec::new());
        pair[0]
            .iter()
            .for_each(|inner| ends(inner, true, &mut from));
        pair[1].iter().for_each(|inner| ends(inner, false, &mut to));
        let crosses = from.len() > 1 && to.len() > 1;
        if crosses && from.len() * to.len() > MOST_CROSSING {
            from.truncate(1);
            to.truncate(1);
        }
        for from in &from {
            lines.extend(to.iter().map(|to| format!("  n{from} --> n{to}")));
        }
    }
    for inner in of.rows.iter().flatten() {
        arrows(inner, lines);
    }
}

/// The leaves in the last row of a box and of what is in it, or in the first.
fn ends(of: &PlanBox<'_>, last: bool, found: &mut Vec<usize>) {
    let row = if last {
        of.rows.last()
    } else {
        of.rows.first()
    };
    match row {
        Some(row) => row.iter().for_each(|inner| ends(inner, last, found)),
        None => found.push(of.place),
    }
}

/// Graphviz draws arrows from leaf to leaf, cut off at the frames.
fn arrows_of_leaves(of: &PlanBox<'_>, lines: &mut Vec<String>) {
    for pair in of.rows.windows(2) {
        for (from, to) in pair[0]
            .iter()
            .flat_map(|from| pair[1].iter().map(move |to| (from, to)))
        {
            let (tail, head) = (last(from), first(to));
            let mut cut = Vec::new();
            if from.is_frame() {
                cut.push(format!("ltail=cluster_n{}", from.place));
            }
            if to.is_frame() {
                cut.push(format!("lhead=cluster_n{}", to.place));
            }
            lines.push(format!("  n{tail} -> n{head} [{}]", cut.join(", ")));
        }
    }
    for inner in of.rows.iter().flatten() {
        arrows_of_leaves(inner, lines);
    }
}

fn first(of: &PlanBox<'_>) -> usize {
    of.rows
        .first()
        .and_then(|row| row.first())
        .map_or(of.place, first)
}

fn last(of: &PlanBox<'_>) -> usize {
    of.rows
        .last()
        .and_then(|row| row.last())
        .map_or(of.place, last)
}

fn label(of: &PlanBox<'_>) -> [String; 2] {
    let verdict = of.node.verdict;
    [
        of.title(),
        format!("{} {}", sign(verdict), verdict.as_str()),
    ]
}

/// The verdict as a name of Mermaid.
fn class(verdict: Verdict) -> String {
    verdict.as_str().replace('-', "")
}

fn write(lines: &[String], streams: &mut Streams<'_>) -> Result<(), Failure> {
    for line in lines {
        writeln!(streams.output, "{line}")?;
    }
    Ok(())
}
