//! What a reference points at.

use pipewright_model::NodeId;

/// What a path leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Target {
    /// The node.
    pub node: NodeId,
    /// What of the node is read.
    pub member: Member,
    /// The place in [`crate::Reference::segments`] of the first part that belongs to the member; the number of segments
    /// for [`Member::Node`] and [`Member::Section`].
    pub at: usize,
}

/// What of a node is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Member {
    /// The node as a whole.
    Node,
    /// One of its sections as a whole, or its `spec` or `execution`: the keys that lead there from the node.
    Section(&'static [&'static str]),
    /// A setting: `name`, `timeout`, `spec.…` of a step, … There as soon as the node is queued.
    Setting,
    /// Something below a stage's `spec` other than `execution`: outcomes of its service, environment and
    /// infrastructure, or a setting that is null at run time (`spec/model.md` §8.3).
    StageSpec,
    /// A declared variable: the place in [`pipewright_model::Node::variables`].
    Variable(u32),
    /// `status`, `currentStatus`, `liveStatus`.
    Status,
    /// Another field that the run fills in: `startTs`, `endTs`, `retryCount`, `executionUrl`, loop values …
    RunTime,
    /// An outcome: `output.…`, `issue.…`, `plan.…` and every other name that is none of the above.
    Output,
}
