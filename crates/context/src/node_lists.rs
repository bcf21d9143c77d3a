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

/// What is said of the content of dynamic stages.
const MADE_IN_THE_RUN: &str = "it stands in a dynamic stage, whose content is made in the run";

impl NodeObject {
    /// `spec` of a stage. Its own settings are not there in a run, only what steps published.
    pub(crate) fn spec_member(&self, stage: NodeId, name: &str) -> Value {
        if name == "execution" {
            return self.to(RunPart::Execution(stage), name);
        }
        if matches!(name, "steps" | "rollbackSteps") {
            return self.given_or(name, |path| {
                let reason = format!("from there it is called `execution.{name}`");
                self.state.null(&path.read, reason)
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
            self.published_around(
                name,
                path,
                "a run keeps the settings of a stage elsewhere, and fills this place with what its steps publish",
            )
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
                return self.published_around(name, path, "steps publish it during the run");
            }
            self.state
                .null(&path.read, "an execution has no such member")
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
                return self.state.unknown(&path.read, MADE_IN_THE_RUN);
            }
            if self.is_written(owner, kind, name) {
                let reason = "what is written there is no list yet";
                return self.state.unknown(&path.read, reason);
            }
            self.state.nowhere(&path.read, Nowhere::NoList)
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
                    let has = iterations.unwrap_or_else(|| "other turns".to_owned());
                    self.state.null(&path.read, format!("`{loops}` has {has}"))
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
                Availability::Perhaps("another turn of the loop may not have come so far".into())
            }
            availability => availability,
        };
        let nothing_given = state.given_at(&path).is_none();
        match availability {
            Availability::NotYet(why) if nothing_given => state.nowhere(&path.read, why),
            Availability::Perhaps(reason) if nothing_given => state.unknown(&path.read, reason),
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
            return self.state.unknown(&path.read, why_open(open));
        }
        if contents.tree.recovered() {
            return self
                .state
                .unknown(&path.read, "lines of the file could not be read");
        }
        if is_outcome(name) {
            return self.published_around(name, path, "steps publish it during the run");
        }
        if kind != SectionKind::Stages && is_generated_step(name) {
            return self.state.unknown(
                &path.read,
                "the engine adds it where something runs in containers",
            );
        }
        let meant = closest(name, identifiers(&contents.pipeline, owner, kind));
        let why = Nowhere::NotInList {
            list: kind,
            name: name.to_owned(),
            meant: meant.map(ToString::to_string),
        };
        self.state.nowhere(&path.read, why)
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
                state.unknown(&path.read, "what stands around the template is not known")
            }),
            None => self.given_or(name, |path| {
                state.nowhere(&path.read, Nowhere::NoGroupAround(self.path.read.clone()))
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

/// Why a list may hold more nodes than are known.
const fn why_open(reason: UnknownReason) -> &'static str {
    match reason {
        UnknownReason::Template => "it would stand in a template that is not at hand",
        UnknownReason::Insert => "the list has an `insert` placeholder",
        UnknownReason::Dynamic => "an identifier in the list is an expression",
        UnknownReason::Open => "a dynamic stage in the list adds what it is given in the run",
        _ => "a part of the list could not be read",
    }
}
