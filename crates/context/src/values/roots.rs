//! First names: the views that the engine's prefixes ask for, and what stands behind none of them (`spec/engine.md`
//! §3.1).

use std::sync::Arc;

use pipewright_engine::{FUNCTORS, PIPELINE_ALIASES, PLATFORM_ROOTS};
use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_model::catalogue::{self, RootKind, is_outcome};
use pipewright_model::{NodeId, NodeKind, Pipeline, YamlVersion};
use pipewright_resolve::{
    Called, Looping, RunPart, StartWord, between, is_generated, nearest, part_around, reads_inside,
};

use super::exported::Exported;
use super::given_object::Others;
use super::node_object::NodeObject;
use super::overrides::Overrides;
use super::path::Path;
use super::variables::Variables;
use crate::availability::Availability;
use crate::given::Given;
use crate::lazy_map::LazyMap;
use crate::nowhere::Nowhere;
use crate::null_cause::NullCause;
use crate::platform::Platform;
use crate::state::PositionState;
use crate::unknown_cause::UnknownCause;

/// The views of the run's tree, by prefix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Search {
    /// `outcome` and `output`: what was published around the reader.
    Published,
    /// `child`: members of the reader.
    Child,
    /// `ancestor`: the reader and what is around it.
    Ancestor,
    /// `qualified`: the whole.
    Qualified,
    /// `strategy`: the loops around the reader.
    Strategy,
}

#[derive(Debug)]
struct Root {
    state: Arc<PositionState>,
    search: Search,
}

impl PositionState {
    /// The value of a name as the engine asks for it; `None` if it is not known here.
    pub(crate) fn root(self: &Arc<Self>, name: &str) -> Option<Value> {
        let search = match name {
            "outcome" | "output" => Some(Search::Published),
            "child" => Some(Search::Child),
            "ancestor" => Some(Search::Ancestor),
            "qualified" => Some(Search::Qualified),
            "strategy" => Some(Search::Strategy),
            _ => None,
        };
        if let Some(search) = search {
            let state = Arc::clone(self);
            return Some(Root { state, search }.into_value());
        }
        if name.contains('.') {
            return None;
        }
        if name == Exported::ROOT {
            return Some(Value::object(Exported(Arc::clone(self))));
        }
        if self.null_before_stage(name, name).is_some() {
            return None;
        }
        let given = self.given.find(name);
        if let Some(found) = given.filter(|found| !found.is_beside_functor(name)) {
            let others = if self.was_found_before(name) {
                Others::Missing
            } else {
                Others::Unknown
            };
            return Some(self.given_beside(name, found, others));
        }
        if self.contents.pipeline.version == YamlVersion::V1 && name == StartWord::Inputs.as_str() {
            return Some(Variables::inputs(self).into_value());
        }
        if name == Overrides::ROOT {
            return Some(Overrides(Arc::clone(self)).into_value());
        }
        self.behind_no_prefix(name)
    }

    fn behind_no_prefix(self: &Arc<Self>, name: &str) -> Option<Value> {
        let of_dependants = ["OnAllDependantsSuccess", "OnAnyDependantFailure"].contains(&name);
        if of_dependants && self.contents.has_dependants() {
            return Some(self.unknown(name, UnknownCause::SetInRun));
        }
        let of_engine = FUNCTORS.iter().any(|functor| functor.root == name)
            || PIPELINE_ALIASES.iter().any(|alias| alias.name == name);
        if of_engine {
            return None;
        }
        if let Some(root) = PLATFORM_ROOTS.iter().find(|root| root.name == name) {
            return Some(Platform::value(&self.notes, root));
        }
        let reader = self.contents.pipeline.node(self.node);
        if catalogue::local_roots(reader.type_text()).contains(&name) {
            return Some(self.unknown(name, UnknownCause::FilledByStep));
        }
        if let Some(root) = catalogue::root(name)
            && matches!(
                root.kind(),
                RootKind::Functor | RootKind::Methods | RootKind::Outcome
            )
        {
            return Some(self.unknown(name, UnknownCause::FilledInRun));
        }
        if self.was_found_before(name) {
            return None;
        }
        if self.contents.pipeline.version == YamlVersion::V1 {
            // No first name of v1 is surely unknown.
            return Some(self.unknown(name, UnknownCause::FilledInRun));
        }
        if !self.contents.is_whole() {
            return Some(self.unknown(name, UnknownCause::AroundTemplateContent));
        }
        let is_input =
            catalogue::root(name).is_some_and(|root| root.kind() == RootKind::Placeholder);
        if is_input {
            self.null(name, NullCause::RuntimeInput);
        } else {
            self.null(name, Nowhere::NoRoot);
        }
        None
    }

    /// Whether a prefix that is asked before the bare name knows it, so that what follows the name was missing.
    fn was_found_before(self: &Arc<Self>, name: &str) -> bool {
        let own = self.node_object(RunPart::Node(self.node), self.path_of(self.node));
        name == "pipeline" && self.contents.is_whole()
            || self.ancestor(name).is_some()
            || own.known_member(self.node, name).is_some()
    }

    /// The name of a node, with the suffixes of the iterations that were chosen.
    pub(crate) fn path_of(&self, node: NodeId) -> Path {
        let names = &self.contents.names;
        let suffix = |node| self.iterations.get(&node)?.postfix.as_deref();
        Path::new(names.instance(node, suffix), names.fqn(node))
    }

    /// Whether a path names the iteration that was chosen for a loop.
    pub(crate) fn is_this_iteration(&self, node: NodeId, path: &Path) -> bool {
        !self.contents.pipeline.is_around(node, self.node) || self.path_of(node) == *path
    }

