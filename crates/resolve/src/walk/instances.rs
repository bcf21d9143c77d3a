//! Looping nodes on a path, and their instances (`spec/model.md` §3.5).

use pipewright_model::NodeId;

use super::{Step, Walk};
use crate::lists::Found;
use crate::looping::{Looping, Suffix};
use crate::run_tree::RunPart;
use crate::{LoopStep, Member, NoInstance, Target, UnknownReason, Verdict};

impl Walk<'_> {
    /// The instance of a looping node below the node, as the newer engine shows it: `S.S_0`.
    pub(super) fn instance(
        &mut self,
        node: NodeId,
        suffix: &str,
        at: usize,
    ) -> Result<Step, Verdict> {
        if self.index().loops.suffix(node, suffix) == Suffix::NoIteration {
            return Err(self.no_iteration(node, at));
        }
        self.loops.retain(|step| step.node != node);
        self.note_loop(node, true, at);
        Ok(Step::To(RunPart::Node(node)))
    }

    /// The part at `at` gives a looping node the suffix of no iteration.
    pub(super) fn no_iteration(&self, node: NodeId, at: usize) -> Verdict {
        Verdict::NoInstance(NoInstance {
            segment: at,
            node,
            list: self.index().list_of(node),
            suffixed: true,
            through: at,
            right: None,
        })
    }

    /// What becomes of a path to `target` that names loops by their own identifiers, without the suffix of an instance;
    /// `None` if it names none so. One that ends at a loop reads all of its iterations with the newer engine, which a
    /// file does not tell apart.
    pub(crate) fn without_suffix(&self, target: Target) -> Option<Verdict> {
        let mut bare = self
            .loops
            .iter()
            .filter(|step| step.certain && !step.suffixed);
        let first = bare.next()?;
        if first.node == target.node && target.member == Member::Node {
            return Some(Verdict::Unknown(UnknownReason::Open));
        }
        Some(Verdict::NoInstance(NoInstance {
            segment: first.segment,
            node: first.node,
            list: self.index().list_of(first.node),
            suffixed: false,
            through: bare.next_back().unwrap_or(first).segment,
            right: None,
        }))
    }

    /// `name<+strategy.identifierPostFix>`: the instance of the same iteration.
    pub(super) fn postfixed(
        &mut self,
        place: RunPart,
        name: &str,
        at: usize,
    ) -> Result<Step, Verdict> {
        if let RunPart::List(owner, kind) = place
            && let Found::Node {
                node,
                suffixed: false,
            } = self.index().find(owner, kind, name)
        {
            self.note_loop(node, true, at);
            return Ok(Step::To(RunPart::Node(node)));
        }
        Err(Verdict::Unknown(UnknownReason::Dynamic))
    }

    pub(super) fn note_loop(&mut self, node: NodeId, suffixed: bool, segment: usize) {
        let looping = self.index().looping(node);
        if looping != Looping::No {
            self.loops.push(LoopStep {
                segment,
                node,
                suffixed,
                certain: looping == Looping::Surely,
            });
        }
    }
}
