//! Nodes by identifier, and the `spec` and `execution` they stand below.

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_model::catalogue::{is_generated_step, is_outcome};
use pipewright_model::{NodeId, NodeKind, SectionKind};
use pipewright_resolve::{Found, Looping, UnknownReason, identifiers};
use pipewright_source::closest;

use crate::availability::Availability;
use crate::lazy_map::LazyMap as _;
use crate::node_object::{NodeObject, Path, RunPart};
use crate::nowhere::Nowhere;
use crate::{NullCause, UnknownCause};

impl NodeObject {
    /// `spec` of a stage. Its own settings are not there in a run, only what steps published.
    pub(crate) fn spec_member(&self, stage: NodeId, name: &str) -> Value {
        if name == "execution" {
            return self.to(RunPart::Execution(stage), name);
        }
        if matches!(name, "steps" | "rollbackSteps") {
            return self.given_or(name, |path| {
                let right = format!("execution.{name}");
                self.state
                    .null(&path.read, NullCause::CalledOtherwise(right))
            });
        }
        self.stage_member(stage, &["spec"], name)
    }

    /// A member of what stands behind these keys of a stage: the way to the steps of its provisioner, or what only a run knows.
    pub(crate) fn stage_member(&self, stage: NodeId, keys: &[&str], name: &str) -> Value {
        let sections = &self.state.contents.pipeline.node(stage).sections;
        let further = sections.iter().find_map(|section| {
            let rest = section.path.strip_prefix(keys)?;
            (rest.first() == Some(&name)).then_some((section, rest.len()))
        });
        if let Some((section, rest)) = further {
            let part = match rest {
                1 => RunPart::List(stage, section.kind),
                _ => RunPart::Between(stage, &section.path[..=keys.len()]),
            };
            return self.to(part, name);
        }
        self.given_or(name, |path| {
            self.published_around(name, path, UnknownCause::StageSettings)
        })
    }

    /// `execution` of a stage.
    pub(crate) fn execution_member(&self, stage: NodeId, name: &str) -> Value {
        let kind = match name {
            "steps" => Some(SectionKind::Steps),
            "rollbackSteps" => Some(SectionKind::RollbackSteps),
            _ => None,
        };
        if let Some(kind) = kind {
            return self.list(stage, kind, name);
        }
        self.given_or(name, |path| {
            if is_outcome(name) {
                return self.published_around(name, path, UnknownCause::Published);
            }
            self.state.null(&path.read, NullCause::NotOfExecution)
        })
    }

    /// A list of a node.
    pub(crate) fn list(&self, owner: NodeId, kind: SectionKind, name: &str) -> Value {
        let templated = self.state.contents.pipeline.node(owner).template.is_some();
        if self.state.contents.lists.has(owner, kind) || templated {
            return self.to(RunPart::List(owner, kind), name);
        }
        self.given_or(name, |path| {
            if self.state.contents.pipeline.node(owner).is_dynamic() {
                return self.state.unknown(&path.read, UnknownCause::InDynamicStage);
            }
            if self.is_written(owner, kind, name) {
                return self.state.unknown(&path.read, UnknownCause::NoListYet);
            }
            self.state.null(&path.read, Nowhere::NoList)
        })
    }

    /// Whether something stands in the place of a node's list.
    fn is_written(&self, owner: NodeId, kind: SectionKind, name: &str) -> bool {
        let contents = &self.state.contents;
        let keys: &[&str] = match contents.kind(owner) {
            NodeKind::Stage if kind != SectionKind::Stages => &["spec", "execution"],
            _ => &[],
        };
        let body = contents.pipeline.node(owner).yaml;
        let around = keys
            .iter()
            .try_fold(body, |inner, key| contents.tree.find(inner, key));
        around.is_some_and(|around| contents.tree.find(around, name).is_some())
    }

    /// A node of a list.
    pub(crate) fn list_member(&self, owner: NodeId, kind: SectionKind, name: &str) -> Value {
        let contents = &self.state.contents;
        match contents.find(owner, kind, name) {
            Found::Node {
                node,
                suffixed: false,
            } if contents.looping(node) == Looping::Surely => {
                let path = self.path.member(name);
                match self.state.given_at(&path) {
                    Some(given) => given,
                    None => self
                        .state
                        .null(&path.read, contents.only_instances(node, name)),
                }
            }
            Found::Node {
                node,
                suffixed: false,
            } => self.child(node, self.path.member(name), false),
            Found::Node {
                node,
                suffixed: true,
            } => {
                let plain = contents.identifier(node).unwrap_or(name);
                self.child(node, self.path.instance(name, plain), true)
            }
            Found::NoInstance(node) => {
                let loops = contents.identifier(node).unwrap_or(name);
                self.given_or(name, |path| {
                    let iterations = contents
                        .loops
                        .iterations(node)
                        .map(|iterations| iterations.in_words(loops));
                    let why = NullCause::NoIteration {
                        node: loops.to_owned(),
                        has: iterations,
                    };
                    self.state.null(&path.read, why)
                })
            }
            Found::Several(nodes) => self.several(nodes, name),
            Found::Nothing(open) => {
                self.given_or(name, |path| self.nothing(owner, kind, name, path, open))
            }
        }
    }

