//! What a run writes behind the identifier of an instance (`spec/model.md` §3.5, `spec/engine.md` §3.7).

use std::collections::HashMap;
use std::ops::Range;

use pipewright_model::Axis;
use pipewright_syntax::parse_template;
use pipewright_yaml::{self as yaml, ScalarStyle, Tree};

/// The longest label, in characters; the rest is cut off.
const MAX_LABEL: usize = 126;

/// The suffix of an iteration that is counted: `_2`; of a combination with a number for each axis: `_0_2`.
pub(super) fn numbered(numbers: &[u32]) -> Box<str> {
    let parts: Vec<String> = numbers.iter().map(|number| format!("_{number}")).collect();
    parts.concat().into()
}

/// Makes suffixes of labels, in the order of the iterations: a label that came before gets a number behind it.
#[derive(Debug, Default)]
pub(super) struct Suffixes {
    before: HashMap<Box<str>, u32>,
    /// Whether a label was too long. Where exactly it is cut is not told here, so other suffixes may be right, too.
    pub(super) has_cut: bool,
}

impl Suffixes {
    /// The suffix of the next iteration, whose label these texts make one after the other.
    pub(super) fn next<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> Box<str> {
        let mut letters = texts.flat_map(str::chars);
        let legal = |letter: char| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '_'
            }
        };
        let mut suffix = "_".to_owned();
        suffix.extend(letters.by_ref().take(MAX_LABEL).map(legal));
        self.has_cut |= letters.next().is_some();
        match self.before.get_mut(suffix.as_str()) {
            None => {
                self.before.insert(suffix.as_str().into(), 0);
            }
            Some(times) => {
                suffix.push('_');
                suffix.push_str(&times.to_string());
                *times += 1;
            }
        }
        suffix.into()
    }
}

/// The axes of a matrix as labels by value name them: sorted by name, with the parts of each value's text between its dots.
#[derive(Debug)]
pub(super) struct ByValue<'t> {
    /// The place of each axis in the file, and what its values are called.
    axes: Vec<(usize, Vec<&'t str>)>,
}

impl<'t> ByValue<'t> {
    /// `None` where a value is no plain text, or one that the server may write in another way.
    pub(super) fn new(tree: &'t Tree, axes: &[Axis]) -> Option<Self> {
        let mut sorted: Vec<(usize, &Axis)> = axes.iter().enumerate().collect();
        sorted.sort_by(|(_, a), (_, b)| a.name.text.cmp(&b.name.text));
        let texts = |axis: &Axis| -> Option<Vec<&'t str>> {
            let items = tree.items(axis.values).iter();
            items.map(|item| certain_text(tree, *item)).collect()
        };
        let axes = sorted
            .into_iter()
            .map(|(at, axis)| Some((at, texts(axis)?)))
            .collect::<Option<_>>()?;
        Some(Self { axes })
    }

    /// The texts whose sequence is the label of a combination.
    pub(super) fn texts<'s>(&'s self, places: &'s [u32]) -> impl Iterator<Item = &'t str> + 's {
        let values = self
            .axes
            .iter()
            .filter_map(|(axis, values)| values.get(*places.get(*axis)? as usize).copied());
        values.enumerate().flat_map(|(at, value)| {
            let between = (at > 0).then_some("_");
            between.into_iter().chain(value.split('.'))
        })
    }
}

/// The text of a value, if a run surely has it as it is written.
fn certain_text(tree: &Tree, value: yaml::NodeId) -> Option<&str> {
    let scalar = tree.scalar(value)?;
    let text = tree.text(value).filter(|text| !text.contains("<+"))?;
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

/// A `nodeName`, cut into texts and the values of the iteration between them.
#[derive(Debug)]
pub(super) struct NodeName<'t> {
    parts: Vec<Part<'t>>,
}

#[derive(Debug)]
enum Part<'t> {
    Text(&'t str),
    /// The value of the axis at this place of the file, or where it is an object a member of it.
    Axis(usize, Option<&'t str>),
    /// The item of a repetition.
    Item,
    /// The number of the iteration.
    Iteration,
}

/// What a `nodeName` may name in one iteration.
pub(super) struct IterationValues<'t> {
    pub(super) tree: &'t Tree,
    pub(super) axes: &'t [Axis],
    pub(super) places: &'t [u32],
    pub(super) item: Option<&'t str>,
    pub(super) number: &'t str,
}

impl<'t> NodeName<'t> {
    /// `None` where it holds an expression other than a value of its own loop.
    pub(super) fn new(text: &'t str, axes: &[Axis]) -> Option<Self> {
        let template = parse_template(text);
        if template.unclosed.is_some() {
            return None;
        }
        let mut parts = Vec::new();
        let mut end = 0;
        for (id, range) in template.roots() {
            let range: Range<usize> = range.start() as usize..range.end() as usize;
            parts.push(Part::Text(text.get(end..range.start)?));
            let inner = template.get(id)?.inner.slice(text).trim();
            parts.push(Part::named(inner, axes)?);
            end = range.end;
        }
        parts.push(Part::Text(text.get(end..)?));
        Some(Self { parts })
    }

    /// The texts whose sequence is the name in an iteration; `None` where a value is no text of the file.
    pub(super) fn texts<'v>(&self, iteration: &IterationValues<'v>) -> Option<Vec<&'v str>>
    where
        't: 'v,
    {
        let texts = self.parts.iter().map(|part| match part {
            Part::Text(text) => Some(*text),
            Part::Axis(axis, member) => {
                let values = iteration.tree.items(iteration.axes.get(*axis)?.values);
                let value = *values.get(*iteration.places.get(*axis)? as usize)?;
                match member {
                    None => certain_text(iteration.tree, value),
                    Some(member) => {
                        certain_text(iteration.tree, iteration.tree.find(value, member)?)
                    }
                }
            }
            Part::Item => iteration.item,
            Part::Iteration => Some(iteration.number),
        });
        texts.collect()
    }
}

impl<'t> Part<'t> {
    /// What an expression stands for.
    fn named(expression: &'t str, axes: &[Axis]) -> Option<Self> {
        let name = expression.strip_prefix("strategy.").unwrap_or(expression);
        match name {
            "repeat.item" => return Some(Self::Item),
            "iteration" if name != expression => return Some(Self::Iteration),
            _ => {}
        }
        let path = name.strip_prefix("matrix.")?;
        let (name, member) = match path.split_once('.') {
            Some((name, member)) => (name, Some(member)),
            None => (path, None),
        };
        let place = axes.iter().position(|known| &*known.name.text == name)?;
        Some(Self::Axis(place, member))
    }
}
