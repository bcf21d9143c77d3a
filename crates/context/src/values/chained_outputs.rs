//! Outputs of chained stages: evaluated in the pipeline that the stage runs, when that has run (`spec/model.md` §4).

use std::sync::Arc;

use pipewright_engine::Mode;
use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_model::{NodeId, Pipeline};
use pipewright_yaml as yaml;

use super::node_object::NodeObject;
use super::path::Path;
use crate::availability::Availability;
use crate::contents::Child;
use crate::lazy_map::LazyMap;
use crate::meant::meant;
use crate::state::{Parent, PositionState};
use crate::{Moment, Note, NullCause, RunPlace, UnknownCause};

/// The `output` of a chained stage.
#[derive(Debug)]
pub(crate) struct Outputs {
    state: Arc<PositionState>,
    stage: NodeId,
    path: Path,
    availability: Availability,
}

impl NodeObject {
    /// The `output` of a chained stage.
    pub(crate) fn outputs(&self, stage: NodeId) -> Value {
        let path = self.path.member("output");
        if self.state.is_given_whole(&path) {
            return self.given_or("output", |_| Value::Null);
        }
        if stage == self.state.node {
            return self.state.null(&path.read, NullCause::StageIsRunning);
        }
        Outputs {
            state: Arc::clone(&self.state),
            stage,
            path,
            availability: self.availability.clone(),
        }
        .into_value()
    }
}

impl LazyMap for Outputs {
    fn member(&self, name: &str) -> Value {
        let path = self.path.member(name);
        if let Some(given) = self.state.given_at(&path) {
            return given;
        }
        match &self.availability {
            Availability::There => {}
            Availability::NotYet(why) => return self.state.null(&path.read, why.clone()),
            Availability::Perhaps(cause) => return self.state.unknown(&path.read, cause.clone()),
        }
        let tree = &self.state.contents.tree;
        let named = |item: &&yaml::NodeId| {
            tree.find(**item, "name").and_then(|id| tree.text(id)) == Some(name)
        };
        let declared = self.declared().unwrap_or_default();
        let Some(item) = declared.iter().find(named) else {
            return self.undeclared(name, &path);
        };
        match tree.find(*item, "value").and_then(|id| tree.text(id)) {
            None => self.state.null(&path.read, NullCause::OutputWithoutValue),
            Some(text) if text.contains("<+") => self.evaluated(text, &path),
            Some(text) => Value::from(text),
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        Err(UnknownCause::WholeOfOutputs.of(&self.path.read))
    }
}

impl Outputs {
    /// The elements of the stage's list. `None` where the file does not tell.
    fn declared(&self) -> Option<&[yaml::NodeId]> {
        let contents = &self.state.contents;
        let tree = &contents.tree;
        let spec = tree.find(contents.pipeline.node(self.stage).yaml, "spec")?;
        match tree.find(spec, "outputs") {
            None if tree.is_mapping(spec) => Some(&[]),
            Some(list) if tree.is_sequence(list) => Some(tree.items(list)),
            _ => None,
        }
    }

    fn undeclared(&self, name: &str, path: &Path) -> Value {
        let tree = &self.state.contents.tree;
        let names = self.declared().and_then(|items| {
            let name = |item: &yaml::NodeId| tree.text(tree.find(*item, "name")?);
            let names: Option<Vec<&str>> = items.iter().map(name).collect();
            names.filter(|names| names.iter().all(|name| !name.contains("<+")))
        });
        let Some(names) = names.filter(|_| !tree.recovered()) else {
            return self
                .state
                .unknown(&path.read, UnknownCause::OutputsElsewhere);
        };
        let why = NullCause::OutputNotDeclared {
            name: name.to_owned(),
            meant: meant(name, names).map(str::to_owned),
        };
        self.state.null(&path.read, why)
    }

