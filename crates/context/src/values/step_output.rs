//! The output of a step: a run has what the step declares, and what it does not declare is null.

use std::sync::Arc;

use pipewright_jexl::value::Unknown;
use pipewright_jexl::{Failure, OpResult, Value};
use pipewright_model::NodeId;
use pipewright_resolve::outputs_without;

use crate::lazy_map::LazyMap;
use crate::meant::meant;
use crate::state::PositionState;
use crate::{NullCause, UnknownCause};

/// `output` of a step, or the variables in it.
#[derive(Debug)]
pub(crate) struct StepOutput {
    state: Arc<PositionState>,
    node: NodeId,
    /// The name in full.
    name: String,
    /// Whether it is the object of the variables.
    is_variables: bool,
}

/// The member of an output that holds the variables.
const VARIABLES: &str = "outputVariables";

impl StepOutput {
    /// The output of the step at `node`, which goes by `name`.
    pub(crate) fn new(state: &Arc<PositionState>, node: NodeId, name: &str) -> Self {
        Self {
            state: Arc::clone(state),
            node,
            name: name.to_owned(),
            is_variables: false,
        }
    }

    fn unknown(&self) -> Unknown {
        UnknownCause::Output.of(&self.name)
    }
}

impl LazyMap for StepOutput {
    fn member(&self, name: &str) -> Value {
        let state = &self.state;
        let full = format!("{}.{name}", self.name);
        if !self.is_variables && name == VARIABLES {
            return Self {
                state: Arc::clone(state),
                name: full,
                is_variables: true,
                ..*self
            }
            .into_value();
        }
        let contents = &state.contents;
        let declared = || outputs_without(&contents.tree, &contents.pipeline, self.node, name);
        match self.is_variables.then(declared).flatten() {
            Some(declared) => {
                let near = meant(name, declared).map(|near| format!("{}.{near}", self.name));
                let why = NullCause::NoMember {
                    around: self.name.clone(),
                    name: name.to_owned(),
                    meant: near,
                };
                state.null(&full, why)
            }
            None => state.unknown(&full, UnknownCause::Output),
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        Err(self.unknown())
    }

    fn plain(&self) -> OpResult<Option<Value>> {
        match self.state.unknown(&self.name, UnknownCause::Output) {
            Value::Unknown(unknown) => Err(Failure::Unknown(unknown)),
            other => Ok(Some(other)),
        }
    }
}
