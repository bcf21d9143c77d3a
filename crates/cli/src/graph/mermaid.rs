//! The graph as a Mermaid flowchart, which forges draw inside Markdown.

use std::io::{self, Write};

use super::{Edge, End, Graph, Vertex, drawn};

/// Characters that mean something to Mermaid or to the HTML it writes, as entities of its own kind.
const ENTITIES: [(char, &str); 8] = [
    ('%', "#37;"),
    ('#', "#35;"),
    ('"', "#quot;"),
    ('<', "#lt;"),
    ('>', "#gt;"),
    ('&', "#amp;"),
    ('`', "#96;"),
    ('\\', "#92;"),
];

/// Writes the graph as a flowchart. Edges are numbered in the order they are written, so their colours come at the end.
pub(crate) fn write(graph: &Graph, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "flowchart TB")?;
    for root in graph.boxes() {
        vertex(root, 1, output)?;
    }
    for (id, path) in &graph.missing {
        writeln!(output, "  {id}[{}]:::missing", quoted(&[path]))?;
    }
    for step in &graph.sequence {
        writeln!(output, "  {} --> {}", end(&step.from), end(&step.to))?;
    }
    for edge in &graph.edges {
        let arrow = if edge.is_wrong { "==>" } else { "-.->" };
        let lines = edge.lines();
        let is_labelled = lines.iter().any(|line| !line.is_empty());
        let label = if is_labelled {
            format!("|{}|", quoted(&lines))
        } else {
            String::new()
        };
        writeln!(output, "  {} {arrow}{label} {}", edge.from, edge.to)?;
    }
    writeln!(
        output,
        "  classDef missing stroke:#d93025,color:#d93025,stroke-dasharray:4"
    )?;
    colour(graph, false, "stroke:#1a73e8,color:#1a73e8", output)?;
    colour(graph, true, "stroke:#d93025,color:#d93025", output)
}

/// Gives all references that are or are not wrong one style.
fn colour(graph: &Graph, wrong: bool, style: &str, output: &mut dyn Write) -> io::Result<()> {
    let is_meant = |(_, edge): &(usize, &Edge)| edge.is_wrong == wrong;
    let edges = (graph.sequence.len()..).zip(&graph.edges).filter(is_meant);
    let numbers: Vec<String> = edges.map(|(number, _)| number.to_string()).collect();
    if numbers.is_empty() {
        return Ok(());
    }
    writeln!(output, "  linkStyle {} {style}", numbers.join(","))
}

/// A box, or a frame with everything in it. Recurses as deep as groups nest.
fn vertex(vertex: &Vertex, depth: usize, output: &mut dyn Write) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    let label = quoted(&vertex.label);
    let id = &vertex.id;
    if !vertex.is_frame() {
        return writeln!(output, "{indent}{id}[{label}]");
    }
    writeln!(output, "{indent}subgraph {id}[{label}]")?;
    if vertex.has_anchor {
        writeln!(output, "{indent}  {}([{label}])", Vertex::anchor(id))?;
    }
    for child in &vertex.children {
        self::vertex(child, depth + 1, output)?;
    }
    writeln!(output, "{indent}end")
}

/// Mermaid draws edges between frames themselves.
fn end(end: &End) -> &str {
    end.frame.as_ref().unwrap_or(&end.vertex)
}

/// Lines as one quoted text.
/// Lines of a label as the text of one.
pub(crate) fn quoted(lines: &[impl AsRef<str>]) -> String {
    let escaped: Vec<String> = lines.iter().map(|line| escaped(line.as_ref())).collect();
    format!("\"{}\"", escaped.join("<br/>"))
}

fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for c in drawn(line).chars() {
        match ENTITIES.iter().find(|(special, _)| *special == c) {
            Some((_, entity)) => text.push_str(entity),
            None => text.push(c),
        }
    }
    text
}
