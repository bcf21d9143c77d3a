//! Whether what a path names behind a node, or behind a root, exists (`spec/model.md` §3.2, §3.4, §4, §8.3).
//!
//! The file says what is written and declared, the catalogue what types of steps and stages publish and which settings
//! they have. A name is missing only where both are known to be complete; everything else is left as it was judged.

mod node;
mod root;
mod setting_position;
mod step;

use pipewright_model::catalogue::{self, Shape};
use pipewright_model::{NodeId, NodeKind, Pipeline, YamlVersion};
use pipewright_yaml::Tree;

use crate::chained::declared_outputs;
use crate::lists::identifiers;
use crate::run_tree::root_name;
use crate::scope::Scope;
use crate::{List, Member, Segment, SegmentKind, Target, Undefined, UnknownReason, Verdict};
use setting_position::SettingPosition;

use crate::declared::DeclaredNames;
use crate::fields::{is_fact_of_run, is_field};
pub(crate) use root::needs_near_name;
pub use step::outputs_without;

/// A pipeline and the tree it was read from.
#[derive(Clone, Copy, Debug)]
struct File<'a> {
    tree: &'a Tree,
    pipeline: &'a Pipeline,
}

/// One part of a path behind a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part<'a> {
    Key(&'a str),
    Index(u32),
}

impl<'a> Part<'a> {
    fn of(segment: &'a Segment) -> Option<Self> {
        match &segment.kind {
            SegmentKind::Name(name) | SegmentKind::Quoted(name) => Some(Self::Key(name)),
            SegmentKind::Index(index) => Some(Self::Index(*index)),
            SegmentKind::Postfixed(_) | SegmentKind::Dynamic | SegmentKind::Call(_) => None,
        }
    }

    const fn key(self) -> Option<&'a str> {
        match self {
            Self::Key(key) => Some(key),
            Self::Index(_) => None,
        }
    }
}

/// The parts from `from` on, up to the first that only a run knows.
fn parts(segments: &[Segment], from: usize) -> Vec<Part<'_>> {
    let behind = segments.get(from..).unwrap_or_default();
    behind.iter().map_while(Part::of).collect()
}

/// The verdict of a path that leads to `target`, judged as `verdict` by order: undefined where the member surely does
/// not exist. A node that is not there yet says more than its members.
pub(crate) fn of_target(
    scope: &Scope<'_>,
    segments: &[Segment],
    target: Target,
    verdict: Verdict,
) -> Verdict {
    let is_open = matches!(verdict, Verdict::Resolved(_) | Verdict::Unknown(_));
    // What v1 publishes is not known whole.
    if !is_open || scope.is_v1() {
        return verdict;
    }
    let file = File {
        tree: scope.index.tree,
        pipeline: scope.pipeline(),
    };
    if is_in_template(file, segments, target) {
        return Verdict::Unknown(UnknownReason::Template);
    }
    let declared = &scope.index.declared;
    // What every pipeline has does not rest on lines that could not be read.
    let is_sure = |undefined: &Undefined| {
        !scope.index.incomplete || undefined.list == List::Members(root_name(NodeKind::Pipeline))
    };
    if let Some(undefined) = missing(file, declared, segments, target).filter(is_sure) {
        return Verdict::Undefined(undefined);
    }
    if scope.index.incomplete {
        return verdict;
    }
    let is_output = target.member == Member::Output
        && file.pipeline.node(target.node).kind == NodeKind::Step
        && matches!(verdict, Verdict::Resolved(_));
    if is_output && step::is_of_plugin(file, target.node, &parts(segments, target.at)) {
        return Verdict::Unknown(UnknownReason::Open);
    }
    verdict
}

/// Whether the template of a node that is not at hand decides about the member: its settings, its outputs and whatever
/// else not every node has.
fn is_in_template(file: File<'_>, segments: &[Segment], target: Target) -> bool {
    let node = file.pipeline.node(target.node);
    if node.template.is_none() {
        return false;
    }
    let parts = parts(segments, target.at);
    let is_of_node = |part: &Part<'_>| {
        let known = |name: &str| is_field(name) || is_fact_of_run(node.kind, name);
        part.key().is_none_or(known)
    };
    match target.member {
        Member::Output => !parts.first().is_none_or(is_of_node),
        Member::Setting => parts.len() > 1 && parts[0] == Part::Key("spec"),
        Member::StageSpec => !parts.get(1).is_none_or(is_of_node),
        _ => false,
    }
}

