//! Paths that miss a node that exists.

use pipewright_model::{NodeId, NodeKind, Pipeline, SectionKind};

use super::Walk;
use crate::lists::Found;
use crate::looping::Suffix;
use crate::run_tree::{RunPart, StartWord};
use crate::{Member, Segment, Target, Undefined, UnknownReason, Verdict, WrongPath, relative};

/// The longest path that is offered in place of a wrong one, in bytes. Nobody writes longer ones.
const MAX_RIGHT_PATH: usize = 4_096;

/// The words of a path between a stage and its steps.
const WORDS: [&str; 4] = ["spec", "execution", "steps", "rollbackSteps"];

/// The longest name in which the suffix of a loop is looked for, in bytes.
const MAX_NAME: usize = 256;

impl Walk<'_> {
    /// Fails with the right path if the part at `at`, which stands deeper than below `part`, leads to a node of the
    /// same stage all the same.
    pub(super) fn too_early(&self, part: RunPart, name: &str, at: usize) -> Result<(), Verdict> {
        match part {
            RunPart::Node(group) if self.pipeline().node(group).kind == NodeKind::StepGroup => {
                self.astray_into(group, at)
            }
            _ if name == StartWord::Execution.as_str() => self.astray_from(part.node(), at, at + 2),
            _ => self.astray_from(part.node(), at, at + 1),
        }
    }

    /// Fails with the right path if the part at `named_by` names a node of the reader's or the path's stage, though the
    /// path went astray at `at`.
    pub(super) fn astray(&self, at: usize, named_by: usize) -> Result<(), Verdict> {
        self.astray_from(self.scope.reader(), at, named_by)
    }

    pub(super) fn astray_from(
        &self,
        near: NodeId,
        at: usize,
        named_by: usize,
    ) -> Result<(), Verdict> {
        let named = self.segments.get(named_by).and_then(Segment::name);
        let Some(name) = named else {
            return Ok(());
        };
        let meant = self.meant(near, name).map(|target| (target, ""));
        match meant.or_else(|| self.meant_instance(near, name)) {
            Some((target, suffix)) => Err(self.wrong_path(target, suffix, at, named_by)),
            None => Ok(()),
        }
    }

    /// The verdict with the right path if a member that a pipeline or stage does not have is the identifier of a node
    /// in it, or a list before one: `pipeline.stages.S.A`, `pipeline.steps.A`.
    pub(crate) fn past_lists(&self, target: Target, undefined: &Undefined) -> Option<Verdict> {
        let at = undefined.segment;
        let is_behind = |keys: usize| at == target.at + keys;
        match (self.pipeline().node(target.node).kind, target.member) {
            (NodeKind::Stage, Member::StageSpec) if is_behind(1) => {
                self.astray_from(target.node, at, at).err()
            }
            (NodeKind::Stage, _) if is_behind(0) => self.astray_from(target.node, at, at).err(),
            (NodeKind::Pipeline, _) if is_behind(0) => {
                let is_word =
                    |part: &Segment| part.name().is_some_and(|name| WORDS.contains(&name));
                let words = self.segments[at..].iter().take_while(|part| is_word(part));
                let named_by = at + words.count();
                let named = self.segments.get(named_by).and_then(Segment::name)?;
                let node = self.index().anywhere(named)?;
                (node != Pipeline::ROOT).then(|| self.wrong_path(node, "", at, named_by))
            }
            _ => None,
        }
    }

    /// The looping group or step in the stage of `near` that has an instance of that name, and the suffix of the
    /// instance.
    fn meant_instance<'n>(&self, near: NodeId, name: &'n str) -> Option<(NodeId, &'n str)> {
        let loops = &self.index().loops;
        if name.len() > MAX_NAME {
            return None;
        }
        let mut ends = name.rmatch_indices('_').map(|(at, _)| name.split_at(at));
        ends.find_map(|(identifier, suffix)| {
            let node = self.index().inside_stage(near, identifier)?;
            let is_instance = matches!(loops.suffix(node, suffix), Suffix::Iteration(_));
            is_instance.then_some((node, suffix))
        })
    }

    /// The group or step of that identifier in the stage of `near`: the only one, or of several the one in the
    /// innermost group around the place or the reader that has one.
    fn meant(&self, near: NodeId, name: &str) -> Option<NodeId> {
        let index = self.index();
        let only = index.inside_stage(near, name);
        if only.is_some() || !index.is_identifier(name) {
            return only;
        }
        let reader = self.scope.reader();
        let in_same_stage = index.stage(reader) == index.stage(near);
        let from_reader = in_same_stage.then_some(reader);
        let mut around = [Some(near), from_reader]
            .into_iter()
            .flatten()
            .flat_map(|from| self.pipeline().self_and_ancestors(from))
            .filter(|node| self.pipeline().node(*node).kind == NodeKind::StepGroup);
        around.find_map(|group| match index.find(group, SectionKind::Steps, name) {
            Found::Node { node, .. } => Some(node),
            _ => None,
        })
    }

    /// Fails with the right path if the part at `at` names a node in the group itself.
    fn astray_into(&self, group: NodeId, at: usize) -> Result<(), Verdict> {
        let name = self.segments.get(at).and_then(Segment::name);
        let found = name.map(|name| self.index().find(group, SectionKind::Steps, name));
        match found {
            Some(Found::Node { node, .. }) => Err(self.wrong_path(node, "", at, at)),
            _ => Ok(()),
        }
    }

    /// The path that misses `target`, or its instance of that `suffix`, with the right one.
    pub(super) fn wrong_path(
        &self,
        target: NodeId,
        suffix: &str,
        at: usize,
        named_by: usize,
    ) -> Verdict {
        let absolute = self.segments.first().and_then(Segment::name) == Some("pipeline");
        let mut right = if absolute {
            self.names.fqn(target)
        } else {
            relative(self.pipeline(), self.names, self.scope.reader(), target)
        };
        right.push_str(suffix);
        if right.len() > MAX_RIGHT_PATH {
            return Verdict::Unknown(UnknownReason::Open);
        }
        Verdict::WrongPath(WrongPath {
            segment: at,
            named_by,
            target,
            right: Some(right.into()),
        })
    }
}
