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
    arrows(&whole, &mut |from, to| {
        lines.push(format!("  n{from} --> n{to}"));
    });
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
    let (place, label) = (of.place, mermaid::quoted(&label(of)));
    if !of.is_frame() {
        lines.push(format!("{indentation}n{place}[{label}]"));
        return;
    }
    lines.push(format!("{indentation}subgraph n{place}[{label}]"));
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

/// Calls `arrow` for each box and each one that follows it.
fn arrows(of: &PlanBox<'_>, arrow: &mut dyn FnMut(usize, usize)) {
    for pair in of.rows.windows(2) {
        for (from, to) in pair[0]
            .iter()
            .flat_map(|from| pair[1].iter().map(move |to| (from, to)))
        {
            arrow(from.place, to.place);
        }
    }
    for inner in of.rows.iter().flatten() {
        arrows(inner, arrow);
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
