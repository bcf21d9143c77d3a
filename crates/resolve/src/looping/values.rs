//! What loops go through: lists in the file, and what their expressions come to.

use std::collections::HashMap;

use pipewright_model::{Times, may_hold_expression};
use pipewright_yaml::{self as yaml, ScalarStyle, Tree};

/// What the expressions of loops come to, each by the scalar that holds it. Only what the files tell for certain is in
/// it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LoopValues(HashMap<yaml::NodeId, LoopValue>);

/// What the expression of one loop comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum LoopValue {
    /// A number of iterations.
    Count(u32),
    /// The values of an axis or repetition, in order.
    Items(Vec<LoopItem>),
    /// A text, which no run takes for a list, or for a number of iterations.
    Text(Box<str>),
}

/// One value of an axis or repetition.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum LoopItem {
    /// A text.
    Text(Box<str>),
    /// An object: its members, and those that are texts.
    Object(Vec<(Box<str>, Option<Box<str>>)>),
}

impl LoopValues {
    /// Notes what the expression in a scalar comes to.
    pub fn insert(&mut self, at: yaml::NodeId, value: LoopValue) {
        self.0.insert(at, value);
    }

    /// What the expression in a scalar comes to.
    pub fn get(&self, at: yaml::NodeId) -> Option<&LoopValue> {
        self.0.get(&at)
    }

    /// The text that stands in place of a list or a number of iterations at a node of the file, or that the expression
    /// there comes to; of a number that is written, too.
    pub fn text_at<'t>(&'t self, tree: &'t Tree, at: yaml::NodeId) -> Option<&'t str> {
        match self.get(at) {
            Some(LoopValue::Text(text)) => Some(text),
            Some(LoopValue::Count(_) | LoopValue::Items(_)) => None,
            None => tree.text(at).filter(|text| !may_hold_expression(text)),
        }
    }

    /// How often a loop runs, if that is known.
    pub(super) fn count(&self, times: Times) -> Option<u32> {
        times.literal.or_else(|| match self.get(times.yaml) {
            Some(LoopValue::Count(count)) => Some(*count),
            _ => None,
        })
    }

    /// The values that stand at a node of the file, or that the expression there comes to; `None` where only a run
    /// knows them.
    pub fn items<'t>(&'t self, tree: &'t Tree, at: yaml::NodeId) -> Option<LoopItems<'t>> {
        if tree.is_sequence(at) {
            return Some(LoopItems {
                tree,
                source: Source::Written(tree.items(at)),
            });
        }
        match self.get(at)? {
            LoopValue::Items(items) => Some(LoopItems {
                tree,
                source: Source::Computed(items),
            }),
            LoopValue::Count(_) | LoopValue::Text(_) => None,
        }
    }
}

/// The values of an axis or repetition, in order.
#[derive(Clone, Copy, Debug)]
pub struct LoopItems<'t> {
    tree: &'t Tree,
    source: Source<'t>,
}

#[derive(Clone, Copy, Debug)]
enum Source<'t> {
    Written(&'t [yaml::NodeId]),
    Computed(&'t [LoopItem]),
}

impl<'t> LoopItems<'t> {
    /// How many there are.
    pub fn len(self) -> usize {
        match self.source {
            Source::Written(items) => items.len(),
            Source::Computed(items) => items.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The node of a value that stands in the file.
    pub fn node(self, at: usize) -> Option<yaml::NodeId> {
        match self.source {
            Source::Written(items) => items.get(at).copied(),
            Source::Computed(_) => None,
        }
    }

    /// The text of a value; `None` where it is an object, or an expression.
    pub fn text(self, at: usize) -> Option<&'t str> {
        match self.source {
            Source::Written(items) => {
                let text = self.tree.text(*items.get(at)?)?;
                (!may_hold_expression(text)).then_some(text)
            }
            Source::Computed(items) => items.get(at)?.text(),
        }
    }

    /// The text of a value, if a run surely has it as it is written.
    pub(super) fn certain_text(self, at: usize) -> Option<&'t str> {
        match self.source {
            Source::Written(items) => certain_text(self.tree, *items.get(at)?),
            Source::Computed(_) => self.text(at),
        }
    }

    /// The text of a member of a value that is an object, if a run surely has it as it is written.
    pub(super) fn member_text(self, at: usize, member: &str) -> Option<&'t str> {
        match self.source {
            Source::Written(items) => {
                certain_text(self.tree, self.tree.find(*items.get(at)?, member)?)
            }
            Source::Computed(items) => {
                let LoopItem::Object(members) = items.get(at)? else {
                    return None;
                };
                let mut members = members.iter();
                let (_, text) = members.find(|(name, _)| **name == *member)?;
                text.as_deref()
            }
        }
    }

    /// Whether there are values, and all of them are objects.
    pub(super) fn are_objects(self) -> bool {
        let all = match self.source {
            Source::Written(items) => items.iter().all(|item| self.tree.is_mapping(*item)),
            Source::Computed(items) => {
                let is_object = |item: &LoopItem| matches!(item, LoopItem::Object(_));
                items.iter().all(is_object)
            }
        };
        all && !self.is_empty()
    }

    /// The names of the members that the values have, each once, in order; `None` where one of them is no object, or
    /// may have others.
    pub fn members(self) -> Option<Vec<&'t str>> {
        let mut names: Vec<&str> = Vec::new();
        let mut add = |name: &'t str| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        match self.source {
            Source::Written(items) => {
                for item in items {
                    if !self.tree.is_mapping(*item) {
                        return None;
                    }
                    for entry in self.tree.entries(*item) {
                        add(self
                            .tree
                            .text(entry.key)
                            .filter(|key| is_certain_key(key))?);
                    }
                }
            }
            Source::Computed(items) => {
                for item in items {
                    let LoopItem::Object(members) = item else {
                        return None;
                    };
                    for (name, _) in members {
                        add(name);
                    }
                }
            }
        }
        Some(names)
    }
}

/// Whether a key is a name as it is written: no expression, and not the `<<` of a merge.
fn is_certain_key(key: &str) -> bool {
    !may_hold_expression(key) && key != "<<"
}

impl LoopItem {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Object(_) => None,
        }
    }
}

/// The text of a value, if a run surely has it as it is written.
fn certain_text(tree: &Tree, value: yaml::NodeId) -> Option<&str> {
    let scalar = tree.scalar(value)?;
    let text = tree.text(value).filter(|text| !may_hold_expression(text))?;
    let is_certain = scalar.style != ScalarStyle::Plain || !is_rewritten(text);
    is_certain.then_some(text)
}

/// Whether an unquoted text is a number, a boolean or null to YAML, and not written as JSON writes it.
fn is_rewritten(text: &str) -> bool {
    let is_word = ["true", "false", "null", "~", "yes", "no", "on", "off"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word) && !matches!(text, "true" | "false"));
    let starts_as_number =
        text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    let is_number = starts_as_number
        && text
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "+-._xXoOeE".contains(c))
        && text.contains(|c: char| c.is_ascii_digit());
    text.is_empty() || is_word || (is_number && !is_canonical_number(text))
}

/// `12`, `-3`, `1.25`, and every text with more than one dot, which is no number.
fn is_canonical_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "1"));
    let all_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.contains('.') {
        return digits.split('.').all(all_digits);
    }
    all_digits(whole)
        && all_digits(fraction)
        && (whole == "0" || !whole.starts_with('0'))
        && (fraction == "0" || !fraction.ends_with('0'))
}
