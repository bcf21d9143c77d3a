//! The iterations of a loop as far as the file tells them, and what their instances are called (`spec/model.md` §3.5).

use std::collections::HashMap;

use pipewright_model::{Axis, Located, Node, StrategyKind};
use pipewright_yaml::Tree;

use super::combinations::{Budget, combinations};
use super::labels::{ByValue, IterationValues, NodeName, Suffixes, numbered};
use super::values::{LoopItems, LoopValues};

/// One iteration of a loop.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Iteration {
    /// Of a matrix the place of each axis' value in its list, from 0, in the order of the file; otherwise empty.
    pub places: Vec<u32>,
    /// What follows the identifier of the instance (`_0`, `_0_2`); `None` where only a run tells.
    pub suffix: Option<Box<str>>,
    /// What follows it in accounts that label by the values of the axes (`_linux_x86`), or where a repetition has a
    /// `nodeName`.
    pub label: Option<Box<str>>,
}

/// Every iteration of a loop, in the order of the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Iterations {
    all: Vec<Iteration>,
    by_suffix: HashMap<Box<str>, usize>,
    is_open: bool,
    /// Whether no other suffix is made of numbers alone, though others may be known only to a run.
    knows_numbers: bool,
}

/// What a suffix is to a loop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Suffix {
    /// That of the iteration at this place.
    Iteration(usize),
    /// It may be that of an iteration: not all suffixes are known.
    Open,
    /// No iteration has it.
    NoIteration,
}

/// The most names that [`Iterations::in_words`] lists one by one.
const MOST_LISTED: usize = 6;

impl Iterations {
    /// The iterations of a node's loop; `None` where it has no loop, or only a run can count its iterations.
    pub(super) fn of(
        tree: &Tree,
        values: &LoopValues,
        node: &Node,
        budget: &mut Budget,
    ) -> Option<Self> {
        match &node.strategy.as_ref()?.kind {
            StrategyKind::Matrix {
                axes,
                exclude,
                node_name,
                open: false,
            } => {
                let items = axes.iter().map(|axis| values.items(tree, axis.values));
                let items: Vec<LoopItems<'_>> = items.collect::<Option<_>>()?;
                let combinations = combinations(tree, axes, &items, *exclude, budget)?;
                Some(match node_name {
                    Some(name) => Self::named(axes, &items, combinations, name),
                    None => Self::matrix(axes, &items, combinations),
                })
            }
            StrategyKind::Repeat {
                items: Some(items),
                cut: false,
                node_name,
                ..
            } => {
                let items = values.items(tree, *items)?;
                Self::counted(items.len(), Some(items), node_name.as_ref(), budget)
            }
            StrategyKind::Repeat {
                times: Some(times),
                items: None,
                cut: false,
                node_name,
            } => {
                let count = values.count(*times)?;
                Self::counted(count as usize, None, node_name.as_ref(), budget)
            }
            StrategyKind::Parallelism(times) => {
                Self::counted(values.count(*times)? as usize, None, None, budget)
            }
            _ => None,
        }
    }

