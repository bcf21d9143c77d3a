//! A pipeline as a graph: stages, groups and steps in boxes, what runs after what, and who reads from whom.

pub(crate) mod dot;
pub(crate) mod mermaid;

use std::collections::HashMap;

use pipewright_model::{Item, NodeId, NodeKind, Pipeline};
use pipewright_resolve::{Reference, Resolution};

use crate::names::noun;
use crate::printable::printable;

/// How many paths an edge is labelled with; the rest are counted.
const MOST_LABELS: usize = 3;

/// How many characters a line of a label has. Identifiers have 128 at most; what is longer is no name that anyone could
/// read.
const MOST_CHARACTERS: usize = 160;

/// The pipelines of one file, drawn together.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// The outermost boxes.
    roots: Vec<Vertex>,
    /// What runs after what.
    sequence: Vec<Step>,
    /// Who reads from whom, each pair once.
    edges: Vec<Edge>,
    /// What is read and does not exist: id and path.
    missing: Vec<(String, String)>,
    /// The pipelines that chained stages run and read, as boxes by themselves.
    children: Vec<Vertex>,
}

/// What an output of a chained stage reads in the pipeline that the stage runs.
#[derive(Debug)]
pub(crate) struct ChildReading {
    /// The stage.
    pub(crate) stage: NodeId,
    /// The lines that name the pipeline.
    pub(crate) child: Vec<String>,
    /// What is read there.
    pub(crate) label: String,
    /// Whether it cannot work.
    pub(crate) is_wrong: bool,
}

/// A pipeline, stage, group or step.
#[derive(Debug)]
struct Vertex {
    /// A name of letters and digits that no other vertex has.
    id: String,
    /// Lines of text.
    label: Vec<String>,
    /// What stands in it, in the order of the file. With children, it is a frame around them.
    children: Vec<Self>,
    /// Whether it is a frame that reads or is read itself, so that it needs a box of its own inside.
    has_anchor: bool,
}

/// From one vertex to the next in the order of the run.
#[derive(Debug)]
struct Step {
    from: End,
    to: End,
}

/// The end of an edge in the order of the run: a box and, where that stands in a frame that is meant, the frame.
#[derive(Debug)]
struct End {
    vertex: String,
    frame: Option<String>,
}

/// From a reader to what it reads.
#[derive(Debug)]
struct Edge {
    from: String,
    to: String,
    /// What is read, in the order of the file.
    labels: Vec<String>,
    /// Whether it cannot work.
    is_wrong: bool,
}

impl Edge {
    /// The lines of its label.
    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.labels.iter().take(MOST_LABELS).cloned().collect();
        if self.labels.len() > MOST_LABELS {
            lines.push(format!("and {} more", self.labels.len() - MOST_LABELS));
        }
        lines
    }
}

impl Vertex {
    fn is_frame(&self) -> bool {
        !self.children.is_empty()
    }

    /// The name of the box that edges of the vertex end at.
    fn anchor(id: &str) -> String {
        format!("{id}self")
    }

    /// The first box inside, or itself.
    fn first(&self) -> &Self {
        self.children.first().map_or(self, Self::first)
    }

    /// The last box inside, or itself.
    fn last(&self) -> &Self {
        self.children.last().map_or(self, Self::last)
    }
}

impl Graph {
    /// Draws a pipeline, these of its references, and what its chained stages read in other pipelines. Readings of a
    /// node's own settings are left out.
    pub(crate) fn add(
        &mut self,
        pipeline: &Pipeline,
        resolution: &Resolution,
        references: &[&Reference],
        in_children: &[ChildReading],
    ) {
        let mut drawing = Drawing {
            pipeline,
            prefix: format!("p{}", self.roots.len()),
            graph: self,
            edges: HashMap::new(),
            anchored: vec![false; pipeline.nodes.len()],
        };
        for reference in references {
            drawing.reference(resolution, reference);
        }
        for reading in in_children {
            drawing.child_reading(reading);
        }
        let root = drawing.vertex(Pipeline::ROOT);
        self.roots.push(root);
    }

    /// Every outermost box.
    fn boxes(&self) -> impl Iterator<Item = &Vertex> {
        self.roots.iter().chain(&self.children)
    }

    /// The vertex of a pipeline that a chained stage runs.
    fn child(&mut self, label: &[String]) -> String {
        if let Some(known) = self.children.iter().find(|known| known.label == label) {
            return known.id.clone();
        }
        let id = format!("child{}", self.children.len());
        self.children.push(Vertex {
            id: id.clone(),
            label: label.to_vec(),
            children: Vec::new(),
            has_anchor: false,
        });
        id
    }
}

/// One pipeline on its way into the graph.
struct Drawing<'a> {
    pipeline: &'a Pipeline,
    prefix: String,
    graph: &'a mut Graph,
    /// The place of each edge by its ends and whether it is wrong.
    edges: HashMap<(String, String, bool), usize>,
    /// The frames that have edges.
    anchored: Vec<bool>,
}

