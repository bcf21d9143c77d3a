//! Every name a pipeline offers (`spec/model.md` §2.1, §2.2).

use std::collections::{HashMap, HashSet};

use pipewright_model::{NodeId, NodeKind, Pipeline};
use pipewright_source::Span;
use pipewright_yaml::{self as yaml, NodeKind as YamlKind, Tree};

use crate::{Names, catalogued};

/// How deep mappings and lists are followed. The YAML reader's own depth limit is below this; aliases could go deeper.
const MAX_DEPTH: u32 = 256;

/// How much text the names of one listing may hold, in bytes. Deeply nested long keys make names that grow with the square of the
/// file; real listings stay a hundred times below.
const MAX_TEXT: usize = 64 << 20;

/// One name a pipeline offers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// The fully qualified name.
    pub fqn: String,
    /// What it names.
    pub kind: NameKind,
    /// The node it belongs to.
    pub node: NodeId,
    /// Where it is written: the value of a setting, the `name` of a variable or output, the `identifier` of a node. `None` for what
    /// only the run makes.
    pub span: Option<Span>,
    /// From when it can be read.
    pub available: Availability,
}

/// What a name names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NameKind {
    /// A field of the YAML.
    Setting,
    /// A declared variable.
    Variable,
    /// A declared output.
    Output,
    /// A field the run fills in.
    RunTime,
}

impl NameKind {
    /// The word of the `fqn` output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::Variable => "variable",
            Self::Output => "output",
            Self::RunTime => "runtime",
        }
    }
}

/// From when a name can be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Availability {
    /// During the whole run.
    Always,
    /// From when its node has started.
    AfterStart,
    /// From when its node has ended with success.
    AfterSuccess,
    /// While and after its node runs; the value changes.
    RunTime,
}

impl Availability {
    /// The word of the `fqn` output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::AfterStart => "after-start",
            Self::AfterSuccess => "after-success",
            Self::RunTime => "run-time",
        }
    }
}

/// The settings, variables and declared outputs of a pipeline in the order of the file, each name once; with `catalogued` also what the
/// run fills in at each node and what the types of its steps and stages publish, at the end. Names beyond 64 MiB of text are left out.
pub fn list(tree: &Tree, pipeline: &Pipeline, names: &Names, catalogued: bool) -> Vec<Name> {
    let mut listing = Listing {
        tree,
        bodies: pipeline
            .ids()
            .map(|id| (pipeline.node(id).yaml, id))
            .collect(),
        pipeline,
        found: Vec::new(),
        seen: HashSet::new(),
        text: 0,
    };
    if pipeline.nodes.is_empty() {
        return Vec::new();
    }
    let root = pipeline.node(Pipeline::ROOT);
    let place = Place {
        node: Pipeline::ROOT,
        kind: NameKind::Setting,
        depth: 0,
    };
    listing.entries(root.yaml, &names.fqn(Pipeline::ROOT), place);
    if catalogued {
        for (fqn, kind, node) in catalogued::names(pipeline, names) {
            listing.add(fqn, kind, node, None);
        }
    }
    listing.found
}

struct Listing<'a> {
    tree: &'a Tree,
    pipeline: &'a Pipeline,
    /// The nodes by their mappings.
    bodies: HashMap<yaml::NodeId, NodeId>,
    found: Vec<Name>,
    seen: HashSet<String>,
    /// The bytes of all names so far.
    text: usize,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct Place {
    node: NodeId,
    kind: NameKind,
    depth: u32,
}

