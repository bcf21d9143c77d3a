//! Members of pipelines, stages, groups and steps, in the order the engine looks for them (`spec/engine.md` §3.4).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_model::catalogue::{self, Membership, RUN_TIME_FIELDS, is_outcome};
use pipewright_model::{Moment, NodeId, NodeKind, PathSegment, YamlVersion};
use pipewright_resolve::{Next, StartWord, is_fact_of_run, runs_as_group};

use super::instance_name::NAMES;
use super::loop_fields::LOOP_FIELDS;
use super::node_object::NodeObject;
use super::path::Path;
use super::settings::Setting;
use super::short_script::ShortScript;
use super::step_output::StepOutput;
use super::variables::Variables;
use crate::lazy_map::LazyMap as _;
use crate::{Nowhere, NullCause, Recorded, UnknownCause};

/// Settings that nodes have in a run besides those the catalogue lists for every node.
const SETTINGS: [&str; 6] = [
    "tags",
    "enforce",
    "skipCondition",
    "specConfig",
    "properties",
    "flowControl",
];

/// Settings whose text is a text whatever it looks like.
const TEXTS: [&str; 5] = ["identifier", "name", "type", "description", "timeout"];

impl NodeObject {
    /// The member `name` of a node, written behind the node's own name.
    pub(crate) fn node_member(&self, node: NodeId, name: &str) -> Value {
        if let Some(value) = self.known_member(node, name) {
            return value;
        }
        let is_skipped = |name: &str| self.state.recorded(name).is_some_and(Recorded::is_skipped);
        match self.next(name) {
            _ if is_skipped(&self.path.read) => {
                self.given_or(name, |path| self.state.null(&path.read, Nowhere::Skipped))
            }
            Next::Outputs => self.outputs(node),
            Next::Deeper(keys) => self.given_or(name, |path| self.deeper(keys, name, path)),
            _ if node == self.state.node
                && let Some(null) = self
                    .state
                    .null_before_stage(name, &self.path.member(name).read) =>
            {
                null
            }
            _ => self.given_or(name, |path| self.published(node, name, path)),
        }
    }

    /// The member `name` of a node, if every such node has one: parts of the pipeline, fields, settings, loop values.
    pub(crate) fn known_member(&self, node: NodeId, name: &str) -> Option<Value> {
        match self.next(name) {
            Next::Part(part) => return Some(self.part(part, name)),
            Next::ParentGroup(parent) => return Some(self.parent_group(parent, name)),
            Next::Variables if name == StartWord::Inputs.as_str() => {
                return Some(Variables::inputs(&self.state).into_value());
            }
            Next::Variables => {
                let variables = Variables::new(&self.state, node, self.path.member(name));
                return Some(variables.into_value());
            }
            _ => {}
        }
        if LOOP_FIELDS.contains(&name) {
            return Some(
                self.given_or(name, |_| self.state.loop_field(node, &self.path.read, name)),
            );
        }
        if is_setting(name) {
            return Some(self.setting(node, name));
        }
        let is_field = RUN_TIME_FIELDS
            .iter()
            .any(|field| field.path.split('.').next() == Some(name));
        if is_field {
            return Some(self.given_or(name, |path| self.run_time_field(node, name, path)));
        }
        None
    }

    fn setting(&self, node: NodeId, name: &str) -> Value {
        let contents = &self.state.contents;
        let of_node = contents.pipeline.node(node);
        let is_v1 = contents.pipeline.version == YamlVersion::V1;
        let key = match name {
            "specConfig" => "spec",
            "spec" if is_v1 => of_node.type_text(),
            "identifier" if is_v1 => "id",
            _ => name,
        };
        let Some(yaml) = contents.tree.find(of_node.yaml, key) else {
            return self.given_or(name, |path| {
                if is_v1 {
                    return self.state.unknown(&path.read, UnknownCause::FactOfRun);
                }
                if of_node.template.is_some() {
                    return self.state.unknown(&path.read, UnknownCause::InTemplate);
                }
                self.state.null(&path.read, NullCause::NotSet)
            });
        };
        let setting = Setting {
            state: Arc::clone(&self.state),
            node,
            yaml,
            path: self.path.member(name),
            is_text: TEXTS.contains(&name),
            is_closed: false,
        };
        let value = || {
            if NAMES.contains(&name) {
                setting.instance_name()
            } else if key == "run" && contents.tree.scalar(yaml).is_some() {
                ShortScript(setting).into_value()
            } else {
                setting.value()
            }
        };
        if self.availability == crate::availability::Availability::There {
            value()
        } else {
            self.given_or(name, |_| value())
        }
    }