    fn node_object(self: &Arc<Self>, part: RunPart, path: Path) -> NodeObject {
        NodeObject {
            state: Arc::clone(self),
            part,
            path,
            availability: Availability::There,
        }
    }

    /// The nearest part of the tree called `name`: the reader, or something around it.
    fn ancestor(self: &Arc<Self>, name: &str) -> Option<NodeObject> {
        let contents = &self.contents;
        let pipeline = &contents.pipeline;
        if let Some(StartWord::Nearest(kind)) = StartWord::of(name, pipeline.version) {
            let node = nearest(pipeline, self.node, kind, self.moment)?;
            return Some(self.node_object(RunPart::Node(node), self.path_of(node)));
        }
        let mut outward = pipeline.self_and_ancestors(self.node);
        let is_inside = reads_inside(pipeline, self.node, self.moment);
        let part = if is_inside && name == StartWord::Steps.as_str() {
            part_around(pipeline, self.node, name, self.moment)?
        } else {
            outward.find_map(|inner| {
                let called = self.is_called(inner, name).then_some(RunPart::Node(inner));
                called.or_else(|| between(pipeline, inner, name))
            })?
        };
        Some(self.node_object(part, self.path_of_part(part)))
    }

    /// The name of a part of the run, see [`Self::path_of`].
    fn path_of_part(&self, part: RunPart) -> Path {
        let keys = part.keys(&self.contents.pipeline).iter();
        keys.fold(self.path_of(part.node()), |path, key| path.member(key))
    }

    /// Whether a first name is a step that the engine makes inside the reader.
    fn is_generated(&self, name: &str) -> bool {
        is_generated(&self.contents.pipeline, self.node, name, self.moment)
    }

    /// Whether a node around the reader goes by `name` in the run.
    fn is_called(&self, node: NodeId, name: &str) -> bool {
        let contents = &self.contents;
        if contents.kind(node) == NodeKind::Pipeline {
            return name == "pipeline";
        }
        let iteration = self.iterations.get(&node);
        let chosen = || iteration?.postfix.as_deref();
        match contents.run_tree().called(node, name) {
            None => false,
            Some(Called::Bare) => contents.looping(node) != Looping::Surely,
            Some(Called::Suffixed(suffix)) => chosen().is_none_or(|chosen| chosen == suffix),
        }
    }

    /// Replaces aliases and relative first names of given values by what they mean here, so that every way to read them
    /// finds them.
    pub(crate) fn settle_given(&self, given: &mut Given) {
        if given.is_empty() {
            return;
        }
        let pipeline = &self.contents.pipeline;
        for alias in PIPELINE_ALIASES.iter().filter(|alias| alias.is_name()) {
            given.rename(alias.name, alias.target);
        }
        if pipeline.version == YamlVersion::V1 {
            let inputs = self
                .path_of(Pipeline::ROOT)
                .member(StartWord::Inputs.as_str());
            given.rename(StartWord::Inputs.as_str(), &inputs.read);
        }
        // Of values that are given by several of them, those by a later word hold.
        for word in [
            StartWord::Nearest(NodeKind::Stage),
            StartWord::Nearest(NodeKind::StepGroup),
            StartWord::Nearest(NodeKind::Step),
            StartWord::Steps,
            StartWord::Execution,
            StartWord::Stages,
        ] {
            let part = match word {
                StartWord::Nearest(kind) => {
                    let node = nearest(pipeline, self.node, kind, self.moment);
                    node.map(RunPart::Node)
                }
                word => part_around(pipeline, self.node, word.as_str(), self.moment),
            };
            if let Some(part) = part {
                given.rename(word.as_str(), &self.path_of_part(part).read);
            }
        }
    }
}

impl LazyMap for Root {
    fn member(&self, name: &str) -> Value {
        let state = &self.state;
        let nothing = Value::Null;
        match self.search {
            Search::Published if !is_outcome(name) => nothing,
            Search::Published if let Some(null) = state.null_before_stage(name, name) => null,
            Search::Published => match state.given.find(name) {
                Some(found) => state.given_value(name, found),
                None => state
                    .given_outcome(&state.path_of(state.node), name)
                    .unwrap_or_else(|| state.unknown(name, UnknownCause::Published)),
            },
            Search::Child => state
                .node_object(RunPart::Node(state.node), state.path_of(state.node))
                .known_member(state.node, name)
                .unwrap_or(nothing),
            Search::Ancestor if state.is_generated(name) => match state.given.find(name) {
                Some(found) => state.given_value(name, found),
                None => state.unknown(name, UnknownCause::ContainerStep),
            },
            Search::Ancestor => state.ancestor(name).map_or(nothing, NodeObject::into_value),
            Search::Qualified if name == "pipeline" && state.contents.is_whole() => {
                let path = state.path_of(Pipeline::ROOT);
                state
                    .node_object(RunPart::Node(Pipeline::ROOT), path)
                    .into_value()
            }
            Search::Qualified => nothing,
            Search::Strategy => {
                let full = format!("strategy.{name}");
                match state.given.find(&full) {
                    Some(found) => state.given_value(&full, found),
                    None => state.strategy(name),
                }
            }
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        Err(UnknownCause::WholeOfRun.of(match self.search {
            Search::Published => "outcome",
            Search::Child => "child",
            Search::Ancestor => "ancestor",
            Search::Qualified => "qualified",
            Search::Strategy => "strategy",
        }))
    }
}