impl Drawing<'_> {
    fn id(&self, node: NodeId) -> String {
        format!("{}n{}", self.prefix, node.0)
    }

    fn is_frame(&self, node: NodeId) -> bool {
        let sections = &self.pipeline.node(node).sections;
        sections.iter().any(|section| !section.nodes().is_empty())
    }

    /// The vertex that edges of a node end at.
    fn end(&mut self, node: NodeId) -> String {
        let id = self.id(node);
        if self.is_frame(node) {
            self.anchored[node.0 as usize] = true;
            Vertex::anchor(&id)
        } else {
            id
        }
    }

    fn reference(&mut self, resolution: &Resolution, reference: &Reference) {
        let verdict = &reference.verdict;
        let is_wrong = verdict.is_wrong();
        let target = verdict.node();
        // An edge is drawn to another node, and wherever something is wrong.
        let leads_elsewhere = target.is_some_and(|target| target != reference.reader);
        if !leads_elsewhere && !is_wrong {
            return;
        }
        let from = self.end(reference.reader);
        let (to, label) = match target {
            Some(node) => (self.end(node), label(resolution, reference, node)),
            None => (self.missing(reference.path()), verdict.as_str().to_owned()),
        };
        self.edge((from, to, is_wrong), label);
    }

    fn child_reading(&mut self, reading: &ChildReading) {
        let from = self.end(reading.stage);
        let to = self.graph.child(&reading.child);
        self.edge((from, to, reading.is_wrong), reading.label.clone());
    }

    /// Adds a label to the edge between two vertices, which is drawn once for what works and once for what does not.
    fn edge(&mut self, (from, to, is_wrong): (String, String, bool), label: String) {
        let graph = &mut *self.graph;
        let place = *self
            .edges
            .entry((from.clone(), to.clone(), is_wrong))
            .or_insert_with(|| {
                graph.edges.push(Edge {
                    from,
                    to,
                    labels: Vec::new(),
                    is_wrong,
                });
                graph.edges.len() - 1
            });
        let labels = &mut graph.edges[place].labels;
        if !labels.contains(&label) {
            labels.push(label);
        }
    }

    /// The vertex of a path that leads nowhere.
    fn missing(&mut self, path: String) -> String {
        let missing = &mut self.graph.missing;
        if let Some((id, _)) = missing.iter().find(|(_, known)| *known == path) {
            return id.clone();
        }
        let id = format!("missing{}", missing.len());
        missing.push((id.clone(), path));
        id
    }

    /// A node with everything in it. Recurses as deep as groups nest, which the YAML reader bounds.
    fn vertex(&mut self, id: NodeId) -> Vertex {
        let node = self.pipeline.node(id);
        let named = node.identifier.as_ref().or(node.name.as_ref());
        let named = named.map_or_else(String::new, |name| format!(" {}", name.text));
        let mut label = vec![format!("{}{named}", noun(node.kind))];
        if node.kind == NodeKind::Step
            && let Some(type_name) = &node.type_name
        {
            label.push(type_name.text.to_string());
        }
        let mut children = Vec::new();
        for section in &node.sections {
            let rows = self.rows(&section.items, &mut children);
            if section.kind.is_rollback() {
                for vertex in &mut children[rows.start..] {
                    vertex.label.push("on rollback".to_owned());
                }
            }
        }
        Vertex {
            id: self.id(id),
            label,
            children,
            has_anchor: self.anchored[id.0 as usize],
        }
    }

    /// Adds the vertices of a list and connects each to those that run next.
    fn rows(&mut self, items: &[Item], children: &mut Vec<Vertex>) -> std::ops::Range<usize> {
        let start = children.len();
        let mut before = start..start;
        for item in items {
            let first = children.len();
            self.item(item, children);
            let row = first..children.len();
            if row.is_empty() {
                continue;
            }
            for from in &children[before.clone()] {
                for to in &children[row.clone()] {
                    self.graph.sequence.push(Step {
                        from: End::of(from, from.last()),
                        to: End::of(to, to.first()),
                    });
                }
            }
            before = row;
        }
        start..children.len()
    }

    fn item(&mut self, item: &Item, children: &mut Vec<Vertex>) {
        match item {
            Item::Node(node) => {
                let vertex = self.vertex(*node);
                children.push(vertex);
            }
            Item::Parallel { items, .. } => {
                for member in items {
                    self.item(member, children);
                }
            }
            Item::Insert { items, .. } | Item::StageGroup { items, .. } => {
                self.rows(items, children);
            }
        }
    }
}

impl End {
    /// The end at `vertex`, drawn from or to `inner`.
    fn of(vertex: &Vertex, inner: &Vertex) -> Self {
        Self {
            vertex: inner.id.clone(),
            frame: vertex.is_frame().then(|| vertex.id.clone()),
        }
    }
}

/// What is read of a node, with what is wrong in front.
fn label(resolution: &Resolution, reference: &Reference, node: NodeId) -> String {
    let name = resolution.target_name(reference).unwrap_or_default();
    let member = name
        .strip_prefix(&resolution.names.fqn(node))
        .map_or("", |rest| rest.trim_start_matches('.'));
    let verdict = &reference.verdict;
    match (verdict.is_wrong(), member.is_empty()) {
        (false, _) => member.to_owned(),
        (true, true) => verdict.as_str().to_owned(),
        (true, false) => format!("{}: {member}", verdict.as_str()),
    }
}

/// A line of a label as it is drawn: short, and without characters that change what the text around it says.
fn drawn(line: &str) -> String {
    let cut = line.char_indices().nth(MOST_CHARACTERS);
    let (shown, more) = match cut {
        Some((end, _)) => (&line[..end], "…"),
        None => (line, ""),
    };
    printable(shown).replace('\t', " ") + more
}
