//! The names that the YAML itself gives: settings, variables and declared outputs (`spec/model.md` §2.1, §2.2).

use std::collections::HashMap;

use pipewright_model::{NodeId, NodeKind, Pipeline};
use pipewright_yaml::{self as yaml, NodeKind as YamlKind, Tree};

use super::{Listing, NameKind};
use crate::declared::OUTPUT_VARIABLES;

/// How deep mappings and lists are followed. The YAML reader's own depth limit is below this; aliases could go deeper.
const MAX_DEPTH: u32 = 256;

/// Adds every name that stands in the file.
pub(super) fn collect(tree: &Tree, listing: &mut Listing<'_>) {
    let pipeline = listing.pipeline;
    let mut bodies: HashMap<yaml::NodeId, Vec<NodeId>> = HashMap::new();
    for id in pipeline.ids() {
        bodies.entry(pipeline.node(id).yaml).or_default().push(id);
    }
    let mut walk = Walk {
        tree,
        bodies,
        listing,
        parts: Vec::new(),
    };
    let place = ListPosition {
        node: Pipeline::ROOT,
        kind: NameKind::Setting,
        depth: 0,
    };
    walk.entries(pipeline.node(Pipeline::ROOT).yaml, place);
}

struct Walk<'t, 'l, 'p> {
    tree: &'t Tree,
    /// The nodes by their mappings; several where an alias repeats one.
    bodies: HashMap<yaml::NodeId, Vec<NodeId>>,
    listing: &'l mut Listing<'p>,
    /// The parts of the name between the node and the place of the walk.
    parts: Vec<&'t str>,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct ListPosition {
    node: NodeId,
    kind: NameKind,
    depth: u32,
}

impl<'t> Walk<'t, '_, '_> {
    /// Walks on with one more part in the name.
    fn below(&mut self, part: Option<&'t str>, go: impl FnOnce(&mut Self)) {
        self.parts.extend(part);
        go(self);
        if part.is_some() {
            self.parts.pop();
        }
    }

    fn add(&mut self, value: yaml::NodeId, place: ListPosition) {
        let span = Some(self.tree.span(value));
        self.listing.add(place.node, &self.parts, place.kind, span);
    }

    /// Adds the name of a mapping, which stands where its identifier does if it has one.
    fn add_object(&mut self, mapping: yaml::NodeId, place: ListPosition) {
        let named_by = self.tree.find(mapping, "identifier");
        self.add(named_by.unwrap_or(mapping), place);
    }

    /// The names of a value.
    fn value(&mut self, id: yaml::NodeId, place: ListPosition) {
        if place.depth >= MAX_DEPTH || self.listing.is_full() {
            return;
        }
        let place = ListPosition {
            depth: place.depth + 1,
            ..place
        };
        match &self.tree.get(id).kind {
            YamlKind::Mapping(entries) if entries.is_empty() => self.add(id, place),
            YamlKind::Mapping(_) => {
                if let Some(node) = self.body(id, place.node) {
                    self.node(id, node, place.depth);
                } else {
                    self.add_object(id, place);
                    self.entries(id, place);
                }
            }
            YamlKind::Sequence(items) => {
                if items.iter().all(|item| self.tree.scalar(*item).is_some()) {
                    self.add(id, place);
                }
                for item in items {
                    self.element(*item, place);
                }
            }
            YamlKind::Scalar(_) => self.add(id, place),
            YamlKind::Alias(_) | YamlKind::BrokenAlias => {}
        }
    }

    /// The node inside `outer` whose mapping it is.
    fn body(&self, mapping: yaml::NodeId, outer: NodeId) -> Option<NodeId> {
        let pipeline = self.listing.pipeline;
        let nodes = self.bodies.get(&mapping)?.iter().copied();
        let mut inside = nodes.filter(|node| pipeline.node(*node).parent == Some(outer));
        inside.next()
    }

    /// The names of a node: they begin anew with its own.
    fn node(&mut self, mapping: yaml::NodeId, node: NodeId, depth: u32) {
        let outside = std::mem::take(&mut self.parts);
        let place = ListPosition {
            node,
            kind: NameKind::Setting,
            depth,
        };
        self.add_object(mapping, place);
        self.entries(mapping, place);
        self.given_variables(place);
        self.parts = outside;
    }

