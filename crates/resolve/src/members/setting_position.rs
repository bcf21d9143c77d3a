//! A place among the settings of a step: what the file holds there, and what the catalogue knows of it.

use pipewright_model::NodeId;
use pipewright_model::catalogue::Shape;
use pipewright_yaml::{self as yaml, NodeKind as YamlKind, Tree};

use super::{File, Part, step_type};

/// The longest mapping or list that names are looked up in. Longer ones are taken to hold any name.
const MAX_LOOKED_AT: usize = 1_000;

/// A place on the way through the settings.
#[derive(Clone, Copy, Debug)]
pub(super) struct SettingPosition<'a> {
    tree: &'a Tree,
    /// What the file holds there, if anything.
    written: Option<yaml::NodeId>,
    /// What the catalogue knows of it; `None` where nothing is known.
    shape: Option<&'a Shape>,
}

/// Where a part leads.
enum Next<'a> {
    To(SettingPosition<'a>),
    /// There is no such name.
    Nowhere,
    /// There may be such a name.
    Anywhere,
}

impl<'a> SettingPosition<'a> {
    /// The `spec` of a step.
    pub(super) fn settings(file: File<'a>, step: NodeId) -> Self {
        let known = step_type(file, step);
        Self {
            tree: file.tree,
            written: file.tree.find(file.pipeline.node(step).yaml, "spec"),
            shape: known.map(|known| known.settings()),
        }
    }

    /// How deep the parts lead before a name is surely missing; `None` where none is.
    pub(super) fn missing(self, parts: &[Part<'_>]) -> Option<usize> {
        let mut place = self;
        for (depth, part) in parts.iter().enumerate() {
            match place.next(*part) {
                Next::To(next) => place = next,
                Next::Nowhere => return Some(depth),
                Next::Anywhere => return None,
            }
        }
        None
    }

    /// The names at the place that the parts lead to: those written there, then those the catalogue knows.
    pub(super) fn names_at(self, parts: &[Part<'_>]) -> Vec<&'a str> {
        let mut place = self;
        for part in parts {
            match place.next(*part) {
                Next::To(next) => place = next,
                Next::Nowhere | Next::Anywhere => return Vec::new(),
            }
        }
        place.names()
    }

    fn names(self) -> Vec<&'a str> {
        let tree = self.tree;
        let mut names: Vec<&'a str> = Vec::new();
        if let Some(written) = self.written {
            let keys = tree.entries(written).iter();
            names.extend(keys.filter_map(|entry| tree.text(entry.key)));
            let elements = tree.items(written).iter();
            names.extend(elements.filter_map(|element| name_of(tree, *element)));
        }
        names.extend(self.shape.into_iter().flat_map(Shape::names));
        names.truncate(MAX_LOOKED_AT);
        names
    }

    fn next(self, part: Part<'_>) -> Next<'a> {
        let Some(key) = part.key() else {
            return Next::Anywhere;
        };
        match self.written.map(|id| (id, &self.tree.get(id).kind)) {
            None => self.unwritten(key),
            Some((id, YamlKind::Mapping(entries))) if entries.len() <= MAX_LOOKED_AT => {
                match self.tree.find(id, key) {
                    Some(written) => Next::To(Self {
                        written: Some(written),
                        shape: self.shape.and_then(|shape| shape.member(key)),
                        ..self
                    }),
                    None => self.unwritten(key),
                }
            }
            Some((_, YamlKind::Sequence(items))) => self.element(key, items),
            // A text, what an alias stands for, or too much to look at.
            Some(_) => Next::Anywhere,
        }
    }

    /// A name that is not written: legal where the type has it.
    fn unwritten(self, key: &str) -> Next<'a> {
        let Some(shape) = self.shape else {
            return Next::Anywhere;
        };
        match shape.member(key) {
            Some(shape) => Next::To(Self {
                written: None,
                shape: Some(shape),
                ..self
            }),
            None if shape.is_closed() => Next::Nowhere,
            None => Next::Anywhere,
        }
    }

    /// An element of a list of names and values, which is a map at run time (`spec/model.md` §4).
    fn element(self, key: &str, items: &[yaml::NodeId]) -> Next<'a> {
        let is_list_of_names = items.len() <= MAX_LOOKED_AT
            && items.iter().all(|item| is_name_and_value(self.tree, *item));
        let mut names = items.iter().filter_map(|item| name_of(self.tree, *item));
        if is_list_of_names && !names.any(|name| name == key) {
            Next::Nowhere
        } else {
            Next::Anywhere
        }
    }
}

/// Whether an element is a fixed name with plain values, so that its name is all it adds to a path.
fn is_name_and_value(tree: &Tree, element: yaml::NodeId) -> bool {
    let is_fixed = name_of(tree, element).is_some_and(|name| !name.contains(['<', '.']));
    let mut entries = tree.entries(element).iter();
    is_fixed && entries.all(|entry| tree.scalar(entry.value).is_some())
}

/// What an element of a list is called in a path (`spec/model.md` §2.2).
fn name_of(tree: &Tree, element: yaml::NodeId) -> Option<&str> {
    ["identifier", "name", "key"]
        .iter()
        .find_map(|key| tree.text(tree.find(element, key)?))
}
