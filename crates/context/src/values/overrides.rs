//! `serviceVariableOverrides`: variables of the groups around a step in place of those of the service (`spec/engine.md`
//! §5.1).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_model::NodeKind;

use super::variables::Variables;
use crate::lazy_map::LazyMap;
use crate::state::PositionState;
use crate::unknown_cause::UnknownCause;

/// The root as a reader sees it.
#[derive(Debug)]
pub(crate) struct Overrides(pub(crate) Arc<PositionState>);

impl Overrides {
    /// Its name.
    pub(crate) const ROOT: &str = "serviceVariableOverrides";
}

impl LazyMap for Overrides {
    fn member(&self, name: &str) -> Value {
        let state = &self.0;
        let pipeline = &state.contents.pipeline;
        let overriding = pipeline.self_and_ancestors(state.node).find(|outer| {
            let outer = pipeline.node(*outer);
            let mut declared = outer.variables.iter();
            outer.kind == NodeKind::StepGroup
                && declared.any(|variable| &*variable.name.text == name)
        });
        if let Some(group) = overriding {
            let path = state.path_of(group).member("variables");
            return Variables::new(state, group, path).member(name);
        }
        let of_service = format!("serviceVariables.{name}");
        if let Some(null) = state.null_before_stage("serviceVariables", &of_service) {
            return null;
        }
        match state.given.find(&of_service) {
            Some(found) => state.given_value(&of_service, found),
            None => state.unknown(&of_service, UnknownCause::OfService),
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        Err(UnknownCause::WholeOfRun.of(Self::ROOT))
    }
}