    /// The variables that a node gives to the template it uses, which are its own when the template stands there.
    fn given_variables(&mut self, place: ListPosition) {
        let pipeline = self.listing.pipeline;
        let given = pipeline.node(place.node).variables.iter();
        let kind = NameKind::Variable;
        for variable in given.filter(|variable| variable.is_given) {
            let value = variable.value.unwrap_or(variable.name.yaml);
            let name = self.tree.text(variable.name.yaml);
            self.below(Some("variables"), |walk| {
                walk.below(name, |walk| walk.add(value, ListPosition { kind, ..place }));
            });
        }
    }

    /// The entries of a mapping: each key is a part of the name, but for wrappers.
    fn entries(&mut self, mapping: yaml::NodeId, place: ListPosition) {
        let tree = self.tree;
        for entry in tree.entries(mapping) {
            let key = tree.text(entry.key).unwrap_or_default();
            if matches!(key, "step" | "parallel") {
                self.value(entry.value, place);
                continue;
            }
            let kind = if key == "variables" && tree.is_sequence(entry.value) {
                NameKind::Variable
            } else {
                place.kind
            };
            self.below(Some(key), |walk| {
                walk.value(entry.value, ListPosition { kind, ..place });
            });
            if let Some(public) = self.declared_outputs(mapping, key, place.node) {
                self.outputs(entry.value, public, place.node);
            }
        }
    }

    /// One element of a list. With an identifier it is an object of that name. Otherwise it stands for what its name or
    /// key says, and its fields add nothing to that but the identifiers of what they wrap.
    fn element(&mut self, element: yaml::NodeId, place: ListPosition) {
        let tree = self.tree;
        if tree.is_sequence(element) {
            self.value(element, place);
            return;
        }
        if let Some(identifier) = self.text_of(element, "identifier") {
            self.below(Some(identifier), |walk| walk.value(element, place));
            return;
        }
        let own_name = ["name", "key"]
            .iter()
            .find_map(|key| self.text_of(element, key));
        if own_name.is_some() {
            let value = self.value_of(element);
            self.below(own_name, |walk| walk.add(value, place));
        }
        for entry in tree.entries(element) {
            if tree.scalar(entry.value).is_none() {
                let wrapped = self.text_of(entry.value, "identifier");
                self.below(wrapped.or(own_name), |walk| walk.value(entry.value, place));
            }
        }
    }

    /// If `key` of this mapping declares outputs of the node: what their names stand below.
    fn declared_outputs(
        &self,
        mapping: yaml::NodeId,
        key: &str,
        node: NodeId,
    ) -> Option<&'static [&'static str]> {
        let node = self.listing.pipeline.node(node);
        if self.tree.find(node.yaml, "spec") != Some(mapping) {
            return None;
        }
        match (node.kind, key) {
            (NodeKind::Step, "outputVariables") => Some(&OUTPUT_VARIABLES),
            (NodeKind::Stage, "outputs") => Some(&["output"]),
            _ => None,
        }
    }

    fn outputs(&mut self, list: yaml::NodeId, public: &'static [&'static str], node: NodeId) {
        let tree = self.tree;
        for item in tree.items(list) {
            if let Some(name) = self.text_of(*item, "name") {
                let parts: Vec<&str> = public.iter().copied().chain([name]).collect();
                let span = Some(tree.span(self.value_of(*item)));
                self.listing.add(node, &parts, NameKind::Output, span);
            }
        }
    }

    fn text_of(&self, mapping: yaml::NodeId, key: &str) -> Option<&'t str> {
        self.tree.text(self.tree.find(mapping, key)?)
    }

    /// The value of a named element, or where it has none its name.
    fn value_of(&self, element: yaml::NodeId) -> yaml::NodeId {
        ["value", "name", "key"]
            .iter()
            .find_map(|key| self.tree.find(element, key))
            .unwrap_or(element)
    }
}
