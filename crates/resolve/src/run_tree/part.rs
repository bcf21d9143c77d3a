//! The places in the tree of a run that a path can reach.

use pipewright_model::{NodeId, Pipeline, SectionKind};

use super::is_hidden_group;

/// A part of the tree of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum RunPart {
    /// A pipeline, stage, group or step.
    Node(NodeId),
    /// The `spec` of a stage.
    Spec(NodeId),
    /// The `execution` of a stage.
    Execution(NodeId),
    /// What stands between the `spec` of a stage and the steps of its provisioner, by the keys that lead there from the
    /// stage.
    Between(NodeId, &'static [&'static str]),
    /// A list of a node.
    List(NodeId, SectionKind),
}

impl RunPart {
    /// The node that it is, or that it is a part of.
    pub const fn node(self) -> NodeId {
        match self {
            Self::Node(node)
            | Self::Spec(node)
            | Self::Execution(node)
            | Self::Between(node, _)
            | Self::List(node, _) => node,
        }
    }

    /// The keys that lead from [`Self::node`] to it: none to the node itself, and none to a list that the node does not
    /// have.
    pub fn keys(self, pipeline: &Pipeline) -> &'static [&'static str] {
        match self {
            Self::Node(_) => &[],
            Self::Spec(_) => &["spec"],
            Self::Execution(_) => &["spec", "execution"],
            Self::Between(_, keys) => keys,
            Self::List(owner, kind) => {
                let mut sections = pipeline.node(owner).sections.iter();
                let written = sections.find(|section| section.kind == kind);
                match written {
                    Some(section) => section.path,
                    None if is_hidden_group(pipeline, owner) => &["steps"],
                    None => &[],
                }
            }
        }
    }
}
