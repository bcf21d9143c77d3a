//! A position in a run: the state that everything read there shares.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use pipewright_engine::{Context, Mode};
use pipewright_jexl::value::UnknownClass;
use pipewright_jexl::{OpResult, Value};
use pipewright_model::{Moment, NodeId};
use pipewright_yaml as yaml;

use crate::contents::Contents;
use crate::given::Given;
use crate::notes::{NoteCause, Notes};
use crate::position::{Iterations, by_suffix, iterations_at};
use crate::run_engine::setting_value;
use crate::runtime_input::{Defaults, Filled, filled};
use crate::{AtError, Note, NullCause, Recorded, Records, RunPlace, UnknownCause};

/// The position and everything its objects share.
#[derive(Clone, Debug)]
pub(crate) struct PositionState {
    pub(crate) contents: Arc<Contents>,
    pub(crate) node: NodeId,
    pub(crate) moment: Moment,
    pub(crate) iterations: Arc<Iterations>,
    pub(crate) given: Arc<Given>,
    pub(crate) notes: Arc<Notes>,
    /// The stage that runs the pipeline, if that is known.
    pub(crate) parent: Option<Arc<Parent>>,
    /// How many settings are being resolved at their own node, each for the one before.
    pub(crate) nesting: u32,
    /// How many more settings may be resolved at their own node.
    pub(crate) budget: Arc<AtomicU32>,
    /// What runtime inputs without a given value are.
    pub(crate) defaults: Defaults,
    /// The records of the run that is followed, if one is.
    pub(crate) records: Option<Arc<dyn Records>>,
}

/// Who gave a child its inputs.
#[derive(Debug)]
pub(crate) struct Parent {
    pub(crate) state: Arc<PositionState>,
    pub(crate) stage: NodeId,
    pub(crate) inputs: Range<yaml::NodeId>,
}

/// How many settings may lead to each other from node to node. Deeper chains are unknown.
const MAX_NESTING: u32 = 6;

/// How many settings of other nodes one evaluation resolves at their own node. Settings that read settings can grow
/// exponentially.
pub(crate) const MAX_RESOLVED: u32 = 2_000;

/// The same names for an evaluation that another one needs: it takes from the same budget and adds to the same notes.
pub(crate) struct Nested<'s>(pub(crate) &'s Arc<PositionState>);

impl Context for Nested<'_> {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        Ok(self.0.root(name))
    }
}

impl PositionState {
    fn new(contents: &Arc<Contents>, node: NodeId, moment: Moment) -> Self {
        Self {
            contents: Arc::clone(contents),
            node,
            moment,
            iterations: Arc::default(),
            given: Arc::default(),
            notes: Arc::default(),
            parent: None,
            nesting: 0,
            budget: Arc::new(AtomicU32::new(MAX_RESOLVED)),
            defaults: contents.defaults,
            records: None,
        }
    }

    /// A place of a run at that moment.
    pub(crate) fn at(
        contents: &Arc<Contents>,
        place: &RunPlace,
        moment: Moment,
    ) -> Result<Self, AtError> {
        let mut state = Self::new(contents, place.node, moment);
        if state.contents.has_loop_expressions && !place.given.is_empty() {
            let mut given = place.given.clone();
            state.settle_given(&mut given);
            state.contents = state.contents.with_loops(&given);
        }
        state.iterations = Arc::new(iterations_at(&state.contents, place)?);
        let mut given = place.given.clone();
        state.settle_given(&mut given);
        state.given = Arc::new(given);
        state.records.clone_from(&place.records);
        Ok(state)
    }

    /// A node that has not started, with settled values.
    pub(crate) fn starting(
        contents: &Arc<Contents>,
        node: NodeId,
        given: &Arc<Given>,
    ) -> Arc<Self> {
        Arc::new(Self {
            given: Arc::clone(given),
            ..Self::new(contents, node, Moment::Starting)
        })
    }

    /// How far the node of a full name has come in the run that is followed; `None` where none is.
    pub(crate) fn recorded(&self, name: &str) -> Option<Recorded> {
        Some(self.records.as_ref()?.recorded(name))
    }

