//! The settings of a node as paths with values: what reformatting, reordered keys and comments do not change.

use std::collections::{BTreeMap, HashMap, HashSet};

use pipewright_lint::item_name;
use pipewright_model::{NodeId, Pipeline, YamlVersion};
use pipewright_resolve::published_outputs;
use pipewright_yaml::{self as yaml, Resolved, Tree};

/// How many settings of one node are told apart; a file repeats few by aliases.
const MAX_SETTINGS: usize = 100_000;

/// The scalars of a node that are its own, by their paths in it: `spec.source.spec.script`,
/// `spec.outputVariables[tag].value`. What says nothing (`null`, empty lists and mappings) is left out, and so are the
/// identifier and the lists of stages and steps in it.
pub(crate) type Settings = BTreeMap<String, yaml::NodeId>;

pub(crate) fn settings(tree: &Tree, pipeline: &Pipeline, node: NodeId) -> Settings {
    let of_node = pipeline.node(node);
    let mut lists: HashSet<yaml::NodeId> = HashSet::new();
    for section in &of_node.sections {
        let list = section
            .path
            .iter()
            .try_fold(of_node.yaml, |at, key| tree.find(at, key));
        lists.extend(list.map(|list| tree.target(list)));
        // In v1 files keys stand between a node and its list that no path has.
        let inside = section.nodes().into_iter();
        lists.extend(inside.map(|child| tree.target(pipeline.node(child).yaml)));
    }
    let outputs = match pipeline.version {
        YamlVersion::V0 => Vec::new(),
        YamlVersion::V1 => published_outputs(tree, of_node),
    };
    let mut reader = Reader {
        tree,
        outputs: outputs
            .into_iter()
            .map(|(name, item)| (item, name))
            .collect(),
        identifier: of_node
            .identifier
            .as_ref()
            .map(|identifier| identifier.yaml),
        lists,
        settings: Settings::new(),
    };
    for entry in tree.entries(of_node.yaml) {
        match tree.text(entry.key) {
            Some("identifier") | None => {}
            Some(key) => reader.value(key, entry.value),
        }
    }
    reader.settings
}

/// The scalars below any node of a tree, in the same way, with the path that leads there before theirs.
pub(crate) fn scalars(tree: &Tree, path: &str, at: yaml::NodeId) -> Settings {
    let mut reader = Reader {
        tree,
        outputs: HashMap::new(),
        identifier: None,
        lists: HashSet::new(),
        settings: Settings::new(),
    };
    reader.value(path, at);
    reader.settings
}

/// The last key of a path.
pub(crate) fn last_key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn holds_expression(text: &str) -> bool {
    text.contains("<+") || text.contains("${{")
}

struct Reader<'t> {
    tree: &'t Tree,
    /// The names under which a step of v1 publishes outputs, by their elements.
    outputs: HashMap<yaml::NodeId, yaml::NodeId>,
    /// The identifier of the node, which stands beside its kind or inside it in v1.
    identifier: Option<yaml::NodeId>,
    /// The lists of nodes, which are no settings.
    lists: HashSet<yaml::NodeId>,
    settings: Settings,
}

impl Reader<'_> {
    /// As deep as the file nests, which the YAML reader bounds.
    fn value(&mut self, path: &str, at: yaml::NodeId) {
        let tree = self.tree;
        if self.identifier == Some(at)
            || self.lists.contains(&tree.target(at))
            || self.settings.len() >= MAX_SETTINGS
        {
            return;
        }
        for entry in tree.entries(at) {
            let key = tree.text(entry.key).unwrap_or_default();
            let below = if path.is_empty() {
                key.to_owned()
            } else {
                format!("{path}.{key}")
            };
            self.value(&below, entry.value);
        }
        let mut seen = HashSet::new();
        for (number, item) in tree.items(at).iter().enumerate() {
            let published = self.outputs.get(item).and_then(|name| tree.text(*name));
            let name = published.or_else(|| item_name(tree, *item));
            // An expression is no name: what it reads may have another one after.
            let name = name.filter(|name| !holds_expression(name) && seen.insert(*name));
            let below = match name {
                Some(name) => format!("{path}[{name}]"),
                None => format!("{path}[{number}]"),
            };
            self.value(&below, *item);
        }
        if tree.scalar(at).is_some() && tree.resolve(at) != Some(Resolved::Null) {
            self.settings.insert(path.to_owned(), at);
        }
    }
}
