//! The turns of a loop: how many, what their names end with, and how many run side by side (`spec/plan.md` §6).

use pipewright_context::{Given, Moment, PreparedPipeline, RunPlace};
use pipewright_jexl::Value;
use pipewright_model::{Axis, Node, NodeId, NodeKind, StrategyKind};
use pipewright_resolve::Instance;
use pipewright_yaml::{self as yaml, Tree};

use super::deployments::deployments;
use super::looped::{DEPLOYMENT, TurnsOf, numbered};

/// What a node loops over, which goes by this name and stands in these turns.
pub(super) fn turns_of(
    prepared: &PreparedPipeline,
    given: &Given,
    node: NodeId,
    name: &str,
    around: &[Instance],
) -> TurnsOf {
    let (tree, of_node) = (prepared.tree(), prepared.pipeline().node(node));
    let Some(strategy) = &of_node.strategy else {
        return deployments(tree, of_node, name);
    };
    let Some(suffixes) = suffixes(prepared, node) else {
        let asker = Asker {
            prepared,
            given,
            node,
            around,
        };
        return TurnsOf::Open(asker.needs(&strategy.kind, name));
    };
    let at_once = max_concurrency(tree, of_node).unwrap_or(suffixes.len());
    TurnsOf::Turns {
        at_once,
        proceeds: proceeds(tree, of_node),
        suffixes,
    }
}

/// What the names of the turns end with; `None` where only a run can count them.
fn suffixes(prepared: &PreparedPipeline, node: NodeId) -> Option<Vec<Box<str>>> {
    if let Some(iterations) = prepared.loops().iterations(node) {
        let all = iterations.all().iter().enumerate();
        let suffixes = all.map(|(number, iteration)| {
            let known = iteration.suffix.clone().or_else(|| iteration.label.clone());
            known.unwrap_or_else(|| numbered(number))
        });
        return Some(suffixes.collect());
    }
    let count = cut_count(prepared, prepared.pipeline().node(node))?;
    Some((0..count).map(numbered).collect())
}

/// The most turns of a loop over a range that are written out.
const MAX_RANGE: usize = 4096;

/// The number of turns of a repetition that cuts its items into slices, or goes through a range.
fn cut_count(prepared: &PreparedPipeline, node: &Node) -> Option<usize> {
    let tree = prepared.tree();
    let Some(StrategyKind::Repeat {
        items, cut: true, ..
    }) = node.strategy.as_ref().map(|strategy| &strategy.kind)
    else {
        return None;
    };
    let repeat = tree.find(tree.find(node.yaml, "strategy")?, "repeat")?;
    let number = |key: &str| tree.find(repeat, key).and_then(|at| number(tree, at));
    if let Some(items) = items {
        let items = prepared.loops().values().items(tree, *items)?;
        let is_percentage = tree.find(repeat, "unit").and_then(|unit| tree.text(unit));
        let size = number("partitionSize").filter(|size| *size > 0)?;
        let size = match is_percentage {
            Some("Percentage" | "percentage") => (items.len() * size).div_ceil(100).max(1),
            _ => size,
        };
        return Some(items.len().div_ceil(size));
    }
    let (start, end) = (number("start")?, number("end")?);
    let count = end.checked_sub(start)?;
    (count <= MAX_RANGE).then_some(count)
}

fn number(tree: &Tree, at: yaml::NodeId) -> Option<usize> {
    tree.text(at)?.trim().parse().ok()
}

/// `maxConcurrency` of a matrix or repetition; 0 means all at once.
fn max_concurrency(tree: &Tree, node: &Node) -> Option<usize> {
    let strategy = tree.find(node.yaml, "strategy")?;
    let holder = ["matrix", "repeat"]
        .iter()
        .find_map(|key| tree.find(strategy, key))?;
    let written = tree.find(holder, "maxConcurrency")?;
    number(tree, written).filter(|number| *number > 0)
}

/// Whether turns that wait still start after one has failed.
fn proceeds(tree: &Tree, node: &Node) -> bool {
    let strategy = tree.find(node.yaml, "strategy");
    let written = strategy.and_then(|strategy| tree.find(strategy, "onFailure"));
    match written.and_then(|written| tree.text(written)) {
        Some("RunAll") => true,
        Some("SkipQueued") => false,
        _ => match node.kind {
            NodeKind::Stage => node.type_text() != DEPLOYMENT,
            NodeKind::Step => node.type_text() != "Container",
            _ => true,
        },
    }
}

/// Asks what would have to be given to count a loop.
struct Asker<'a> {
    prepared: &'a PreparedPipeline,
    given: &'a Given,
    node: NodeId,
    around: &'a [Instance],
}

impl Asker<'_> {
    /// The names that would decide, sorted; the loop goes by `name`.
    fn needs(&self, kind: &StrategyKind, name: &str) -> Vec<String> {
        let mut needs = Vec::new();
        match kind {
            StrategyKind::Matrix { axes, open, .. } => {
                if *open {
                    needs.push(format!("{name}.strategy.matrix"));
                }
                for Axis {
                    name: axis, values, ..
                } in axes
                {
                    self.add(
                        *values,
                        || format!("{name}.strategy.matrix.{}", axis.text),
                        &mut needs,
                    );
                }
            }
            StrategyKind::Repeat { times, items, .. } => {
                if let Some(items) = items {
                    self.add(
                        *items,
                        || format!("{name}.strategy.repeat.items"),
                        &mut needs,
                    );
                }
                if let Some(times) = times {
                    self.add(
                        times.yaml,
                        || format!("{name}.strategy.repeat.times"),
                        &mut needs,
                    );
                }
            }
            StrategyKind::Parallelism(times) => {
                self.add(
                    times.yaml,
                    || format!("{name}.strategy.parallelism"),
                    &mut needs,
                );
            }
            StrategyKind::Unknown => needs.push(format!("{name}.strategy")),
        }
        needs.sort();
        needs.dedup();
        needs
    }

    fn add(&self, at: yaml::NodeId, own: impl FnOnce() -> String, needs: &mut Vec<String>) {
        let tree = self.prepared.tree();
        let version = self.prepared.pipeline().version;
        let Some(text) = tree
            .text(at)
            .filter(|text| version.may_hold_expression(text))
        else {
            return;
        };
        let mut place = RunPlace::instance(self.node, self.around.to_vec());
        place.given = self.given.clone();
        let context = self.prepared.at_moment(&place, Moment::Starting);
        let value = context
            .ok()
            .and_then(|context| self.prepared.engine().evaluate(text, &context).ok());
        let before = needs.len();
        if let Some(Value::Unknown(unknown)) = value {
            needs.extend(unknown.needs().map(str::to_owned));
        }
        if needs.len() == before {
            needs.push(own());
        }
    }
}