fn missing(
    file: File<'_>,
    declared: &DeclaredNames,
    segments: &[Segment],
    target: Target,
) -> Option<Undefined> {
    let node = file.pipeline.node(target.node);
    if node.template.is_some() {
        return None;
    }
    let behind = parts(segments, target.at);
    let (depth, list) = match (target.member, node.kind) {
        (Member::Node | Member::Section(_) | Member::Variable(_), _) => return None,
        (Member::StageSpec, _) => {
            let name = behind.get(1)?.key()?;
            if name == "output" && node::has_no_output(file, target.node) {
                (1, List::Outputs(target.node))
            } else {
                let known = node::has_stage_setting(file, target.node, name);
                (!known).then_some((1, List::Settings(target.node)))?
            }
        }
        (_, NodeKind::Step) => {
            let is_relative = target.at == 0;
            match step::missing(file, declared, target.node, &behind, is_relative)? {
                (0, _) if is_own_step(segments, target) => (0, List::Members("step")),
                missing => missing,
            }
        }
        (_, NodeKind::Stage)
            if behind.first() == Some(&Part::Key("output"))
                && node::has_no_output(file, target.node) =>
        {
            (0, List::Outputs(target.node))
        }
        (_, kind) => {
            let depth = node::missing(file, target.node, &behind)?;
            (depth, List::Members(root_name(kind)))
        }
    };
    Some(Undefined::new(list, target.at, target.at + depth))
}

/// Whether the path names its own step, as `step.name` does.
fn is_own_step(segments: &[Segment], target: Target) -> bool {
    target.at == 1 && segments.first().and_then(Segment::name) == Some("step")
}

/// The verdict of a path that starts with a root of the catalogue rather than with a part of the pipeline, or that
/// leads out of the template that is read: undefined where the root surely has no such member.
pub(crate) fn of_root(scope: &Scope<'_>, segments: &[Segment], verdict: Verdict) -> Verdict {
    let of_template = verdict == Verdict::Unknown(UnknownReason::Template);
    if !of_template && verdict != Verdict::RunTime || scope.is_v1() {
        return verdict;
    }
    match root::missing(scope, segments, of_template) {
        Some((root, depth)) => {
            let list = List::Members(root);
            Verdict::Undefined(Undefined::new(list, 1, 1 + depth))
        }
        None if of_template && root::is_everywhere(segments) => Verdict::Everywhere,
        None => verdict,
    }
}

/// How deep the parts lead below `shape` before a name is surely missing; `None` where none is.
fn missing_below(shape: &Shape, parts: &[Part<'_>]) -> Option<usize> {
    let mut shape = shape;
    for (depth, part) in parts.iter().enumerate() {
        let next = match part {
            Part::Key(key) => shape.member(key),
            Part::Index(_) => shape.element(),
        };
        match next {
            Some(next) => shape = next,
            None => return (shape.is_closed() && part.key().is_some()).then_some(depth),
        }
    }
    None
}

/// What is known at the place the parts lead to.
fn shape_at<'s>(shape: &'s Shape, parts: &[Part<'_>]) -> Option<&'s Shape> {
    parts.iter().try_fold(shape, |shape, part| match part {
        Part::Key(key) => shape.member(key),
        Part::Index(_) => shape.element(),
    })
}

impl Undefined {
    /// Reads the names of the list in which the name is missing: those of the file, then those of the catalogue.
    /// `segments` are those of the reference; `tree` and `pipeline` hold it.
    pub(crate) fn read_names<'a>(
        &self,
        tree: &'a Tree,
        pipeline: &'a Pipeline,
        segments: &[Segment],
    ) -> Vec<&'a str> {
        let file = File { tree, pipeline };
        let around = segments.get(..self.segment).unwrap_or_default();
        let behind = parts(around, self.from);
        match self.list {
            List::Nodes(owner, kind) => identifiers(pipeline, owner, kind).collect(),
            List::Variables(_) if pipeline.version == YamlVersion::V1 => {
                let variables = pipeline.nodes.iter().flat_map(|node| &node.variables);
                let inputs = variables.filter(|variable| variable.is_input);
                inputs.map(|variable| &*variable.name.text).collect()
            }
            List::Variables(node) => {
                let variables = pipeline.node(node).variables.iter();
                variables.map(|variable| &*variable.name.text).collect()
            }
            List::Outputs(node) if pipeline.node(node).is_chained() => {
                declared_outputs(tree, pipeline.node(node)).unwrap_or_default()
            }
            List::Outputs(node) => step::offered(file, node, &behind),
            List::Settings(node) if pipeline.node(node).kind == NodeKind::Stage => {
                node::stage_settings(file, node)
            }
            // The first part is `spec` itself.
            List::Settings(node) => {
                SettingPosition::settings(file, node).names_at(behind.get(1..).unwrap_or_default())
            }
            List::Members(root) => root::names(root, &behind),
        }
    }
}

/// The type of a step that the catalogue knows.
fn step_type(file: File<'_>, node: NodeId) -> Option<catalogue::StepType> {
    catalogue::step_type(file.pipeline.node(node).type_text())
}

/// The type of a stage that the catalogue knows.
fn stage_type(file: File<'_>, node: NodeId) -> Option<catalogue::StageType> {
    catalogue::stage_type(file.pipeline.node(node).type_text())
}