    /// What a scalar's text is once runtime inputs are taken care of.
    pub(crate) fn filled<'t>(&self, text: &'t str) -> Filled<'t> {
        match filled(text) {
            Filled::Text(inner) if inner != text && self.defaults == Defaults::Open => {
                Filled::MayDiffer
            }
            filled => filled,
        }
    }

    /// Null, and why.
    pub(crate) fn null(&self, name: &str, why: impl Into<NullCause>) -> Value {
        self.notes.add(name, NoteCause::Null(why.into()));
        Value::Null
    }

    /// A value that only a run can tell, and why.
    pub(crate) fn unknown(&self, name: &str, cause: UnknownCause) -> Value {
        Value::Unknown(self.notes.unknown(name, cause))
    }

    /// A string, never null, that only a run can tell, and why.
    pub(crate) fn unknown_string(&self, name: &str, cause: UnknownCause) -> Value {
        let unknown = self.notes.unknown(name, cause);
        Value::Unknown(unknown.of(UnknownClass::String))
    }

    /// The value of a text that another node's setting holds, resolved where it stands as the run has done before.
    pub(crate) fn resolved_at(self: &Arc<Self>, node: NodeId, name: &str, text: &str) -> Value {
        match self.value_at(node, self.nesting, text, Mode::Null) {
            None => self.unknown(name, UnknownCause::TooManySettings),
            Some(Ok(value)) => value,
            Some(Err(error)) => self.unknown(name, UnknownCause::CannotBeEvaluated(error)),
        }
    }

    /// The value of a text that stands among the values of the loop of `node`: it is resolved once, before the node
    /// starts.
    pub(crate) fn resolved_by_loop(
        self: &Arc<Self>,
        node: NodeId,
        name: &str,
        text: &str,
    ) -> Value {
        let Some(nesting) = self.spend(self.nesting) else {
            return self.unknown(name, UnknownCause::TooManySettings);
        };
        let before = Arc::new(Self {
            node,
            moment: Moment::Starting,
            nesting,
            ..(**self).clone()
        });
        match before.value_of(text, Mode::Null) {
            Ok(value) => value,
            Err(error) => self.unknown(name, UnknownCause::CannotBeEvaluated(error)),
        }
    }

    /// The value of a text at another node. `None` where settings lead to each other too often; `nesting` of them do so
    /// far.
    ///
    /// # Errors
    /// The message of the engine.
    pub(crate) fn value_at(
        self: &Arc<Self>,
        node: NodeId,
        nesting: u32,
        text: &str,
        mode: Mode,
    ) -> Option<Result<Value, String>> {
        let nesting = self.spend(nesting)?;
        let there = Arc::new(Self {
            node,
            moment: Moment::Running,
            nesting,
            ..(**self).clone()
        });
        Some(there.value_of(text, mode))
    }

    /// The same names as they are read below an instance of a node: in the iteration whose suffix a path writes behind
    /// its identifier.
    pub(crate) fn in_instance(self: &Arc<Self>, node: NodeId, suffix: &str) -> Arc<Self> {
        let chosen = self.iterations.get(&node);
        let is_chosen = chosen.is_some_and(|known| known.postfix.as_deref() == Some(suffix));
        match by_suffix(&self.contents, node, suffix) {
            Ok(iteration) if !is_chosen => {
                let mut iterations = (*self.iterations).clone();
                iterations.insert(node, iteration);
                Arc::new(Self {
                    iterations: Arc::new(iterations),
                    ..(**self).clone()
                })
            }
            _ => Arc::clone(self),
        }
    }

    /// Takes note that one more setting is resolved at its own node, `nesting` of them each for the one before, and
    /// returns how many these are now. `None` where that is too many.
    pub(crate) fn spend(&self, nesting: u32) -> Option<u32> {
        let one_less = |left: u32| left.checked_sub(1);
        let order = Ordering::Relaxed;
        let left = self.budget.fetch_update(order, order, one_less);
        (nesting < MAX_NESTING && left.is_ok()).then_some(nesting + 1)
    }

    /// The value of a text that is read here.
    ///
    /// # Errors
    /// The message of the engine.
    pub(crate) fn value_of(self: &Arc<Self>, text: &str, mode: Mode) -> Result<Value, String> {
        let context = Nested(self);
        let other;
        let engine = if mode == Mode::default() {
            &self.contents.engine
        } else {
            other = self.contents.engine.clone().mode(mode);
            &other
        };
        setting_value(engine, text, &context).map_err(|error| error.message)
    }

    /// What was found about names, see [`crate::PipelineContext::notes`].
    pub(crate) fn notes(&self) -> Vec<Note> {
        self.notes.all()
    }
}
