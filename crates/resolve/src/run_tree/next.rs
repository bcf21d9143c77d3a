//! Where one name leads from a part of the tree (`spec/model.md` §2, §3.1, §3.4).

use pipewright_model::catalogue::is_outcome;
use pipewright_model::{NodeId, NodeKind, SectionKind, YamlVersion};

use super::{RunPart, RunTree, is_hidden_group};
use crate::fields::is_field;
use crate::lists::Found;
use crate::looping::Looping;

/// Where a name leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Next<'t> {
    /// To another part of the tree.
    Part(RunPart),
    /// Into a list, which finds this.
    Listed(Found<'t>),
    /// To an instance of the looping node itself, as the newer engine shows them: `S.S_0`. Carries what follows the
    /// identifier.
    Instance(&'t str),
    /// From a group or step to the group around it.
    ParentGroup(ParentGroup),
    /// To the declared variables of the node, or to its inputs.
    Variables,
    /// To the outputs that a chained stage declares.
    Outputs,
    /// To nothing: a part of that name stands deeper, behind these keys.
    Deeper(&'static [&'static str]),
    /// To no part: a field, a setting, what the run publishes there, or nothing.
    Member,
}

/// What `getParentStepGroup` of a group or step gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParentGroup {
    /// The group around it.
    Group(NodeId),
    /// No group is around it.
    Nothing,
    /// It is the content of a template, which may be used in a group.
    NotKnown,
}

/// The member of a step group or step that is the group around it.
const PARENT_GROUP: &str = "getParentStepGroup";

impl<'t> RunTree<'t> {
    /// Where `name` leads from `part`.
    pub fn step(&self, part: RunPart, name: &'t str) -> Next<'t> {
        match part {
            RunPart::Node(node) => self.below_node(node, name),
            RunPart::Spec(stage) => match name {
                "execution" => Next::Part(RunPart::Execution(stage)),
                "steps" | "rollbackSteps" if !self.is_v1() => Next::Deeper(&["execution"]),
                _ => self.towards_provisioner(stage, &["spec"], name),
            },
            RunPart::Execution(stage) => match name {
                "steps" => list(stage, SectionKind::Steps),
                "rollbackSteps" => list(stage, SectionKind::RollbackSteps),
                _ => Next::Member,
            },
            RunPart::Between(stage, keys) => self.towards_provisioner(stage, keys, name),
            RunPart::List(owner, kind) => Next::Listed(self.find(owner, kind, name)),
        }
    }

    /// Names of v1 leave out `spec` and `execution`. Those of v0 are followed all the same: nothing shows that they
    /// fail.
    fn is_v1(&self) -> bool {
        self.pipeline.version == YamlVersion::V1
    }

    fn below_node(&self, node: NodeId, name: &'t str) -> Next<'t> {
        let of_node = self.pipeline.node(node);
        if self.is_v1() {
            match (of_node.kind, name) {
                (NodeKind::Stage, "steps") => return list(node, SectionKind::Steps),
                (NodeKind::Stage, "rollback" | "rollbackSteps") => {
                    return list(node, SectionKind::RollbackSteps);
                }
                (NodeKind::Stage, "execution") => return Next::Part(RunPart::Execution(node)),
                (NodeKind::Pipeline | NodeKind::Stage, "inputs") => return Next::Variables,
                (NodeKind::StepGroup, "steps" | "variables" | PARENT_GROUP)
                | (NodeKind::Stage, "spec" | "variables")
                | (NodeKind::Pipeline, _) => {}
                _ if self.instance_suffix(node, name).is_some() => {}
                _ => return Next::Member,
            }
        }
        match (of_node.kind, name) {
            (NodeKind::Pipeline, "stages") => list(node, SectionKind::Stages),
            (NodeKind::Stage, "spec") => Next::Part(RunPart::Spec(node)),
            (NodeKind::StepGroup, "steps") => list(node, SectionKind::Steps),
            (NodeKind::Step, "steps") if is_hidden_group(self.pipeline, node) => {
                list(node, SectionKind::Steps)
            }
            (NodeKind::Step, "variables") if is_hidden_group(self.pipeline, node) => {
                Next::Variables
            }
            (NodeKind::StepGroup, "rollbackSteps") => list(node, SectionKind::RollbackSteps),
            (NodeKind::StepGroup | NodeKind::Step, PARENT_GROUP) => {
                Next::ParentGroup(self.group_around(node))
            }
            (NodeKind::Pipeline | NodeKind::Stage | NodeKind::StepGroup, "variables") => {
                Next::Variables
            }
            (NodeKind::Stage, "output") if of_node.is_chained() => Next::Outputs,
            _ if let Some(suffix) = self.instance_suffix(node, name) => Next::Instance(suffix),
            (NodeKind::Stage, "execution") => Next::Deeper(&["spec"]),
            (NodeKind::Stage, "steps" | "rollbackSteps") => Next::Deeper(&["spec", "execution"]),
            (NodeKind::StepGroup, _) if self.is_step_of(node, name) => Next::Deeper(&["steps"]),
            _ => Next::Member,
        }
    }

    fn group_around(&self, node: NodeId) -> ParentGroup {
        let Some(outer) = self.pipeline.node(node).parent else {
            return ParentGroup::NotKnown;
        };
        match self.pipeline.enclosing(outer, NodeKind::StepGroup) {
            Some(parent) => ParentGroup::Group(parent),
            None => ParentGroup::Nothing,
        }
    }

    /// What follows the identifier of a node that may loop in a name that stands below the node itself.
    fn instance_suffix<'n>(&self, node: NodeId, name: &'n str) -> Option<&'n str> {
        let suffix = self.behind_identifier(node, name)?;
        let names_instance = self.loops.looping(node) != Looping::No && suffix.starts_with('_');
        names_instance.then_some(suffix)
    }

    /// Whether a name can only mean a step or group that stands directly in a group.
    fn is_step_of(&self, group: NodeId, name: &str) -> bool {
        let found = || self.find(group, SectionKind::Steps, name);
        !is_field(name) && !is_outcome(name) && matches!(found(), Found::Node { .. })
    }

    /// From what stands behind these keys of a stage one step further to the steps of its provisioner.
    fn towards_provisioner(&self, stage: NodeId, keys: &[&str], name: &str) -> Next<'t> {
        let mut sections = self.pipeline.node(stage).sections.iter();
        let further = sections.find_map(|section| {
            let rest = section.path.strip_prefix(keys)?;
            (rest.first() == Some(&name)).then_some((section, rest.len()))
        });
        Next::Part(match further {
            None => return Next::Member,
            Some((section, 1)) => RunPart::List(stage, section.kind),
            Some((section, _)) => RunPart::Between(stage, &section.path[..=keys.len()]),
        })
    }
}

const fn list<'t>(owner: NodeId, kind: SectionKind) -> Next<'t> {
    Next::Part(RunPart::List(owner, kind))
}
