//! A document as an indented text: each node with its sites, then its lists.

use std::fmt::Write as _;

use pipewright_model::{
    Document, DocumentKind, Item, Located, Moment, Node, NodeId, PathSegment, Pipeline, SiteKind,
    Strategy, StrategyKind, YamlVersion,
};
use pipewright_yaml::{self as yaml, Tree};

use crate::facts;

/// The outline of one document.
pub(crate) fn outline(tree: &Tree, document: &Document) -> String {
    let mut outline = Outline {
        tree,
        text: String::new(),
    };
    outline.document(document);
    outline.text
}

struct Outline<'a> {
    tree: &'a Tree,
    text: String,
}

impl Outline<'_> {
    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.text, "{}{line}", "  ".repeat(depth));
    }

    fn document(&mut self, document: &Document) {
        let (title, pipeline) = match &document.kind {
            DocumentKind::Pipeline(pipeline) => ("pipeline".to_owned(), Some(&**pipeline)),
            DocumentKind::Template(template) => {
                let title = format!(
                    "template {}@{} of a {}",
                    name(template.identifier.as_ref()),
                    name(template.version_label.as_ref()),
                    name(template.type_name.as_ref())
                );
                (title, template.content.as_deref())
            }
            DocumentKind::InputSet(set) => (
                format!("input set {}", name(set.identifier.as_ref())),
                set.values.as_ref(),
            ),
            DocumentKind::OverlayInputSet(set) => (
                format!("overlay input set {}", name(set.identifier.as_ref())),
                set.values.as_ref(),
            ),
        };
        let version = match document.version {
            YamlVersion::V0 => "",
            YamlVersion::V1 => " (v1)",
        };
        self.line(0, &format!("document: {title}{version}"));
        for scalar in &document.loose {
            let line = format!("- {} = {}", path(&scalar.path), self.value(scalar.yaml));
            self.line(1, &line);
        }
        if let Some(pipeline) = pipeline {
            self.node(pipeline, Pipeline::ROOT, 1);
            if !pipeline.nested_parallels.is_empty() {
                self.line(
                    1,
                    &format!("nested parallels: {}", pipeline.nested_parallels.len()),
                );
            }
        }
    }

    fn node(&mut self, pipeline: &Pipeline, id: NodeId, depth: usize) {
        let node = pipeline.node(id);
        self.line(depth, &title(node));
        for fact in facts::of_node(self.tree, pipeline, node) {
            self.line(depth + 1, &format!("· {fact}"));
        }
        for site in pipeline.sites.iter().filter(|site| site.node == id) {
            let line = format!(
                "- {}{} = {}",
                path(&site.path),
                purpose(site.kind, site.moment),
                self.value(site.yaml)
            );
            self.line(depth + 1, &line);
        }
        for section in &node.sections {
            self.line(depth + 1, &format!("[{}]", section.path.join(".")));
            self.items(pipeline, &section.items, depth + 2);
        }
    }

    fn items(&mut self, pipeline: &Pipeline, items: &[Item], depth: usize) {
        for item in items {
            match item {
                Item::Node(id) => self.node(pipeline, *id, depth),
                Item::Parallel { items, .. } => {
                    self.line(depth, "parallel");
                    self.items(pipeline, items, depth + 1);
                }
                Item::Insert {
                    identifier, items, ..
                } => {
                    self.line(depth, &format!("insert {}", name(identifier.as_ref())));
                    self.items(pipeline, items, depth + 1);
                }
                Item::StageGroup {
                    identifier, items, ..
                } => {
                    let title = format!("stage group {}", name(identifier.as_ref()));
                    self.line(depth, &title);
                    self.items(pipeline, items, depth + 1);
                }
            }
        }
    }

    fn value(&self, id: yaml::NodeId) -> String {
        let text = self.tree.text(id).unwrap_or("?");
        let short: String = text.chars().take(60).collect();
        format!("{short:?}")
    }
}

/// Kind and moment, without what is usual.
fn purpose(kind: SiteKind, moment: Moment) -> String {
    let mut words = Vec::new();
    if kind != SiteKind::Setting {
        words.push(format!("{kind:?}"));
    }
    if moment != Moment::Running {
        words.push(format!("{moment:?}"));
    }
    if words.is_empty() {
        return String::new();
    }
    format!(" ({})", words.join(", "))
}

fn title(node: &Node) -> String {
    let mut title = format!("{:?} {}", node.kind, name(node.identifier.as_ref()));
    if let Some(type_name) = &node.type_name {
        let _ = write!(title, " : {}", type_name.text);
    }
    for variable in &node.variables {
        let _ = write!(title, " +{}", variable.name.text);
    }
    if let Some(when) = &node.when {
        let _ = write!(
            title,
            " when {} {:?} {}",
            name(when.status_key.as_ref()),
            when.status,
            name(when.condition.as_ref())
        );
    }
    if node.when_is_open {
        title.push_str(" when ?");
    }
    if let Some(strategy) = &node.strategy {
        let _ = write!(title, " {}", self::strategy(strategy));
    }
    if let Some(template) = &node.template {
        let _ = write!(
            title,
            " template {}@{}",
            name(template.template_ref.as_ref()),
            name(template.version_label.as_ref())
        );
    }
    if let Some(others) = &node.depends_on {
        let _ = write!(title, " after {}", list(others));
    }
    title
}

fn strategy(strategy: &Strategy) -> String {
    match &strategy.kind {
        StrategyKind::Matrix {
            axes,
            exclude,
            node_name,
            open,
        } => {
            let axes: Vec<String> = axes.iter().map(|axis| axis.name.text.to_string()).collect();
            format!(
                "matrix {}{}{}{}",
                axes.join(" "),
                if exclude.is_some() { " exclude" } else { "" },
                node_name
                    .as_ref()
                    .map_or(String::new(), |text| format!(" as {}", text.text)),
                if *open { " open" } else { "" },
            )
        }
        StrategyKind::Repeat {
            times,
            items,
            cut,
            node_name,
        } => format!(
            "repeat {:?}{}{}{}",
            times.and_then(|times| times.literal),
            if items.is_some() { " of items" } else { "" },
            if *cut { " cut" } else { "" },
            node_name
                .as_ref()
                .map_or(String::new(), |text| format!(" as {}", text.text)),
        ),
        StrategyKind::Parallelism(number) => format!("parallelism {:?}", number.literal),
        StrategyKind::Unknown => "strategy ?".to_owned(),
    }
}

fn list(located: &[Located]) -> String {
    let texts: Vec<&str> = located.iter().map(|located| &*located.text).collect();
    format!("[{}]", texts.join(", "))
}

fn name(located: Option<&Located>) -> &str {
    located.map_or("-", |located| &located.text)
}

fn path(path: &[PathSegment]) -> String {
    path.iter().fold(String::new(), |mut text, segment| {
        match segment {
            PathSegment::Key(key) if text.is_empty() => text.push_str(key),
            PathSegment::Key(key) => {
                let _ = write!(text, ".{key}");
            }
            PathSegment::Index(index) => {
                let _ = write!(text, "[{index}]");
            }
        }
        text
    })
}
