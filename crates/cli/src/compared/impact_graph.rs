//! What rests on something, as a graph: an arrow from what rests on something to that.

use std::collections::BTreeMap;

use pipewright_compare::{Dependent, Impact};

use crate::Streams;
use crate::exit::Failure;
use crate::graph::{dot, mermaid};
use crate::printable::printable;

/// Writes a Graphviz graph.
pub(crate) fn write_impact_dot(impact: &Impact, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let graph = Graph::new(impact);
    writeln!(
        streams.output,
        "digraph impact {{\n  rankdir=RL;\n  node [shape=box];"
    )?;
    for (label, number) in graph.sorted() {
        writeln!(
            streams.output,
            "  n{number} [label={}];",
            dot::quoted(&lines(label))
        )?;
    }
    for (from, to, tie) in &graph.edges {
        writeln!(
            streams.output,
            "  n{from} -> n{to} [label={}];",
            dot::quoted(&[tie])
        )?;
    }
    writeln!(streams.output, "}}")?;
    Ok(())
}

/// Writes a Mermaid flowchart.
pub(crate) fn write_impact_mermaid(
    impact: &Impact,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let graph = Graph::new(impact);
    writeln!(streams.output, "flowchart RL")?;
    for (label, number) in graph.sorted() {
        writeln!(
            streams.output,
            "  n{number}[{}]",
            mermaid::quoted(&lines(label))
        )?;
    }
    for (from, to, tie) in &graph.edges {
        writeln!(streams.output, "  n{from} -->|{tie}| n{to}")?;
    }
    Ok(())
}

/// Boxes with the names of nodes and documents, and arrows between their numbers.
#[derive(Default)]
struct Graph {
    boxes: BTreeMap<String, usize>,
    edges: Vec<(usize, usize, &'static str)>,
}

impl Graph {
    fn new(impact: &Impact) -> Self {
        let mut graph = Self::default();
        for subject in &impact.subjects {
            let at = graph.number(&subject.file, &subject.name);
            graph.add(at, &subject.dependents);
        }
        graph
    }

    /// As deep as dependents are followed.
    fn add(&mut self, to: usize, dependents: &[Dependent]) {
        for dependent in dependents {
            let from = self.number(&dependent.file, &dependent.fqn);
            let edge = (from, to, dependent.tie.as_str());
            if !self.edges.contains(&edge) {
                self.edges.push(edge);
            }
            self.add(from, &dependent.dependents);
        }
    }

    fn number(&mut self, file: &str, name: &str) -> usize {
        let label = format!("{}\n{}", printable(name), printable(file));
        let next = self.boxes.len();
        *self.boxes.entry(label).or_insert(next)
    }

    fn sorted(&self) -> Vec<(&str, usize)> {
        let boxes = self.boxes.iter();
        let mut boxes: Vec<(&str, usize)> = boxes
            .map(|(label, number)| (label.as_str(), *number))
            .collect();
        boxes.sort_by_key(|(_, number)| *number);
        boxes
    }
}

fn lines(label: &str) -> Vec<&str> {
    label.split('\n').collect()
}