impl Listing<'_> {
    fn is_full(&self) -> bool {
        self.text > MAX_TEXT
    }

    fn add(&mut self, fqn: String, kind: NameKind, node: NodeId, span: Option<Span>) {
        if self.is_full() || !self.seen.insert(fqn.clone()) {
            return;
        }
        self.text += fqn.len();
        let of_pipeline = self.pipeline.node(node).kind == NodeKind::Pipeline;
        let available = match kind {
            NameKind::RunTime => Availability::RunTime,
            NameKind::Output => Availability::AfterSuccess,
            NameKind::Setting | NameKind::Variable if of_pipeline => Availability::Always,
            NameKind::Setting | NameKind::Variable => Availability::AfterStart,
        };
        self.found.push(Name {
            fqn,
            kind,
            node,
            span,
            available,
        });
    }

    /// The names of a value that is called `name`.
    fn value(&mut self, id: yaml::NodeId, name: &str, place: Place) {
        if place.depth >= MAX_DEPTH || self.is_full() {
            return;
        }
        let inner = Place {
            depth: place.depth + 1,
            node: self.bodies.get(&id).copied().unwrap_or(place.node),
            ..place
        };
        match &self.tree.get(id).kind {
            YamlKind::Mapping(_) => {
                let identifier = self.tree.find(id, "identifier");
                let span = Some(self.tree.span(identifier.unwrap_or(id)));
                self.add(name.to_owned(), inner.kind, inner.node, span);
                self.entries(id, name, inner);
            }
            YamlKind::Sequence(items) => {
                let is_plain = items.iter().all(|item| self.tree.scalar(*item).is_some());
                if is_plain {
                    self.setting(id, name, inner);
                }
                for item in items.clone() {
                    self.element(item, name, inner);
                }
            }
            YamlKind::Scalar(_) => self.setting(id, name, inner),
            YamlKind::Alias(_) | YamlKind::BrokenAlias => {}
        }
    }

    fn setting(&mut self, id: yaml::NodeId, name: &str, place: Place) {
        let span = Some(self.tree.span(id));
        self.add(name.to_owned(), place.kind, place.node, span);
    }

    /// The entries of a mapping: each key is a part of the name, but for wrappers.
    fn entries(&mut self, mapping: yaml::NodeId, name: &str, place: Place) {
        for entry in self.tree.entries(mapping) {
            let key = self.tree.text(entry.key).unwrap_or_default();
            if matches!(key, "step" | "parallel") {
                self.value(entry.value, name, place);
                continue;
            }
            let declares = self.bodies.get(&mapping) == Some(&place.node) || place.depth == 0;
            let kind = if key == "variables" && declares {
                NameKind::Variable
            } else {
                place.kind
            };
            let full = format!("{name}.{key}");
            self.value(entry.value, &full, Place { kind, ..place });
            if let Some((list, public)) = self.declared_outputs(mapping, key, name, place) {
                self.outputs(entry.value, list, &public, place);
            }
        }
    }

    /// One element of a list. With an identifier it is an object of that name. Otherwise it stands for what its name or key says,
    /// and its fields add nothing to that but the identifiers of what they wrap.
    fn element(&mut self, element: yaml::NodeId, name: &str, place: Place) {
        let tree = self.tree;
        if tree.is_sequence(element) {
            self.value(element, name, place);
            return;
        }
        if let Some(identifier) = tree.find(element, "identifier")
            && let Some(segment) = tree.text(identifier)
        {
            self.value(element, &format!("{name}.{segment}"), place);
            return;
        }
        let own = ["name", "key"]
            .iter()
            .find_map(|key| tree.find(element, key));
        let own_name = own.and_then(|own| tree.text(own));
        if let (Some(own), Some(own_name)) = (own, own_name) {
            let span = Some(tree.span(own));
            self.add(format!("{name}.{own_name}"), place.kind, place.node, span);
        }
        for entry in tree.entries(element) {
            let wrapped = tree
                .find(entry.value, "identifier")
                .and_then(|identifier| tree.text(identifier));
            let full = match wrapped.or(own_name) {
                Some(segment) => format!("{name}.{segment}"),
                None => name.to_owned(),
            };
            if tree.scalar(entry.value).is_none() {
                self.value(entry.value, &full, place);
            }
        }
    }

    /// If `key` of this mapping declares outputs: the key of their names, and what the names stand below.
    fn declared_outputs(
        &self,
        mapping: yaml::NodeId,
        key: &str,
        name: &str,
        place: Place,
    ) -> Option<(&'static str, String)> {
        let node = self.pipeline.node(place.node);
        let is_spec = self.tree.find(node.yaml, "spec") == Some(mapping);
        let outer = name.strip_suffix(".spec").filter(|_| is_spec)?;
        match (node.kind, key) {
            (NodeKind::Step, "outputVariables") => {
                Some(("name", format!("{outer}.output.outputVariables")))
            }
            (NodeKind::Stage, "outputs") => Some(("name", format!("{outer}.output"))),
            _ => None,
        }
    }

    fn outputs(&mut self, list: yaml::NodeId, key: &str, outer: &str, place: Place) {
        let tree = self.tree;
        for item in tree.items(list) {
            let declared = tree.find(*item, key);
            if let Some((id, name)) = declared.and_then(|id| Some((id, tree.text(id)?))) {
                let span = Some(tree.span(id));
                self.add(
                    format!("{outer}.{name}"),
                    NameKind::Output,
                    place.node,
                    span,
                );
            }
        }
    }
}
