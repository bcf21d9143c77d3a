//! Values that loops give: `matrix`, `repeat`, `strategy`, and the same of one level (`spec/engine.md` §3.7).

use std::ops::ControlFlow;

use pipewright_model::{Axis, NodeId, NodeKind, StrategyKind};
use pipewright_source::closest;

use crate::looping::Looping;
use crate::scope::Scope;
use crate::{Member, MissingValue, NoLoopValue, Segment, Target, Verdict};

/// The longest name of an axis or member that is compared, in bytes, and the most that are told.
const MAX_NAME: usize = 128;
const MAX_AXES: usize = 100;

/// What becomes of a path whose first name is a root of the catalogue, if that is one of loops and surely yields
/// nothing.
pub(crate) fn of_root(scope: &Scope<'_>, segments: &[Segment]) -> Option<Verdict> {
    let first = segments.first()?.name()?;
    let (word, at) = match first {
        "matrix" | "repeat" => (first, 0),
        "strategy" => (segments.get(1)?.name()?, 1),
        _ => return None,
    };
    // Written into identifiers, it is replaced as a text, which leaves nothing where nothing loops.
    if word == "identifierPostFix" {
        return None;
    }
    let around = scope.loops_around()?;
    let missing = |segment, missing| {
        Some(Verdict::NoLoopValue(NoLoopValue {
            segment,
            of: None,
            missing,
        }))
    };
    if around.is_empty() {
        return missing(0, MissingValue::Loop);
    }
    match word {
        "matrix" => {
            let (behind, what) = missing_in_matrix(scope, &around, segments.get(at + 1..)?)?;
            missing(at + 1 + behind, what)
        }
        "repeat" => missing(at, without_repeat(scope, &around)?),
        "node" if at == 1 => {
            let name = segments.get(2)?.name()?;
            let is_around = around
                .iter()
                .any(|node| scope.index.identifier(*node) == Some(name));
            (!is_around).then(|| missing(2, MissingValue::Named))?
        }
        _ => None,
    }
}

/// What becomes of a field of a node, if that is one of its loop and surely yields nothing.
pub(crate) fn of_node(scope: &Scope<'_>, segments: &[Segment], target: Target) -> Option<Verdict> {
    let word = segments.get(target.at)?.name()?;
    let of_loop = target.member == Member::RunTime && matches!(word, "matrix" | "repeat");
    let node = scope.pipeline().node(target.node);
    // Where a template is used, its own node may be given a loop.
    let is_open = node.kind == NodeKind::Pipeline || node.parent.is_none();
    if !of_loop || is_open {
        return None;
    }
    let (segment, missing) = match scope.index.looping(target.node) {
        Looping::Perhaps => return None,
        Looping::No => (target.at, MissingValue::Loop),
        Looping::Surely if word == "repeat" => (target.at, without_repeat(scope, &[target.node])?),
        Looping::Surely => {
            let behind = target.at + 1;
            let path = segments.get(behind..)?;
            let (place, missing) = missing_in_matrix(scope, &[target.node], path)?;
            (behind + place, missing)
        }
    };
    Some(Verdict::NoLoopValue(NoLoopValue {
        segment,
        of: Some(target.node),
        missing,
    }))
}

fn without_repeat(scope: &Scope<'_>, loops: &[NodeId]) -> Option<MissingValue> {
    let repeats = |node: &NodeId| {
        let strategy = scope.pipeline().node(*node).strategy.as_ref();
        strategy.is_some_and(|strategy| matches!(strategy.kind, StrategyKind::Repeat { .. }))
    };
    (!loops.iter().any(repeats)).then_some(MissingValue::Repeat)
}

/// What `path`, which stands behind `matrix`, names that none of the loops has, and its place in the path.
fn missing_in_matrix(
    scope: &Scope<'_>,
    loops: &[NodeId],
    path: &[Segment],
) -> Option<(usize, MissingValue)> {
    let name = path.first()?.name()?;
    let mut axes: Vec<Box<str>> = Vec::new();
    for node in loops {
        let strategy = scope.pipeline().node(*node).strategy.as_ref()?;
        let StrategyKind::Matrix {
            axes: of_node,
            open,
            ..
        } = &strategy.kind
        else {
            continue;
        };
        if let Some(axis) = of_node.iter().find(|known| &*known.name.text == name) {
            return Some((1, without_member(scope, axis, path.get(1)?)?));
        }
        if *open {
            return None;
        }
        let further = of_node.iter().map(|axis: &Axis| &axis.name.text);
        for axis in further.take(MAX_AXES) {
            if !axes.contains(axis) {
                axes.push(axis.clone());
            }
        }
    }
    let nearest = nearest(name, axes.iter().map(|axis| &**axis));
    Some((0, MissingValue::Axis { axes, nearest }))
}

/// What is missing if the values of an axis are objects and none has the member.
fn without_member(scope: &Scope<'_>, axis: &Axis, wanted: &Segment) -> Option<MissingValue> {
    let name = wanted.name()?;
    let values = scope.index.loops.values();
    let members = values.items(scope.index.tree, axis.values)?.members()?;
    if members.is_empty() || members.contains(&name) {
        return None;
    }
    let nearest = nearest(name, members.iter().copied());
    let members = members.into_iter().take(MAX_AXES);
    Some(MissingValue::AxisMember {
        axis: axis.name.text.clone(),
        members: members.map(Into::into).collect(),
        nearest,
    })
}

/// The name that was probably meant.
fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<Box<str>> {
    let short = known.filter(|known| known.len() <= MAX_NAME);
    closest(name, short.filter(|_| name.len() <= MAX_NAME)).map(Into::into)
}

impl Scope<'_> {
    /// The loops around the reader, the innermost first; `None` where there may be others than those in the file.
    fn loops_around(&self) -> Option<Vec<NodeId>> {
        let pipeline = self.pipeline();
        if self.is_template_content() || self.is_read_elsewhere() {
            return None;
        }
        let mut loops = Vec::new();
        let all_known = pipeline
            .self_and_ancestors(self.reader())
            .try_for_each(|node| match self.index.looping(node) {
                Looping::No => ControlFlow::Continue(()),
                Looping::Surely => {
                    loops.push(node);
                    ControlFlow::Continue(())
                }
                Looping::Perhaps => ControlFlow::Break(()),
            });
        all_known.is_continue().then_some(loops)
    }
}
