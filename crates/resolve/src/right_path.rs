//! Names that stand in another list than the one they are looked for in.

use pipewright_model::{NodeId, NodeKind, catalogue};

use crate::declared::{self, APPROVER_INPUTS, OUTPUT_VARIABLES};
use crate::relative_path::segments_of_path;
use crate::resolver::Resolver;
use crate::{List, Segment, SegmentKind, Undefined, Verdict};

/// What to write in place of some parts of a path, so that it leads to a name of the same spelling.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct RightPath {
    /// What to write.
    pub path: Box<str>,
    /// The first of the parts that it replaces.
    pub from: usize,
    /// The last of them.
    pub through: usize,
}

/// Where a name is that its list lacks: a variable of another node around the reader, or an output variable of the step
/// whose `output.outputVariables` was not written out. `None` where neither has it, or where no path leads there.
pub(crate) fn of(
    undefined: &Undefined,
    segments: &[Segment],
    resolver: Resolver<'_>,
) -> Option<RightPath> {
    let right = match undefined.list {
        List::Variables(owner) => variable(resolver, owner, undefined.segment, segments),
        List::Outputs(step) => output(resolver, step, undefined, segments),
        _ => None,
    }?;
    let replaced = segments.get(right.from..=right.through)?;
    let is_plain = |segment: &Segment| matches!(segment.kind, SegmentKind::Name(_));
    let behind = segments.get(right.through + 1..)?;
    let whole = [
        &segments[..right.from],
        &segments_of_path(&right.path),
        behind,
    ]
    .concat();
    let (verdict, _) = resolver.decide(&whole);
    let leads_there = matches!(verdict, Verdict::Resolved(_));
    (leads_there && replaced.iter().all(is_plain)).then_some(right)
}

/// The variable of that name of the innermost node around the reader that has one.
fn variable(
    resolver: Resolver<'_>,
    owner: NodeId,
    at: usize,
    segments: &[Segment],
) -> Option<RightPath> {
    let name = segments.get(at).and_then(Segment::name)?;
    let index = resolver.scope.index;
    let mut around = resolver
        .scope
        .pipeline()
        .self_and_ancestors(resolver.scope.reader());
    let declaring = around.find(|node| *node != owner && index.variable(*node, name).is_some())?;
    let parts = ["variables".into(), name.into()];
    let path = resolver.shortest(declaring, &parts).ok()?;
    Some(RightPath {
        path: path.into(),
        from: 0,
        through: at,
    })
}

/// The output variable, or the approver input, of that name that the step declares.
fn output(
    resolver: Resolver<'_>,
    step: NodeId,
    undefined: &Undefined,
    segments: &[Segment],
) -> Option<RightPath> {
    let (pipeline, tree) = (resolver.scope.pipeline(), resolver.scope.index.tree);
    let node = pipeline.node(step);
    if node.kind != NodeKind::Step {
        return None;
    }
    let name = |at: usize| segments.get(at).and_then(Segment::name);
    let approver_inputs = catalogue::step_type(node.type_text())
        .and_then(|of_type| declared::approver_inputs(tree, of_type, node.yaml));
    let lists = [
        (OUTPUT_VARIABLES, declared::names(tree, node.yaml)),
        (APPROVER_INPUTS, approver_inputs),
    ];
    // `outputVariables.x` and `outputs.x` are meant for `output.outputVariables.x`.
    let missing = name(undefined.segment)?.to_ascii_lowercase();
    let is_part_of_way = missing.contains("output") || missing.contains("input");
    let behind = is_part_of_way.then_some(undefined.segment + 1);
    let mut ends = [Some(undefined.segment), behind].into_iter().flatten();
    ends.find_map(|through| {
        let named = name(through)?;
        let (below, _) = lists.iter().find(|(_, declared)| {
            let declared = declared.as_ref();
            declared.is_some_and(|declared| declared.contains(&named))
        })?;
        Some(RightPath {
            path: format!("{}.{named}", below.join(".")).into(),
            from: undefined.from,
            through,
        })
    })
}