    /// Nodes that share an identifier: of those that may have started the engine makes a list, the one created last first, unless it
    /// is only one.
    fn several(&self, nodes: &[NodeId], name: &str) -> Value {
        let child = |node: NodeId| self.child(node, self.path.member(name), false);
        let may_be_there =
            |node: &NodeId| !matches!(self.state.availability(*node), Availability::NotYet(_));
        let started: Vec<NodeId> = nodes.iter().copied().filter(may_be_there).collect();
        match (started.as_slice(), nodes) {
            ([only], _) | ([], [only, ..]) => child(*only),
            (started, _) => Value::list(started.iter().rev().map(|node| child(*node)).collect()),
        }
    }

    fn child(&self, node: NodeId, path: Path, is_instance: bool) -> Value {
        let state = &self.state;
        let availability = match state.availability(node) {
            Availability::There if is_instance && !state.is_this_iteration(node, &path) => {
                Availability::Perhaps(UnknownCause::OtherIteration)
            }
            availability => availability,
        };
        let nothing_given = state.given_at(&path).is_none();
        match availability {
            Availability::NotYet(why) if nothing_given => state.null(&path.read, why),
            Availability::Perhaps(cause) if nothing_given => state.unknown(&path.read, cause),
            availability => Self {
                state: Arc::clone(state),
                part: RunPart::Node(node),
                path,
                availability,
            }
            .into_value(),
        }
    }

    fn nothing(
        &self,
        owner: NodeId,
        kind: SectionKind,
        name: &str,
        path: &Path,
        open: Option<UnknownReason>,
    ) -> Value {
        let contents = &self.state.contents;
        if let Some(open) = open {
            return self
                .state
                .unknown(&path.read, UnknownCause::ListIsOpen(open));
        }
        if contents.tree.recovered() {
            return self
                .state
                .unknown(&path.read, UnknownCause::LinesUnreadable);
        }
        if is_outcome(name) {
            return self.published_around(name, path, UnknownCause::Published);
        }
        if kind != SectionKind::Stages && is_generated_step(name) {
            return self.state.unknown(&path.read, UnknownCause::ContainerStep);
        }
        let meant = closest(name, identifiers(&contents.pipeline, owner, kind));
        let why = Nowhere::NotInList {
            list: kind,
            name: name.to_owned(),
            meant: meant.map(ToString::to_string),
        };
        self.state.null(&path.read, why)
    }

    /// The group around a group.
    pub(crate) fn parent_group(&self, group: NodeId, name: &str) -> Value {
        let state = &self.state;
        let pipeline = &state.contents.pipeline;
        let outer = pipeline.node(group).parent;
        match outer.and_then(|outer| pipeline.enclosing(outer, NodeKind::StepGroup)) {
            Some(parent) => Self {
                state: Arc::clone(state),
                part: RunPart::Node(parent),
                path: self.path.around(),
                availability: self.availability.clone(),
            }
            .into_value(),
            None if outer.is_none() => self.given_or(name, |path| {
                state.unknown(&path.read, UnknownCause::AroundTemplate)
            }),
            None => self.given_or(name, |path| {
                state.null(&path.read, Nowhere::NoGroupAround(self.path.read.clone()))
            }),
        }
    }

    /// The parts of the pipeline that stand directly below a node.
    pub(crate) fn part_of_node(&self, node: NodeId, name: &str) -> Option<Value> {
        let kind = self.state.contents.kind(node);
        Some(match (kind, name) {
            (NodeKind::Pipeline, "stages") => self.list(node, SectionKind::Stages, name),
            (NodeKind::Stage, "spec") => self.to(RunPart::Spec(node), name),
            (NodeKind::StepGroup, "steps") => self.list(node, SectionKind::Steps, name),
            (NodeKind::StepGroup, "rollbackSteps") => {
                self.list(node, SectionKind::RollbackSteps, name)
            }
            _ => return None,
        })
    }
}
