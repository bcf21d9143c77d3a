//! Values of settings: what stands in the file, as a run holds it.

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::{JavaString, Unknown};
use pipewright_model::NodeId;
use pipewright_yaml::{self as yaml, NodeKind, Resolved};

use super::path::Path;
use super::variables::typed;
use crate::lazy_map::LazyMap;
use crate::meant::meant;
use crate::runtime_input::{Filled, accepted, asked_for};
use crate::state::PositionState;
use crate::{NullCause, UnknownCause};

/// A setting, or something below one.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) state: Arc<PositionState>,
    /// The node that has it.
    pub(crate) node: NodeId,
    pub(crate) yaml: yaml::NodeId,
    pub(crate) path: Path,
    /// Whether a scalar is a text whatever it looks like.
    pub(crate) is_text: bool,
    /// Whether it is a value of a loop, which has the members that are written and no others.
    pub(crate) is_closed: bool,
}

/// A member of a setting that is a map in a run.
struct Member<'t> {
    name: &'t str,
    value: yaml::NodeId,
    /// The element that declares it, if it is one of a list of variables.
    variable: Option<yaml::NodeId>,
}

impl Setting {
    /// The value. Objects whose values need work are made when their members are read.
    pub(crate) fn value(self) -> Value {
        let tree = &self.state.contents.tree;
        let given = self.state.given_at(&self.path);
        match &tree.get(self.yaml).kind {
            NodeKind::Scalar(scalar) => {
                let (name, text) = (&self.path.read, &*scalar.value);
                let value = match given {
                    Some(given) => accepted(name, Some(text), given),
                    None => accepted(name, asked_for(tree, self.yaml), self.scalar(text)),
                };
                self.state.checked(name, text, value)
            }
            NodeKind::Mapping(_) => self.into_value(),
            NodeKind::Sequence(items) if self.is_named_list(items) => self.into_value(),
            NodeKind::Sequence(items) => {
                if let Some(given) = given {
                    return given;
                }
                let items = items.iter().zip(0..);
                Value::list(
                    items
                        .map(|(item, at): (_, usize)| {
                            self.below(*item, &at.to_string()).plain_value()
                        })
                        .collect(),
                )
            }
            NodeKind::Alias(_) | NodeKind::BrokenAlias => self
                .state
                .unknown(&self.path.read, UnknownCause::BrokenAlias),
        }
    }

    fn scalar(&self, text: &str) -> Value {
        let name = &self.path.read;
        if let Some(value) = self.state.given_by_parent(self.yaml, name) {
            return value;
        }
        let text = match self.state.filled(text) {
            Filled::Text(text) => text,
            open => return self.state.open_input(name, &open),
        };
        if self.state.may_hold_expression(text) {
            if self.is_closed {
                return self.state.resolved_by_loop(self.node, name, text);
            }
            return if self.node == self.state.node {
                // The engine evaluates it where it is read, which is here.
                Value::from(text)
            } else {
                self.state.resolved_at(self.node, name, text)
            };
        }
        let tree = &self.state.contents.tree;
        let is_whole = tree.text(self.yaml) == Some(text);
        match tree.resolve(self.yaml) {
            Some(Resolved::Bool(value)) if is_whole && !self.is_text => Value::Boolean(value),
            Some(Resolved::Int(number)) if is_whole && !self.is_text => {
                i32::try_from(number).map_or(Value::Long(number), Value::Integer)
            }
            Some(Resolved::Float(number)) if is_whole && !self.is_text => Value::Double(number),
            Some(Resolved::Null) if is_whole && !self.is_text => {
                self.state.null(name, NullCause::SetToNothing)
            }
            _ => Value::from(text),
        }
    }

    /// The value, with every member of every map in it made.
    fn plain_value(self) -> Value {
        let value = self.value();
        let Value::Object(object) = &value else {
            return value;
        };
        match object.as_any().downcast_ref::<Self>() {
            Some(map) => map.as_map(),
            None => value,
        }
    }

    /// Every member with its value. As deep as the file nests.
    fn as_map(&self) -> Value {
        let lazy_map = self.lazy_map();
        let values = lazy_map.map(|member| {
            let value = self.below(member.value, member.name).plain_value();
            (JavaString::from(member.name), self.typed(&member, value))
        });
        Value::map(values.collect::<Vec<_>>())
    }

    /// The members in the order of the file.
    fn lazy_map(&self) -> impl Iterator<Item = Member<'_>> {
        let tree = &self.state.contents.tree;
        let entries = tree.entries(self.yaml).iter().filter_map(|entry| {
            Some(Member {
                name: tree.text(entry.key)?,
                value: entry.value,
                variable: None,
            })
        });
        let named = tree.items(self.yaml).iter().filter_map(|item| {
            let text = |key| tree.text(tree.find(*item, key)?);
            Some(Member {
                name: text("name").or_else(|| text("key"))?,
                value: tree.find(*item, "value").unwrap_or(*item),
                variable: text("name").map(|_| *item),
            })
        });
        entries.chain(named)
    }

    /// Whether a list is a map in a run: every element has a name and a value (`spec/model.md` §4).
    fn is_named_list(&self, items: &[yaml::NodeId]) -> bool {
        let tree = &self.state.contents.tree;
        let names_outputs = self.path.read.ends_with(".outputVariables");
        !items.is_empty()
            && items.iter().all(|item| {
                let named = ["name", "key"].iter().any(|key| {
                    tree.find(*item, key)
                        .is_some_and(|name| tree.text(name).is_some())
                });
                named && (names_outputs || tree.find(*item, "value").is_some())
            })
    }

    /// The value of a member as its `type` says, if it is an element of a list of variables.
    fn typed(&self, member: &Member<'_>, value: Value) -> Value {
        let tree = &self.state.contents.tree;
        match member.variable {
            Some(variable) => typed(tree, tree.find(variable, "type"), value),
            None => value,
        }
    }

    fn below(&self, yaml: yaml::NodeId, name: &str) -> Self {
        Self {
            state: Arc::clone(&self.state),
            node: self.node,
            yaml,
            path: self.path.member(name),
            is_text: false,
            is_closed: self.is_closed,
        }
    }
}

impl PositionState {
    /// A value of the loop of `node`: always a text, unless it is an object.
    pub(crate) fn loop_item(
        self: &Arc<Self>,
        node: NodeId,
        item: yaml::NodeId,
        name: &str,
    ) -> Value {
        let setting = Setting {
            state: Arc::clone(self),
            node,
            yaml: item,
            path: Path::new(name.to_owned(), name.to_owned()),
            is_text: true,
            is_closed: true,
        };
        setting.value()
    }
}

impl LazyMap for Setting {
    fn member(&self, name: &str) -> Value {
        let path = self.path.member(name);
        match self.lazy_map().find(|member| member.name == name) {
            Some(member) => self.typed(&member, self.below(member.value, name).value()),
            None => match self.state.given_at(&path) {
                Some(given) => given,
                None if self.is_closed => {
                    let around = &self.path.read;
                    let known = self.lazy_map().map(|member| member.name);
                    let meant = meant(name, known).map(|meant| format!("{around}.{meant}"));
                    let why = NullCause::NoMember {
                        around: around.clone(),
                        name: name.to_owned(),
                        meant,
                    };
                    self.state.null(&path.read, why)
                }
                None => self.state.null(&path.read, NullCause::NotSet),
            },
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        Ok(self.as_map())
    }
}
