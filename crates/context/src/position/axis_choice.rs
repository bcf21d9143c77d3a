//! Values of matrix axes that a position chooses by name.

use pipewright_jexl::Json;
use pipewright_model::{Axis, NodeId, StrategyKind};
use pipewright_resolve::LoopItems;
use pipewright_yaml as yaml;

use super::error::AtError;
use crate::contents::Contents;
use crate::prepared::holds_expression;
use crate::yaml_values::json_of;

/// A value that was chosen for an axis.
#[derive(Clone, Debug)]
pub(crate) enum Chosen {
    /// That at a place of the axis' list.
    Place(u32),
    /// A text; the values of the axis are not known.
    Text(String),
}

/// What was asked of one axis of a matrix: its value, or where that is an object one of its members.
#[derive(Debug)]
pub(super) struct AxisChoice<'c> {
    contents: &'c Contents,
    node: NodeId,
    /// The place of the axis in the file; `None` where the axes are not all known.
    axis: Option<usize>,
    /// Its name.
    pub(super) name: &'c str,
    member: Option<&'c str>,
    wanted: &'c str,
}

/// The most values of an axis that a message lists.
const MOST_LISTED: usize = 6;

/// The axes of a matrix, and whether there may be more.
pub(crate) fn matrix_axes(contents: &Contents, node: NodeId) -> Option<(&[Axis], bool)> {
    match &contents.pipeline.node(node).strategy.as_ref()?.kind {
        StrategyKind::Matrix { axes, open, .. } => Some((axes, *open)),
        _ => None,
    }
}

impl<'c> AxisChoice<'c> {
    /// What `asked`, the name of an axis or of a member of its objects, chooses in the loop of a node. `None` if that
    /// has no such axis.
    pub(super) fn new(
        contents: &'c Contents,
        node: NodeId,
        asked: &'c str,
        wanted: &'c str,
    ) -> Option<Self> {
        let (axes, open) = matrix_axes(contents, node)?;
        let place = |name: &str| axes.iter().position(|axis| &*axis.name.text == name);
        let choice = |axis, name, member| Self {
            contents,
            node,
            axis,
            name,
            member,
            wanted,
        };
        if let Some(axis) = place(asked) {
            return Some(choice(Some(axis), asked, None));
        }
        let (name, member) = asked.split_once('.').unzip();
        if let Some(axis) = name.and_then(place) {
            return Some(choice(Some(axis), name?, member));
        }
        open.then(|| choice(None, asked, None))
    }

    /// Where the values of the axis are written.
    fn written(&self) -> Option<yaml::NodeId> {
        let (all, _) = matrix_axes(self.contents, self.node)?;
        Some(all.get(self.axis?)?.values)
    }

    /// The values of the axis, as far as they are known.
    fn items(&self) -> Option<LoopItems<'c>> {
        let values = self.contents.loops.values();
        values.items(&self.contents.tree, self.written()?)
    }

    /// Whether an iteration with these places of its values may be meant.
    pub(super) fn fits(&self, places: &[u32]) -> bool {
        let place = self.axis.and_then(|axis| places.get(axis));
        match (self.items(), place) {
            (Some(items), Some(place)) => self.matches(items, *place as usize) != Some(false),
            _ => true,
        }
    }

    /// Whether the value at a place is what was asked for; `None` where only a run knows it.
    fn matches(&self, items: LoopItems<'_>, at: usize) -> Option<bool> {
        match self.member {
            None if let Some(text) = items.text(at) => Some(text == self.wanted),
            None => {
                let wanted = Json::read(self.wanted).ok();
                Some(wanted.as_ref() == Some(&self.object(items, at)?))
            }
            Some(member) => {
                let object = self.object(items, at)?;
                let value = member
                    .split('.')
                    .try_fold(&object, |inner, name| inner.get(name));
                Some(value.is_some_and(|value| plain(value) == self.wanted))
            }
        }
    }

    /// The value at a place, if it is an object without expressions.
    fn object(&self, items: LoopItems<'_>, at: usize) -> Option<Json> {
        let value = if let Some(node) = items.node(at) {
            json_of(&self.contents.tree, node)?
        } else {
            let computed = &self.contents.loop_items;
            computed.get(&self.written()?)?.get(at)?.clone()
        };
        (value.as_object().is_some() && !holds_expression(&value)).then_some(value)
    }

    /// What the axis has where it is read; `None` where several values may be meant.
    ///
    /// # Errors
    /// [`AtError::NoAxisValue`]
    pub(super) fn chosen(&self) -> Result<Option<Chosen>, AtError> {
        let Some(items) = self.items() else {
            let text = self.wanted.to_owned();
            return Ok(self.member.is_none().then_some(Chosen::Text(text)));
        };
        let all = 0..items.len();
        let found: Vec<Option<bool>> = all.map(|at| self.matches(items, at)).collect();
        let may_be = |found: &Option<bool>| *found != Some(false);
        let first = found.iter().position(may_be);
        let Some(first) = first else {
            return Err(AtError::NoAxisValue {
                name: self.contents.names.fqn(self.node),
                axis: self.name.to_owned(),
                value: self.wanted.to_owned(),
                has: self.values(items),
            });
        };
        let is_only = found.iter().filter(|found| may_be(found)).count() == 1;
        Ok(match found[first] {
            Some(true) if is_only || self.member.is_none() => {
                u32::try_from(first).ok().map(Chosen::Place)
            }
            Some(true) => None,
            _ => Some(Chosen::Text(self.wanted.to_owned())),
        })
    }

    /// The values of the axis, as a message lists them.
    fn values(&self, items: LoopItems<'_>) -> Vec<String> {
        let value = |at| match items.text(at) {
            Some(text) => text.to_owned(),
            None => self
                .object(items, at)
                .map_or_else(|| "…".to_owned(), |object| object.to_string()),
        };
        let mut values: Vec<String> = (0..items.len()).take(MOST_LISTED).map(value).collect();
        if items.len() > MOST_LISTED {
            values.push("…".to_owned());
        }
        values
    }
}

/// A value as a text.
fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
