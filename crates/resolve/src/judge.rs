//! Whether what a path leads to is there when it is read (`spec/model.md` §5).

use pipewright_model::{Moment, NodeId, NodeKind, Pipeline, SiteKind};

use crate::fields::is_fact_of_run;
use crate::lists::identifier;
use crate::scope::Scope;
use crate::{
    Later, LaterCause, Level, LoopStep, Member, Order, Parallel, Relation, Segment, Started,
    Target, UnknownReason, Verdict,
};

/// Judges the target of a path whose looping nodes are `loops`.
pub(crate) fn judge(
    scope: &Scope<'_>,
    order: &Order,
    segments: &[Segment],
    target: Target,
    loops: &[LoopStep],
) -> Verdict {
    if matches!(scope.site.kind, SiteKind::Variable | SiteKind::EntityInput) {
        // Read lazily: whoever reads the value decides about the order.
        return Verdict::Resolved(target);
    }
    let reader = scope.reader();
    if loops
        .iter()
        .any(|step| names_an_instance_around(scope, order, segments, *step))
    {
        return Verdict::Unknown(UnknownReason::Order);
    }
    let (pipeline, moment) = (scope.pipeline(), scope.site.moment);
    if scope.is_v1() && !has_written_ids(pipeline, target.node, reader) {
        return Verdict::Unknown(UnknownReason::Unnamed);
    }
    let started = order.started(pipeline, target.node, reader, moment);
    let is_there = matches!(started, Started::Yes | Started::Unknown);
    if scope.is_v1() && !is_there && !has_written_ids(pipeline, reader, target.node) {
        // In a list with a node that nobody named nothing is surely missing.
        return Verdict::Unknown(UnknownReason::Unnamed);
    }
    match started {
        Started::Yes if target.node == reader => own(scope, segments, target),
        Started::Yes => Verdict::Resolved(target),
        Started::Parallel {
            node,
            reader,
            block,
        } => Verdict::Parallel(Parallel {
            target,
            reader_branch: reader,
            target_branch: node,
            block,
            between: match pipeline.node(node).kind {
                NodeKind::Stage => Level::Stages,
                _ => Level::Steps,
            },
        }),
        Started::Unknown => Verdict::Unknown(UnknownReason::Order),
        _ if is_opaque(scope) => Verdict::Unknown(UnknownReason::Template),
        Started::Inside => Verdict::Unknown(UnknownReason::Lazy),
        Started::MayHaveRun => Verdict::Unknown(UnknownReason::Order),
        Started::RollbackOf if moment == Moment::Ended => Verdict::Unknown(UnknownReason::Order),
        Started::RollbackOf => Verdict::Rollback(target),
        Started::After => later(scope, target, LaterCause::Order),
        Started::InsideLater => later(scope, target, LaterCause::OwnContent),
        Started::StepsLater => later(scope, target, LaterCause::BeforeExecution),
    }
}

/// Whether a node of v1 and the groups around it, as far as they are not around another one, have written identifiers:
/// the engine makes up the missing ones in a way that is not public (`spec/v1.md` §5, §7).
fn has_written_ids(pipeline: &Pipeline, node: NodeId, other: NodeId) -> bool {
    let mut named = pipeline
        .self_and_ancestors(node)
        .take_while(|node| !pipeline.is_around(*node, other));
    named.all(|node| identifier(pipeline.node(node)).is_some())
}

/// Whether a part names one instance of a loop around the reader by its number: instances may run one after the other,
/// so another one may have run the whole of its content.
fn names_an_instance_around(
    scope: &Scope<'_>,
    order: &Order,
    segments: &[Segment],
    step: LoopStep,
) -> bool {
    let by_number = segments
        .get(step.segment)
        .is_some_and(|segment| segment.name().is_some());
    step.suffixed
        && by_number
        && matches!(
            order.relation(step.node, scope.reader()),
            Relation::Same | Relation::Encloses
        )
}

/// Whether the text goes into a template of a stage or group, where it may be read in rollback steps, too.
fn is_opaque(scope: &Scope<'_>) -> bool {
    scope.site.kind == SiteKind::TemplateInput
        && scope.pipeline().node(scope.reader()).kind != NodeKind::Step
}

/// A member of the reader itself.
fn own(scope: &Scope<'_>, segments: &[Segment], target: Target) -> Verdict {
    if target.member != Member::Output {
        return Verdict::Resolved(target);
    }
    let is_step = scope.pipeline().node(target.node).kind == NodeKind::Step;
    let name = segments.get(target.at).and_then(Segment::name);
    if is_step && name.is_some_and(|name| is_fact_of_run(NodeKind::Step, name)) {
        return Verdict::Resolved(target);
    }
    let names_output = name == Some("output");
    let while_running = scope.site.moment != Moment::Ended
        && matches!(
            scope.site.kind,
            SiteKind::Condition
                | SiteKind::Script
                | SiteKind::Setting
                | SiteKind::Loop
                | SiteKind::Text
        );
    if is_step && names_output && while_running {
        Verdict::SelfOutput(target)
    } else {
        // Every other name may be an outcome published around the step.
        Verdict::Unknown(UnknownReason::Open)
    }
}

fn later(scope: &Scope<'_>, target: Target, cause: LaterCause) -> Verdict {
    let stage = |node: NodeId| scope.index.stage(node);
    let between = if stage(target.node) == stage(scope.reader()) {
        Level::Steps
    } else {
        Level::Stages
    };
    Verdict::Later(Later {
        target,
        between,
        cause,
    })
}
