//! From the first name of a path down to the node and member it leads to.

mod astray;
mod instances;
mod shared;

use pipewright_model::catalogue::{is_generated_step, is_outcome};
use pipewright_model::{NodeId, NodeKind, Pipeline, SectionKind};

use crate::before_stage;
use crate::fields::{field, is_field};
use crate::index::Index;
use crate::lists::Found;
use crate::loop_values;
use crate::run_tree::{Next, ParentGroup, RunPart, StartWord, is_hidden_group};
use crate::scope::{Scope, Start};
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

impl<'w> Walk<'w> {
    /// Follows the path from its first part on.
    pub(crate) fn run(&mut self) -> Walked {
        let Some((first, rest)) = self.segments.split_first() else {
            return Err(Verdict::Unknown(UnknownReason::Dynamic));
        };
        match self.scope.start(first, rest) {
            Start::At(place) => self.follow(place, 1),
            Start::Field(node) => Ok(self.member(node, 0)),
            Start::OwnVariables(node) => self.variable(node, 1),
            Start::Inputs => self.input(1),
            Start::Looped(node, suffixed) => {
                self.note_loop(node, suffixed, 0);
                self.follow(RunPart::Node(node), 1)
            }
            Start::NoIteration(node) => Err(self.no_iteration(node, 0)),
            Start::Root => {
                let missing = loop_values::of_root(&self.scope, self.segments)
                    .or_else(|| before_stage::of_root(&self.scope, self.segments));
                Err(missing.unwrap_or(Verdict::RunTime))
            }
            Start::NoRoot => {
                self.bare(first, rest)?;
                Err(Verdict::UnknownRoot)
            }
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

    /// Fails with the right path if the first part is the identifier of a node that only its path leads to. Alone it
    /// may be meant as a text.
    fn bare(&self, first: &Segment, rest: &[Segment]) -> Result<(), Verdict> {
        let Some(name) = first.name().filter(|_| !rest.is_empty()) else {
            return Ok(());
        };
        self.astray(0, 0)?;
        match self.index().anywhere(name) {
            Some(node) if node != Pipeline::ROOT => Err(self.wrong_path(node, "", 0, 0)),
            _ => Ok(()),
        }
    }

    fn follow(&mut self, mut part: RunPart, mut at: usize) -> Walked {
        loop {
            let Some(segment) = self.segments.get(at) else {
                return Ok(self.end_of(part, at));
            };
            let step = match &segment.kind {
                SegmentKind::Name(name) | SegmentKind::Quoted(name) => {
                    let next = self.index().run_tree().step(part, name);
                    self.judged(part, next, name, at)?
                }
                SegmentKind::Call(_) => return Ok(self.end_of(part, at)),
                _ if matches!(part, RunPart::Between(..)) => return Ok(self.end_of(part, at)),
                SegmentKind::Postfixed(name) => self.postfixed(part, name, at)?,
                SegmentKind::Index(_) | SegmentKind::Dynamic => {
                    return Err(Verdict::Unknown(UnknownReason::Dynamic));
                }
            };
            match step {
                Step::To(further) => part = further,
                Step::Ends(target) => return Ok(target),
            }
            at += 1;
        }
    }

    /// Where the part at `at`, which is `name`, leads from a part of the run where the tree says what is `next`.
    fn judged(
        &mut self,
        part: RunPart,
        next: Next<'_>,
        name: &str,
        at: usize,
    ) -> Result<Step, Verdict> {
        match next {
            Next::Part(further) => Ok(Step::To(further)),
            Next::Listed(found) => self.listed(part, found, name, at),
            Next::Instance(suffix) => self.instance(part.node(), suffix, at),
            Next::ParentGroup(ParentGroup::Group(parent)) => Ok(Step::To(RunPart::Node(parent))),
            Next::ParentGroup(ParentGroup::Nothing) => {
                Err(Verdict::NotInside(NotInside::Node(NodeKind::StepGroup)))
            }
            Next::ParentGroup(ParentGroup::NotKnown) => {
                Err(Verdict::Unknown(UnknownReason::Template))
            }
            Next::Variables if name == StartWord::Inputs.as_str() => {
                self.input(at + 1).map(Step::Ends)
            }
            Next::Variables => self.variable(part.node(), at + 1).map(Step::Ends),
            Next::Outputs => self.stage_output(part.node(), at).map(Step::Ends),
            Next::Deeper(_) => {
                self.too_early(part, name, at)?;
                self.other(part, name, at).map(Step::Ends)
            }
            Next::Member => self.other(part, name, at).map(Step::Ends),
        }
    }

    /// A name below `part` that is none of a part of the run: a field, a setting, or what is published there.
    fn other(&self, part: RunPart, name: &str, at: usize) -> Walked {
        match part {
            RunPart::Node(group)
                if self.pipeline().node(group).kind == NodeKind::StepGroup
                    && !is_field(name)
                    && !is_outcome(name)
                    && self.index().has_generated_steps(group) =>
            {
                Err(Verdict::Unknown(UnknownReason::Open))
            }
            RunPart::Node(node) => Ok(self.member(node, at)),
            RunPart::Execution(stage) if !is_field(name) && !is_outcome(name) => {
                self.astray_from(stage, at, at)?;
                // `execution.step.A`: a misspelt list.
                self.astray_from(stage, at, at + 1)?;
                Err(Verdict::Unknown(UnknownReason::Open))
            }
            part => Ok(stage_setting(part, at)),
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
        if self.index().has_open_variables(node) || self.scope.is_v1() {
            // Whoever converted a pipeline to v1 left the paths to its variables as they were.
            return Err(Verdict::Unknown(UnknownReason::Open));
        }
        let list = List::Variables(node);
        Err(Verdict::Undefined(Undefined::new(list, at, at)))
    }

    /// The input that the part at `at` names: one of the file, whichever node of it declares it.
    fn input(&self, at: usize) -> Walked {
        let open = Err(Verdict::Unknown(UnknownReason::Open));
        let Some(segment) = self.segments.get(at) else {
            return open;
        };
        let Some(name) = segment.name() else {
            return Err(Verdict::Unknown(UnknownReason::Dynamic));
        };
        let mut around = self.pipeline().self_and_ancestors(self.scope.reader());
        let found = around.find_map(|node| Some((node, self.index().variable(node, name)?)));
        if let Some((node, place)) = found {
            return Ok(Target {
                node,
                member: Member::Variable(place),
                at: at - 1,
            });
        }
        if self.index().may_be_input(name) || self.scope.is_of_overlay() {
            return open;
        }
        let list = List::Variables(Pipeline::ROOT);
        Err(Verdict::Undefined(Undefined::new(list, at, at)))
    }

    /// What the part behind `output`, which stands at `at`, names of a stage: one of the outputs it declares, if it is
    /// chained.
    fn stage_output(&self, stage: NodeId, at: usize) -> Walked {
        let named = self.segments.get(at + 1).and_then(Segment::name);
        let declared = self.index().outputs(stage);
        if let (Some(named), Some(declared)) = (named, declared)
            && !declared.contains(named)
        {
            let list = List::Outputs(stage);
            return Err(Verdict::Undefined(Undefined::new(list, at, at + 1)));
        }
        Ok(self.member(stage, at))
    }

    /// What a list finds by the name at `at`.
    fn listed(
        &mut self,
        list: RunPart,
        found: Found<'_>,
        name: &str,
        at: usize,
    ) -> Result<Step, Verdict> {
        let RunPart::List(owner, kind) = list else {
            return Err(Verdict::Unknown(UnknownReason::Open));
        };
        let (reason, without_iteration) = match found {
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
        if is_hidden_group(self.pipeline(), owner) {
            // What the engine calls its own steps is not known for certain; a step of the file is none of them.
            if self.index().identifier(owner) != Some(name) {
                self.astray_from(owner, at, at)?;
            }
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
            nearest: nearest.map(Into::into),
            elsewhere: self.index().anywhere(name),
            ..Undefined::new(List::Nodes(owner, kind), at, at)
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

    /// A path that ends at a part of the run names its node, or what of the node the part is.
    fn end_of(&self, part: RunPart, at: usize) -> Target {
        let member = match part.keys(self.pipeline()) {
            _ if matches!(part, RunPart::Between(..)) => return stage_setting(part, at),
            [] => Member::Node,
            keys => Member::Section(keys),
        };
        Target {
            node: part.node(),
            member,
            at,
        }
    }

    fn pipeline(&self) -> &'w Pipeline {
        self.scope.pipeline()
    }

    fn index(&self) -> &'w Index<'w> {
        self.scope.index
    }
}

/// Where one part of a path leads.
enum Step {
    To(RunPart),
    Ends(Target),
}

/// What was published at a part of a stage, or a setting below it: the part at `at` stands behind it.
fn stage_setting(part: RunPart, at: usize) -> Target {
    let keys = match part {
        RunPart::Between(_, keys) => keys.len(),
        _ => 1,
    };
    Target {
        node: part.node(),
        member: Member::StageSpec,
        at: at - keys,
    }
}
