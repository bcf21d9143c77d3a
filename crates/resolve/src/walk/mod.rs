//! From the first name of a path down to the node and member it leads to.

mod astray;
mod instances;
mod shared;

use pipewright_model::catalogue::{is_generated_step, is_outcome};
use pipewright_model::{NodeId, NodeKind, Pipeline, SectionKind};

use crate::fields::{field, is_field};
use crate::index::Index;
use crate::lists::Found;
use crate::loop_values;
use crate::scope::{RunPart, Scope, Start};
use crate::{
    List, LoopStep, Member, Names, NotInside, Order, Segment, SegmentKind, Target, Undefined,
    UnknownReason, Verdict,
};

/// Follows one path.
pub(crate) struct Walk<'w> {
    pub(crate) scope: Scope<'w>,
    pub(crate) names: &'w Names,
    pub(crate) order: &'w Order,
    pub(crate) segments: &'w [Segment],
    /// The looping nodes met on the way.
    pub(crate) loops: Vec<LoopStep>,
}

/// Where a path ends: at a member of a node, or with a verdict that needs no further judgement.
type Walked = Result<Target, Verdict>;

impl Walk<'_> {
    /// Follows the path from its first part on.
    pub(crate) fn run(&mut self) -> Walked {
        let Some((first, rest)) = self.segments.split_first() else {
            return Err(Verdict::Unknown(UnknownReason::Dynamic));
        };
        match self.scope.start(first, rest) {
            Start::At(place) => self.follow(place, 1),
            Start::Field(node) => Ok(self.member(node, 0)),
            Start::OwnVariables(node) => self.variable(node, 1),
            Start::Looped(node, suffixed) => {
                self.note_loop(node, suffixed, 0);
                self.follow(RunPart::Node(node), 1)
            }
            Start::NoIteration(node) => Err(self.no_iteration(node, 0)),
            Start::Root => {
                let missing = loop_values::of_root(&self.scope, self.segments);
                Err(missing.unwrap_or(Verdict::RunTime))
            }
            Start::NoRoot => Err(Verdict::UnknownRoot),
            Start::NotInside(what) => self.not_inside(what),
            Start::Unknown(reason) => Err(Verdict::Unknown(reason)),
        }
    }

    /// `steps` and `rollbackSteps` outside of such a list may still name a node of the stage.
    fn not_inside(&self, what: NotInside) -> Walked {
        if matches!(what, NotInside::Section(_)) {
            self.astray(0, 1)?;
        }
        Err(Verdict::NotInside(what))
    }

    fn follow(&mut self, mut place: RunPart, mut at: usize) -> Walked {
        loop {
            let Some(segment) = self.segments.get(at) else {
                return Ok(self.end_of(place, at));
            };
            let next = match &segment.kind {
                SegmentKind::Call(_) => return Ok(self.end_of(place, at)),
                SegmentKind::Name(name) | SegmentKind::Quoted(name) => {
                    self.step(place, name, at)?
                }
                SegmentKind::Postfixed(name) => self.postfixed(place, name, at)?,
                SegmentKind::Index(_) | SegmentKind::Dynamic => {
                    return Err(Verdict::Unknown(UnknownReason::Dynamic));
                }
            };
            match next {
                Step::To(further) => place = further,
                Step::Ends(target) => return Ok(target),
            }
            at += 1;
        }
    }

    /// One part of the path.
    fn step(&mut self, place: RunPart, name: &str, at: usize) -> Result<Step, Verdict> {
        match place {
            RunPart::Node(node) => self.below_node(node, name, at),
            RunPart::Spec(stage) => self.below_spec(stage, name, at),
            RunPart::Execution(stage) => self.below_execution(stage, name, at),
            RunPart::List(owner, kind) => self.below_list(owner, kind, name, at),
        }
    }

    fn below_node(&mut self, node: NodeId, name: &str, at: usize) -> Result<Step, Verdict> {
        let kind = self.pipeline().node(node).kind;
        match (kind, name) {
            (NodeKind::Pipeline, "stages") => Ok(list(node, SectionKind::Stages)),
            (NodeKind::Stage, "spec") => Ok(Step::To(RunPart::Spec(node))),
            (NodeKind::StepGroup, "steps") => Ok(list(node, SectionKind::Steps)),
            (NodeKind::StepGroup, "rollbackSteps") => Ok(list(node, SectionKind::RollbackSteps)),
            (NodeKind::StepGroup, "getParentStepGroup") => self.parent_group(node),
            (NodeKind::Pipeline | NodeKind::Stage | NodeKind::StepGroup, "variables") => {
                self.variable(node, at + 1).map(Step::Ends)
            }
            (NodeKind::Stage, "output") => self.stage_output(node, at).map(Step::Ends),
            _ if self.suffix_of(node, name).is_some() => self.instance(node, name, at),
            (NodeKind::Stage, "execution" | "steps" | "rollbackSteps") => {
                let named_by = if name == "execution" { at + 2 } else { at + 1 };
                self.astray(at, named_by)?;
                Ok(Step::Ends(self.member(node, at)))
            }
            (NodeKind::StepGroup, _) if !is_field(name) && !is_outcome(name) => {
                self.astray_into(node, at)?;
                if self.index().has_generated_steps(node) {
                    return Err(Verdict::Unknown(UnknownReason::Open));
                }
                Ok(Step::Ends(self.member(node, at)))
            }
            _ => Ok(Step::Ends(self.member(node, at))),
        }
    }

    fn parent_group(&self, group: NodeId) -> Result<Step, Verdict> {
        let pipeline = self.pipeline();
        let Some(outer) = pipeline.node(group).parent else {
            return Err(Verdict::Unknown(UnknownReason::Template));
        };
        match pipeline.enclosing(outer, NodeKind::StepGroup) {
            Some(parent) => Ok(Step::To(RunPart::Node(parent))),
            None => Err(Verdict::NotInside(NotInside::Node(NodeKind::StepGroup))),
        }
    }

    /// The variable that the part at `at` names.
    fn variable(&self, node: NodeId, at: usize) -> Walked {
        let Some(segment) = self.segments.get(at) else {
            return Ok(self.member(node, at - 1));
        };
        let Some(name) = segment.name() else {
            return match segment.kind {
                SegmentKind::Call(_) => Ok(self.member(node, at - 1)),
                _ => Err(Verdict::Unknown(UnknownReason::Dynamic)),
            };
        };
        if let Some(place) = self.index().variable(node, name) {
            return Ok(Target {
                node,
                member: Member::Variable(place),
                at: at - 1,
            });
        }
        let declaring = self.pipeline().node(node);
        if declaring.template.is_some() {
            return Err(Verdict::Unknown(UnknownReason::Template));
        }
        if self.index().has_open_variables(node) {
            return Err(Verdict::Unknown(UnknownReason::Open));
        }
        Err(Verdict::Undefined(Undefined {
            segment: at,
            list: List::Variables(node),
            from: at,
            nearest: None,
            elsewhere: None,
        }))
    }

    /// What the part behind `output`, which stands at `at`, names of a stage: one of the outputs it declares, if it is chained.
    fn stage_output(&self, stage: NodeId, at: usize) -> Walked {
        let named = self.segments.get(at + 1).and_then(Segment::name);
        let declared = self.index().outputs(stage);
        if let (Some(named), Some(declared)) = (named, declared)
            && !declared.contains(named)
        {
            return Err(Verdict::Undefined(Undefined {
                segment: at + 1,
                list: List::Outputs(stage),
                from: at,
                nearest: None,
                elsewhere: None,
            }));
        }
        Ok(self.member(stage, at))
    }

    fn below_spec(&mut self, stage: NodeId, name: &str, at: usize) -> Result<Step, Verdict> {
        match name {
            "execution" => return Ok(Step::To(RunPart::Execution(stage))),
            "steps" | "rollbackSteps" => self.astray(at, at + 1)?,
            _ => {}
        }
        if let Some(target) = self.provisioner_step(stage, at)? {
            return Ok(Step::Ends(target));
        }
        Ok(Step::Ends(Target {
            node: stage,
            member: Member::StageSpec,
            at: at - 1,
        }))
    }

    /// What a path through a provisioner's lists leads to, if the stage has one there.
    fn provisioner_step(&mut self, stage: NodeId, at: usize) -> Result<Option<Target>, Verdict> {
        for section in &self.scope.pipeline().node(stage).sections {
            // The paths start with `spec`, which the walk has behind it.
            let Some((_, path)) = section.path.split_first() else {
                continue;
            };
            let named = self.segments[at..].iter().map(Segment::name);
            let follows = path.len() < self.segments.len() - at
                && named.zip(path).all(|(name, key)| name == Some(*key));
            if follows {
                let place = RunPart::List(stage, section.kind);
                return self.follow(place, at + path.len()).map(Some);
            }
        }
        Ok(None)
    }

    fn below_execution(&mut self, stage: NodeId, name: &str, at: usize) -> Result<Step, Verdict> {
        match name {
            "steps" => Ok(list(stage, SectionKind::Steps)),
            "rollbackSteps" => Ok(list(stage, SectionKind::RollbackSteps)),
            _ if is_field(name) || is_outcome(name) => Ok(Step::Ends(Target {
                node: stage,
                member: Member::StageSpec,
                at: at - 1,
            })),
            _ => {
                self.astray(at, at)?;
                // `execution.step.A`: a misspelt list.
                self.astray_from(stage, at, at + 1)?;
                Err(Verdict::Unknown(UnknownReason::Open))
            }
        }
    }

    fn below_list(
        &mut self,
        owner: NodeId,
        kind: SectionKind,
        name: &str,
        at: usize,
    ) -> Result<Step, Verdict> {
        let (reason, without_iteration) = match self.index().find(owner, kind, name) {
            Found::Node { node, suffixed } => {
                self.note_loop(node, suffixed, at);
                return Ok(Step::To(RunPart::Node(node)));
            }
            Found::Several(nodes) => {
                let found = self.only_started(nodes);
                let node = found.ok_or(Verdict::Unknown(UnknownReason::Ambiguous))?;
                self.note_loop(node, false, at);
                return Ok(Step::To(RunPart::Node(node)));
            }
            Found::NoInstance(node) => (None, Some(node)),
            Found::Nothing(reason) => (reason, None),
        };
        if is_field(name) || is_outcome(name) || is_generated_step(name) {
            return Err(Verdict::Unknown(UnknownReason::Open));
        }
        if let Some(reason) = reason {
            return Err(Verdict::Unknown(reason));
        }
        if kind != SectionKind::Stages {
            self.astray_from(owner, at, at)?;
        }
        if let Some(node) = without_iteration {
            return Err(self.no_iteration(node, at));
        }
        let nearest = self.index().without_suffix(owner, kind, name);
        Err(Verdict::Undefined(Undefined {
            segment: at,
            list: List::Nodes(owner, kind),
            from: at,
            nearest: nearest.map(Into::into),
            elsewhere: self.index().anywhere(name),
        }))
    }

    /// The member of a node that the part at `at` names.
    fn member(&self, node: NodeId, at: usize) -> Target {
        let name = self.segments.get(at).and_then(Segment::name);
        let kind = self.pipeline().node(node).kind;
        let other = match kind {
            // Facts of the run such as `sequenceId`.
            NodeKind::Pipeline => Member::RunTime,
            _ => Member::Output,
        };
        let member = match name {
            None => Member::Node,
            Some("spec") if kind == NodeKind::Step => Member::Setting,
            Some(name) => field(name).unwrap_or(other),
        };
        Target { node, member, at }
    }

    /// A path that ends at a place names the node of that place, or what of the node the place is.
    fn end_of(&self, place: RunPart, at: usize) -> Target {
        let (node, member) = match place {
            RunPart::Node(node) => (node, Member::Node),
            RunPart::Spec(stage) => (stage, Member::Section(&["spec"])),
            RunPart::Execution(stage) => (stage, Member::Section(&["spec", "execution"])),
            RunPart::List(owner, kind) => {
                let mut sections = self.pipeline().node(owner).sections.iter();
                let written = sections.find(|section| section.kind == kind);
                let member = written.map_or(Member::Node, |section| Member::Section(section.path));
                (owner, member)
            }
        };
        Target { node, member, at }
    }

    fn pipeline(&self) -> &Pipeline {
        self.scope.pipeline()
    }

    fn index(&self) -> &Index<'_> {
        self.scope.index
    }
}

/// Where one part of a path leads.
enum Step {
    To(RunPart),
    Ends(Target),
}

const fn list(owner: NodeId, kind: SectionKind) -> Step {
    Step::To(RunPart::List(owner, kind))
}
