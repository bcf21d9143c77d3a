//! Nodes by identifier, and the `spec` and `execution` they stand below.

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_model::catalogue::{is_generated_step, is_outcome};
use pipewright_model::{NodeId, NodeKind, SectionKind};
use pipewright_resolve::{
    Found, Looping, ParentGroup, RunPart, UnknownReason, identifiers, is_hidden_group,
};

use super::node_object::NodeObject;
use super::path::Path;
use crate::availability::Availability;
use crate::lazy_map::LazyMap as _;
use crate::meant::meant;
use crate::nowhere::Nowhere;
use crate::{NullCause, UnknownCause};

impl NodeObject {
    /// Another part of the run, reached from this one.
    pub(crate) fn part(&self, part: RunPart, name: &str) -> Value {
        match part {
            RunPart::List(owner, kind) => self.list(owner, kind, name),
            part => self.to(part, name),
        }
    }

    /// A member of the `spec` of a stage or of what stands in it. Its own settings are not there in a run, only what
    /// steps published.
    pub(crate) fn stage_setting(&self, name: &str) -> Value {
        if self.part.node() == self.state.node && self.state.is_stage_before_start() {
            return self.state.not_yet_published(&self.path.member(name).read);
        }
        self.given_or(name, |path| {
            self.published_around(name, path, UnknownCause::StageSettings)
        })
    }

    /// A member of the `execution` of a stage that is no list.
    pub(crate) fn execution_member(&self, name: &str) -> Value {
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
        let hidden = is_hidden_group(&self.state.contents.pipeline, owner);
        if self.state.contents.lists.has(owner, kind) || templated || hidden {
            return self.to(RunPart::List(owner, kind), name);
        }
        self.given_or(name, |path| {
            if self.state.contents.pipeline.node(owner).is_dynamic() {
                return self.state.unknown(&path.read, UnknownCause::InDynamicStage);
            }
            if self.is_written(owner, kind, name) {
                return self.state.unknown(&path.read, UnknownCause::NoListYet);
            }
            let is_chained = self.state.contents.pipeline.node(owner).is_chained();
            let why = if is_chained {
                Nowhere::InChild
            } else {
                Nowhere::NoList
            };
            self.state.null(&path.read, why)
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

    /// What a list finds by the name.
    pub(crate) fn listed(
        &self,
        owner: NodeId,
        kind: SectionKind,
        found: Found<'_>,
        name: &str,
    ) -> Value {
        let contents = &self.state.contents;
        match found {
            Found::Node {
                node,
                suffixed: false,
            } if contents.looping(node) == Looping::Surely && self.state.records.is_none() => {
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
            } => self.child(node, self.path.member(name), None),
            Found::Node {
                node,
                suffixed: true,
            } => {
                let plain = contents.identifier(node).unwrap_or(name);
                let suffix = name.strip_prefix(plain);
                self.child(node, self.path.instance(name, plain), suffix)
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

    /// Nodes that share an identifier: of those that may have started the engine makes a list, the one created last
    /// first, unless it is only one.
    fn several(&self, nodes: &[NodeId], name: &str) -> Value {
        let child = |node: NodeId| self.child(node, self.path.member(name), None);
        let may_be_there =
            |node: &NodeId| !matches!(self.state.availability(*node), Availability::NotYet(_));
        let started: Vec<NodeId> = nodes.iter().copied().filter(may_be_there).collect();
        match (started.as_slice(), nodes) {
            ([only], _) | ([], [only, ..]) => child(*only),
            (started, _) => Value::list(started.iter().rev().map(|node| child(*node)).collect()),
        }
    }

    /// A node of a list; of an instance with the `suffix` of its iteration.
    fn child(&self, node: NodeId, path: Path, suffix: Option<&str>) -> Value {
        let state = &self.state;
        let availability = match state.availability_at(node, &path) {
            Availability::There
                if state.records.is_none()
                    && suffix.is_some()
                    && !state.is_this_iteration(node, &path) =>
            {
                Availability::Perhaps(UnknownCause::OtherIteration)
            }
            availability => availability,
        };
        let nothing_given = state.given_at(&path).is_none();
        match availability {
            Availability::NotYet(why) if nothing_given => state.null(&path.read, why),
            Availability::Perhaps(cause) if nothing_given => state.unknown(&path.read, cause),
            availability => Self {
                state: match suffix {
                    Some(suffix) if availability == Availability::There => {
                        state.in_instance(node, suffix)
                    }
                    _ => Arc::clone(state),
                },
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
        let in_hidden_group = is_hidden_group(&contents.pipeline, owner);
        if in_hidden_group && !self.is_beside(owner, name) {
            return self.state.unknown(&path.read, UnknownCause::ContainerStep);
        }
        if let Some(open) = open.filter(|_| !in_hidden_group) {
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
        let meant = meant(name, identifiers(&contents.pipeline, owner, kind));
        let why = Nowhere::NotInList {
            list: kind,
            name: name.to_owned(),
            meant: meant.map(ToString::to_string),
        };
        self.state.null(&path.read, why)
    }

    /// Whether a name is the identifier of another step or group in the stage of a step.
    fn is_beside(&self, step: NodeId, name: &str) -> bool {
        let contents = &self.state.contents;
        let stage = |node| contents.pipeline.enclosing(node, NodeKind::Stage);
        let mut nodes = contents.pipeline.ids();
        nodes.any(|node| {
            node != step && contents.identifier(node) == Some(name) && stage(node) == stage(step)
        }) && contents.identifier(step) != Some(name)
            && !is_generated_step(name)
    }

    /// What a group has as the group around it.
    pub(crate) fn parent_group(&self, parent: ParentGroup, name: &str) -> Value {
        let state = &self.state;
        match parent {
            ParentGroup::Group(parent) => Self {
                state: Arc::clone(state),
                part: RunPart::Node(parent),
                path: self.path.around(),
                availability: self.availability.clone(),
            }
            .into_value(),
            ParentGroup::NotKnown => self.given_or(name, |path| {
                state.unknown(&path.read, UnknownCause::AroundTemplate)
            }),
            ParentGroup::Nothing => self.given_or(name, |path| {
                state.null(&path.read, Nowhere::NoGroupAround(self.path.read.clone()))
            }),
        }
    }
}
