//! Whether a node has started when another one reads (`spec/model.md` §5).

use pipewright_model::{Moment, NodeId, NodeKind, Pipeline, SectionKind};
use pipewright_source::Span;

use super::{Order, Relation};

/// Whether a node has started when a reader reads, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Started {
    /// It has: it is the reader, stands around it, ran before it, or stands inside a reader that has ended.
    Yes,
    /// It may have: it stands inside the reader, which runs.
    Inside,
    /// It may have: it stands inside the reader, which is read while only a provisioner or a first stage may have run.
    MayHaveRun,
    /// It may have: both may run at the same time; see [`Relation::Parallel`].
    Parallel {
        /// The branch of the node.
        node: NodeId,
        /// The branch of the reader.
        reader: NodeId,
        /// The `parallel` block.
        block: Option<Span>,
    },
    /// Only a run tells.
    Unknown,
    /// It has not: it starts when the reader has ended.
    After,
    /// It has not: it runs only when the reader is rolled back.
    RollbackOf,
    /// It has not: it stands inside the reader, which has not started.
    InsideLater,
    /// It has not: it is a step of the reader, and what is read comes before these.
    StepsLater,
}

impl Started {
    /// Whether the node surely has not started.
    pub const fn surely_not(self) -> bool {
        matches!(
            self,
            Self::After | Self::RollbackOf | Self::InsideLater | Self::StepsLater
        )
    }
}

impl Order {
    /// Whether `node` has started when `reader` reads at a moment; both are nodes of `pipeline`, whose order this is.
    pub fn started(
        &self,
        pipeline: &Pipeline,
        node: NodeId,
        reader: NodeId,
        moment: Moment,
    ) -> Started {
        match self.relation(node, reader) {
            Relation::Same | Relation::Encloses | Relation::Before | Relation::BeforeRollback => {
                Started::Yes
            }
            Relation::EnclosedBy => inside(pipeline, node, reader, moment),
            Relation::After => Started::After,
            Relation::RollbackOf => Started::RollbackOf,
            Relation::Parallel {
                first,
                second,
                block,
            } => Started::Parallel {
                node: first,
                reader: second,
                block,
            },
            Relation::Unknown => Started::Unknown,
        }
    }
}

/// Whether a node inside the reader has started.
fn inside(pipeline: &Pipeline, node: NodeId, reader: NodeId, moment: Moment) -> Started {
    match moment {
        Moment::Ended => Started::Yes,
        Moment::Running => Started::Inside,
        Moment::Starting => Started::InsideLater,
        // The codebase of a pipeline is read when its first CI stage starts.
        Moment::Configuring if pipeline.node(reader).kind == NodeKind::Pipeline => {
            Started::MayHaveRun
        }
        Moment::Configuring if is_of_provisioner(pipeline, node) => Started::MayHaveRun,
        Moment::Configuring => Started::StepsLater,
    }
}

fn is_of_provisioner(pipeline: &Pipeline, node: NodeId) -> bool {
    let mut outward = pipeline.self_and_ancestors(node);
    outward.any(|node| pipeline.node(node).section == Some(SectionKind::ProvisionerSteps))
}
