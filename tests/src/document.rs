//! YAML documents that tests change: values with the places of what stands in them.

use std::iter;

use pipewright_source::FileId;
use pipewright_yaml::{NodeId, Resolved, Tree, parse};
use serde_json::Value as Json;

use crate::restyled::in_blocks;

/// A value of a document.
#[derive(Clone, Debug)]
pub enum Value {
    /// Keys with their values, in their order.
    Mapping(Vec<(String, Self)>),
    /// Items.
    List(Vec<Self>),
    /// A text, or what stands for a number, a truth value or nothing.
    Scalar(String),
}

/// Where a value stands: the places of entries and items on the way to it.
pub type Path = Vec<usize>;

impl Value {
    /// The value of a node, with aliases as what they stand for.
    pub fn of(tree: &Tree, at: NodeId) -> Self {
        if tree.is_mapping(at) {
            let entries = tree.entries(at).iter();
            let key = |key| tree.text(key).unwrap_or_default().to_owned();
            let entries = entries.map(|entry| (key(entry.key), Self::of(tree, entry.value)));
            return Self::Mapping(entries.collect());
        }
        if tree.is_sequence(at) {
            let items = tree.items(at).iter();
            return Self::List(items.map(|item| Self::of(tree, *item)).collect());
        }
        let text = tree.text(at).unwrap_or_default();
        Self::Scalar(match tree.resolve(at) {
            Some(Resolved::Text) => quoted(text),
            Some(Resolved::Null) | None => "null".to_owned(),
            Some(_) => text.to_owned(),
        })
    }

    /// The value that a text of YAML holds; nothing where it holds none.
    pub fn read(text: &str) -> Self {
        let tree = parse(FileId(0), text);
        let root = tree.roots().first();
        root.map_or_else(
            || Self::Scalar("null".to_owned()),
            |root| Self::of(&tree, *root),
        )
    }

    /// The document as YAML, in blocks.
    pub fn to_yaml(&self) -> String {
        let tree = parse(FileId(0), &self.on_one_line());
        let root = tree.roots().first();
        root.map_or_else(String::new, |root| in_blocks(&tree, *root, 2))
    }

    fn on_one_line(&self) -> String {
        match self {
            Self::Scalar(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::on_one_line).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Mapping(entries) => {
                let entries = entries.iter();
                let entries =
                    entries.map(|(key, value)| format!("{}: {}", quoted(key), value.on_one_line()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The value at a place.
    pub fn at(&self, path: &[usize]) -> Option<&Self> {
        path.iter().try_fold(self, |value, place| match value {
            Self::Mapping(entries) => entries.get(*place).map(|(_, value)| value),
            Self::List(items) => items.get(*place),
            Self::Scalar(_) => None,
        })
    }

    /// The same, to be changed.
    pub fn at_mut(&mut self, path: &[usize]) -> Option<&mut Self> {
        path.iter().try_fold(self, |value, place| match value {
            Self::Mapping(entries) => entries.get_mut(*place).map(|(_, value)| value),
            Self::List(items) => items.get_mut(*place),
            Self::Scalar(_) => None,
        })
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The items of a list, to be changed.
    pub fn items_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The place of a key in a mapping, and its value.
    pub fn entry(&self, wanted: &str) -> Option<(usize, &Self)> {
        let Self::Mapping(entries) = self else {
            return None;
        };
        let place = entries.iter().position(|(key, _)| key == wanted)?;
        Some((place, &entries[place].1))
    }

    /// The place of the value that keys lead to.
    pub fn path(&self, keys: &[&str]) -> Option<Path> {
        let mut value = self;
        keys.iter()
            .map(|key| {
                let (place, inner) = value.entry(key)?;
                value = inner;
                Some(place)
            })
            .collect()
    }

    /// Every value with its place, the outer before the inner.
    pub fn all(&self) -> Vec<(Path, &Self)> {
        let mut found = vec![(Path::new(), self)];
        let mut at = 0;
        while let Some((path, value)) = found.get(at).cloned() {
            at += 1;
            let inside: Vec<&Self> = match value {
                Self::Mapping(entries) => entries.iter().map(|(_, value)| value).collect(),
                Self::List(items) => items.iter().collect(),
                Self::Scalar(_) => Vec::new(),
            };
            let places = inside.into_iter().enumerate();
            found.extend(places.map(|(place, value)| (below(&path, [place]), value)));
        }
        found
    }
}

/// A place below another one.
pub fn below(path: &[usize], places: impl IntoIterator<Item = usize>) -> Path {
    path.iter().copied().chain(places).collect()
}

/// The nodes of a tree by their places, the root first.
pub fn places(tree: &Tree) -> Vec<(Path, NodeId)> {
    let mut found: Vec<(Path, NodeId)> = tree
        .roots()
        .iter()
        .map(|root| (Path::new(), *root))
        .collect();
    let mut at = 0;
    while let Some((path, node)) = found.get(at).cloned() {
        at += 1;
        let entries = tree.entries(node).iter().map(|entry| entry.value);
        let inside: Vec<NodeId> = entries.chain(tree.items(node).iter().copied()).collect();
        found.extend(iter::zip(0.., inside).map(|(place, node)| (below(&path, [place]), node)));
    }
    found
}

fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}