    /// A member that only steps can have published.
    fn published(&self, node: NodeId, name: &str, path: &Path) -> Value {
        let state = &self.state;
        let contents = &state.contents;
        let of_node = contents.pipeline.node(node);
        match contents.kind(node) {
            NodeKind::Step if is_fact_of_run(NodeKind::Step, name) => {
                state.unknown(&path.read, UnknownCause::SetInRun)
            }
            NodeKind::Step
                if node == state.node && name == "output" && state.moment != Moment::Ended =>
            {
                state.null(&path.read, NullCause::StepIsRunning)
            }
            NodeKind::Step => {
                let step_type = of_node.type_name.as_ref();
                let known = step_type.and_then(|name| catalogue::step_type(&name.text));
                let offered = known.map_or(Membership::Open, |known| {
                    known.offers(&[PathSegment::Key(name.into())])
                });
                let step_type = step_type.map_or("", |name| &*name.text);
                // Such a step is a group in the run, with steps of the engine inside.
                let may_hold_it = is_outcome(name) || runs_as_group(step_type);
                if offered == Membership::Absent && !may_hold_it {
                    let why = NullCause::NotOfStepType {
                        step_type: step_type.to_owned(),
                        name: name.to_owned(),
                    };
                    return state.null(&path.read, why);
                }
                let publishes_itself = known.is_none_or(|known| {
                    let mut outputs = known.outputs();
                    outputs.any(|output| !output.at_stage && starts_with(output.path, name))
                });
                if publishes_itself && name == "output" {
                    return StepOutput::new(state, node, &path.read).into_value();
                }
                if publishes_itself {
                    return state.unknown(&path.read, UnknownCause::Output);
                }
                self.published_around(name, path, UnknownCause::Output)
            }
            NodeKind::Pipeline | NodeKind::Stage
                if contents.pipeline.version == YamlVersion::V1 =>
            {
                state.unknown(&path.read, UnknownCause::FactOfRun)
            }
            NodeKind::Pipeline if !Self::is_pipeline_fact(name) && !is_outcome(name) => {
                state.null(&path.read, NullCause::NotOfPipeline(name.to_owned()))
            }
            NodeKind::Pipeline => state.unknown(&path.read, UnknownCause::FactOfRun),
            NodeKind::Stage if of_node.is_chained() && matches!(name, "pipeline" | "stages") => {
                state.null(&path.read, Nowhere::InChild)
            }
            NodeKind::Stage if DEPENDANTS.contains(&name) => {
                if contents.has_dependants() {
                    return state.unknown(&path.read, UnknownCause::SetInRun);
                }
                Value::Boolean(name == DEPENDANTS[0])
            }
            kind @ (NodeKind::Stage | NodeKind::StepGroup) if is_fact_of_run(kind, name) => {
                state.unknown(&path.read, UnknownCause::SetInRun)
            }
            NodeKind::Stage | NodeKind::StepGroup => {
                self.published_around(name, path, UnknownCause::PerhapsPublished)
            }
        }
    }

    /// A name of something that stands deeper, behind these keys.
    pub(crate) fn deeper(&self, keys: &[&str], name: &str, path: &Path) -> Value {
        let right = format!("{}.{name}", keys.join("."));
        self.state
            .null(&path.read, NullCause::CalledOtherwise(right))
    }

    /// An outcome that steps may publish for the part of the pipeline or one around it.
    pub(crate) fn published_around(
        &self,
        name: &str,
        path: &Path,
        otherwise: UnknownCause,
    ) -> Value {
        self.state
            .given_outcome(&self.path, name)
            .unwrap_or_else(|| self.state.unknown(&path.read, otherwise))
    }

    /// Whether a run knows such a fact of a pipeline: `triggeredBy`, `sequenceId` and so on.
    fn is_pipeline_fact(name: &str) -> bool {
        catalogue::root("pipeline")
            .is_some_and(|root| root.members().any(|member| starts_with(member.path, name)))
    }
}

/// Whether all stages succeeded that a stage waits for, and whether any failed: true and false where none waits.
const DEPENDANTS: [&str; 2] = ["allDependantsSucceeded", "anyDependantFailed"];

/// Whether `name` is the first part of a path of the catalogue.
fn starts_with(path: &str, name: &str) -> bool {
    path.split(['.', '[']).next() == Some(name)
}

fn is_setting(name: &str) -> bool {
    SETTINGS.contains(&name)
        || RUN_TIME_FIELDS
            .iter()
            .any(|field| field.is_setting && field.path == name)
}
