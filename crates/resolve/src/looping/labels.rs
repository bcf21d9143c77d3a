//! What a run writes behind the identifier of an instance (`spec/model.md` §3.5, `spec/engine.md` §3.7).

use std::collections::HashMap;
use std::ops::Range;

use pipewright_model::Axis;
use pipewright_syntax::parse_template;

use super::values::LoopItems;

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

/// The axes of a matrix as labels by value name them: sorted by name, with the parts of each value's text between its
/// dots.
#[derive(Debug)]
pub(super) struct ByValue<'t> {
    /// The place of each axis in the file, and what its values are called.
    axes: Vec<(usize, Vec<&'t str>)>,
}

impl<'t> ByValue<'t> {
    /// `None` where a value is no plain text, or one that the server may write in another way.
    pub(super) fn new(axes: &[Axis], values: &[LoopItems<'t>]) -> Option<Self> {
        let mut sorted: Vec<(usize, &Axis)> = axes.iter().enumerate().collect();
        sorted.sort_by(|(_, a), (_, b)| a.name.text.cmp(&b.name.text));
        let texts = |at: usize| -> Option<Vec<&'t str>> {
            let items = *values.get(at)?;
            (0..items.len()).map(|at| items.certain_text(at)).collect()
        };
        let axes = sorted
            .into_iter()
            .map(|(at, _)| Some((at, texts(at)?)))
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
    /// The values of each axis.
    pub(super) axes: &'t [LoopItems<'t>],
    pub(super) places: &'t [u32],
    pub(super) item: Option<&'t str>,
    pub(super) number: &'t str,
}

impl<'t> NodeName<'t> {
    /// `None` where it holds an expression other than a value of its own loop.
    pub(super) fn new(text: &'t str, axes: &[Axis]) -> Option<Self> {
        let template = parse_template(text);
        // In v1 what follows is an expression, in v0 hardly anybody writes it.
        if template.unclosed.is_some() || text.contains("${{") {
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
                let values = iteration.axes.get(*axis)?;
                let place = *iteration.places.get(*axis)? as usize;
                match member {
                    None => values.certain_text(place),
                    Some(member) => values.member_text(place, member),
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