    /// A matrix without `nodeName`: numbers, or in some accounts values.
    fn matrix(axes: &[Axis], items: &[LoopItems<'_>], combinations: Vec<Vec<u32>>) -> Self {
        let values = ByValue::new(axes, items);
        let mut labels = Suffixes::default();
        let iterations: Vec<Iteration> = combinations
            .into_iter()
            .map(|places| Iteration {
                suffix: Some(numbered(&places)),
                label: values
                    .as_ref()
                    .map(|values| labels.next(values.texts(&places))),
                places,
            })
            .collect();
        let is_open = values.is_none() || labels.has_cut;
        Self {
            // The label of an object has its braces in it.
            knows_numbers: items.iter().any(|values| values.are_objects()),
            ..Self::new(iterations, is_open)
        }
    }

    /// A matrix with a `nodeName`.
    fn named(
        axes: &[Axis],
        values: &[LoopItems<'_>],
        combinations: Vec<Vec<u32>>,
        name: &Located,
    ) -> Self {
        let mut names = NodeNames::new(axes, values, name);
        let numbers = 0u32..;
        let iterations: Vec<Iteration> = numbers
            .zip(combinations)
            .map(|(number, places)| Iteration {
                suffix: names.next(number, &places, None),
                label: None,
                places,
            })
            .collect();
        Self::new(iterations, names.suffixes.has_cut)
    }

    /// A loop that counts its iterations, perhaps with items and a `nodeName`.
    fn counted(
        count: usize,
        items: Option<LoopItems<'_>>,
        name: Option<&Located>,
        budget: &mut Budget,
    ) -> Option<Self> {
        if !budget.allows(count, 1) {
            return None;
        }
        let mut names = name.map(|name| NodeNames::new(&[], &[], name));
        let numbers = 0..u32::try_from(count).ok()?;
        let iterations: Vec<Iteration> = numbers
            .map(|number| {
                let item = items.and_then(|items| items.text(number as usize));
                Iteration {
                    places: Vec::new(),
                    suffix: Some(numbered(&[number])),
                    label: names
                        .as_mut()
                        .and_then(|names| names.next(number, &[], item)),
                }
            })
            .collect();
        let is_open = names.is_some_and(|names| names.suffixes.has_cut)
            || name.is_some() && iterations.iter().any(|iteration| iteration.label.is_none());
        Some(Self::new(iterations, is_open))
    }

    fn new(iterations: Vec<Iteration>, is_open: bool) -> Self {
        let mut by_suffix = HashMap::new();
        // A number is what most accounts write, so it goes before a value that looks the same.
        let suffixes = iterations
            .iter()
            .map(|iteration| &iteration.suffix)
            .enumerate();
        let labels = iterations
            .iter()
            .map(|iteration| &iteration.label)
            .enumerate();
        for (at, suffix) in suffixes.chain(labels) {
            if let Some(suffix) = suffix {
                by_suffix.entry(suffix.clone()).or_insert(at);
            }
        }
        let is_open = is_open
            || iterations
                .iter()
                .any(|iteration| iteration.suffix.is_none());
        Self {
            all: iterations,
            by_suffix,
            is_open,
            knows_numbers: false,
        }
    }

    /// The same iterations, whose instances may also have other suffixes.
    pub(super) fn opened(self) -> Self {
        Self {
            is_open: true,
            knows_numbers: false,
            ..self
        }
    }

    /// Every iteration in order.
    pub fn all(&self) -> &[Iteration] {
        &self.all
    }

    /// Whose suffix `suffix` is, which begins with `_`.
    pub fn find(&self, suffix: &str) -> Suffix {
        match self.by_suffix.get(suffix) {
            Some(iteration) => Suffix::Iteration(*iteration),
            None if self.knows_numbers && is_of_numbers(suffix) => Suffix::NoIteration,
            None if self.is_open => Suffix::Open,
            None => Suffix::NoIteration,
        }
    }

    /// The identifiers of the instances in order; `None` where one of them is known only to a run.
    pub fn instances(&self, identifier: &str) -> Option<Vec<String>> {
        let suffixes = self.all.iter().map(|iteration| iteration.suffix.as_ref());
        suffixes
            .map(|suffix| Some(format!("{identifier}{}", suffix?)))
            .collect()
    }

    /// The instances as a message lists them: ``3 iterations: `A_0`, `A_1` and `A_2` ``, or of many the first and the
    /// last one.
    pub fn in_words(&self, identifier: &str) -> String {
        let count = match self.all.len() {
            0 => return "no turns".to_owned(),
            1 => "1 turn".to_owned(),
            count => format!("{count} turns"),
        };
        let names = self.instances(identifier).unwrap_or_default();
        match names.as_slice() {
            [] => count,
            [only] => format!("{count}: `{only}`"),
            [first, .., last] if names.len() > MOST_LISTED || self.is_counted() => {
                format!("{count}: `{first}` to `{last}`")
            }
            [before @ .., last] => format!("{count}: `{}` and `{last}`", before.join("`, `")),
        }
    }

    /// Whether the suffixes are the numbers from 0, of three iterations or more.
    fn is_counted(&self) -> bool {
        self.all.len() > 2
            && self.all.iter().all(|iteration| iteration.places.len() < 2)
            && (0u32..).zip(&self.all).all(|(number, iteration)| {
                iteration.suffix.as_deref() == Some(&*numbered(&[number]))
            })
    }
}

/// Whether a suffix is made of numbers alone: `_0_2`.
fn is_of_numbers(suffix: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = suffix.split('_');
    parts.next() == Some("") && parts.all(is_number)
}

/// Makes the suffixes that a `nodeName` gives.
struct NodeNames<'t> {
    axes: &'t [LoopItems<'t>],
    name: Option<NodeName<'t>>,
    suffixes: Suffixes,
}

impl<'t> NodeNames<'t> {
    fn new(axes: &[Axis], values: &'t [LoopItems<'t>], name: &'t Located) -> Self {
        Self {
            axes: values,
            name: NodeName::new(&name.text, axes),
            suffixes: Suffixes::default(),
        }
    }

    /// The suffix of the next iteration; `None` where only a run knows the name.
    fn next(&mut self, number: u32, places: &[u32], item: Option<&str>) -> Option<Box<str>> {
        let number = number.to_string();
        let iteration = IterationValues {
            axes: self.axes,
            places,
            item,
            number: &number,
        };
        let texts = self.name.as_ref()?.texts(&iteration)?;
        Some(self.suffixes.next(texts.into_iter()))
    }
}