    /// What the text of an output comes to at the end of the child's run.
    fn evaluated(&self, text: &str, path: &Path) -> Value {
        let unknown = |cause| self.state.unknown(&path.read, cause);
        if self.may_be_skipped() {
            return unknown(UnknownCause::StageMayBeSkipped);
        }
        let (shown, pipeline) = (shown(text), self.child_name());
        let Some(child) = self.state.contents.children.get(&self.stage) else {
            return unknown(UnknownCause::ChildIsMissing {
                text: shown,
                pipeline,
                or_input_set: self.names_input_sets(),
            });
        };
        let Some(there) = self.state.in_child(self.stage, child) else {
            return unknown(UnknownCause::TooManySettings);
        };
        match there.value_of(text, Mode::Original) {
            Ok(Value::Unknown(of_child)) => unknown(UnknownCause::UnknownInChild {
                text: shown,
                pipeline,
                unknown: of_child,
            }),
            Ok(Value::String(left)) if left.to_str().contains("<+") => {
                let nulls = there.notes().into_iter().filter(Note::is_null);
                unknown(UnknownCause::NothingInChild {
                    text: shown,
                    pipeline,
                    because: nulls.last().map(|note| note.to_string()),
                })
            }
            Ok(value) => value,
            Err(error) => unknown(UnknownCause::FailsInChild {
                text: shown,
                pipeline,
                error,
            }),
        }
    }

    /// What the stage's `spec` has at a key.
    fn spec(&self, key: &str) -> Option<yaml::NodeId> {
        let contents = &self.state.contents;
        let stage = contents.pipeline.node(self.stage);
        let spec = contents.tree.find(stage.yaml, "spec")?;
        contents.tree.find(spec, key)
    }

    /// Whether the stage gives its inputs by input sets.
    fn names_input_sets(&self) -> bool {
        let key = "inputSetReferences";
        let tree = &self.state.contents.tree;
        let in_inputs = || tree.find(self.spec("inputs")?, key);
        self.spec(key).or_else(in_inputs).is_some()
    }

    /// Whether a condition decides about the stage.
    fn may_be_skipped(&self) -> bool {
        let stage = self.state.contents.pipeline.node(self.stage);
        let when = stage.when.as_ref();
        stage.when_is_open || when.is_some_and(|when| when.condition.is_some())
    }

    /// The pipeline that the stage runs, if it is named.
    fn child_name(&self) -> Option<String> {
        let named = self.state.contents.tree.text(self.spec("pipeline")?);
        named.map(shown)
    }
}

/// A text as a reason quotes it: on one line, cut where it is long.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 120;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

impl PositionState {
    /// What the child of a chained stage reads when it has run. `None` where settings lead to each other too often.
    fn in_child(self: &Arc<Self>, stage: NodeId, child: &Child) -> Option<Arc<Self>> {
        let nesting = self.spend(self.nesting)?;
        let end = RunPlace::node(Pipeline::ROOT);
        let mut there = Self::at(&child.contents, &end, Moment::Running).ok()?;
        there.nesting = nesting;
        there.defaults = self.defaults;
        there.budget = Arc::clone(&self.budget);
        there.parent = Some(Arc::new(Parent {
            state: Arc::clone(self),
            stage,
            inputs: child.inputs.clone(),
        }));
        Some(Arc::new(there))
    }

    /// The value of a text at `id` that a chained stage gives this pipeline, resolved there. `None` where it is the
    /// pipeline's own, or nothing is to be resolved.
    pub(crate) fn given_by_parent(&self, id: yaml::NodeId, name: &str) -> Option<Value> {
        let parent = self.parent.as_ref()?;
        let tree = &self.contents.tree;
        let id = tree.target(id);
        let text = tree.text(id).filter(|text| text.contains("<+"))?;
        if !parent.inputs.contains(&id) {
            return None;
        }
        let stage = parent.state.contents.names.fqn(parent.stage);
        let giving = &parent.state;
        Some(
            match giving.value_at(parent.stage, self.nesting, text, Mode::Original) {
                Some(Ok(Value::Unknown(unknown))) => self.unknown(
                    name,
                    UnknownCause::UnknownInParent {
                        stage,
                        text: shown(text),
                        unknown,
                    },
                ),
                Some(Ok(value)) => value,
                Some(Err(error)) => self.unknown(name, UnknownCause::CannotBeEvaluated(error)),
                None => self.unknown(name, UnknownCause::TooManySettings),
            },
        )
    }
}
