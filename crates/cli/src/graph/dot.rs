//! The graph for Graphviz.

use std::io::{self, Write};

use super::{End, Graph, Vertex, drawn};

/// How boxes and letters look.
const HEAD: &str = r#"digraph pipewright {
  compound=true;
  fontname="Helvetica";
  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica", fontsize=11];
  edge [fontname="Helvetica", fontsize=9];
"#;

/// What runs after what.
const SEQUENCE: &str = r##"color="#9aa0a6", arrowsize=0.6"##;
/// A reference.
const READS: &str = r##"color="#1a73e8", fontcolor="#1a73e8", style=dashed, constraint=false"##;
/// A reference that cannot work.
const WRONG: &str =
    r##"color="#d93025", fontcolor="#d93025", style=bold, penwidth=2, constraint=false"##;
/// What is read and does not exist.
const MISSING: &str = r##"color="#d93025", fontcolor="#d93025", style=dashed"##;

/// Writes the graph in the DOT language.
pub(crate) fn write(graph: &Graph, output: &mut dyn Write) -> io::Result<()> {
    write!(output, "{HEAD}")?;
    for root in graph.boxes() {
        vertex(root, 1, output)?;
    }
    for (id, path) in &graph.missing {
        writeln!(output, "  {id} [label={}, {MISSING}];", quoted(&[path]))?;
    }
    for step in &graph.sequence {
        let (from, to) = (&step.from, &step.to);
        writeln!(
            output,
            "  {} -> {} [{SEQUENCE}{}{}];",
            from.vertex,
            to.vertex,
            frame("ltail", from),
            frame("lhead", to),
        )?;
    }
    for edge in &graph.edges {
        let style = if edge.is_wrong { WRONG } else { READS };
        let label = quoted(&edge.lines());
        writeln!(
            output,
            "  {} -> {} [label={label}, {style}];",
            edge.from, edge.to
        )?;
    }
    writeln!(output, "}}")
}

/// A box, or a frame with everything in it. Recurses as deep as groups nest.
fn vertex(vertex: &Vertex, depth: usize, output: &mut dyn Write) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    let label = quoted(&vertex.label);
    let id = &vertex.id;
    if !vertex.is_frame() {
        return writeln!(output, "{indent}{id} [label={label}];");
    }
    writeln!(output, "{indent}subgraph cluster_{id} {{")?;
    writeln!(output, "{indent}  label={label};")?;
    if vertex.has_anchor {
        let anchor = Vertex::anchor(id);
        writeln!(
            output,
            "{indent}  {anchor} [label={label}, shape=ellipse, style=filled];"
        )?;
    }
    for child in &vertex.children {
        self::vertex(child, depth + 1, output)?;
    }
    writeln!(output, "{indent}}}")
}

fn frame(attribute: &str, end: &End) -> String {
    let frame = end.frame.as_ref();
    frame.map_or_else(String::new, |frame| {
        format!(", {attribute}=cluster_{frame}")
    })
}

/// Lines as one quoted text of the language.
/// Lines of a label as the text of one.
pub(crate) fn quoted(lines: &[impl AsRef<str>]) -> String {
    let escaped: Vec<String> = lines.iter().map(|line| escaped(line.as_ref())).collect();
    format!("\"{}\"", escaped.join("\\n"))
}

fn escaped(line: &str) -> String {
    drawn(line).replace('\\', "\\\\").replace('"', "\\\"")
}
