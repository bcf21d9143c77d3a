//! `serviceVariableOverrides`: variables of the groups around a step in place of those of the service (`spec/engine.md` §5.1).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_model::NodeKind;

use crate::members::{Members, not_whole};
use crate::reader::Reader;
use crate::variables::Variables;

/// The root as a reader sees it.
#[derive(Debug)]
pub(crate) struct Overrides(pub(crate) Arc<Reader>);

impl Overrides {
    /// Its name.
    pub(crate) const ROOT: &str = "serviceVariableOverrides";
}

impl Members for Overrides {
    fn member(&self, name: &str) -> Value {
        let reader = &self.0;
        let pipeline = &reader.contents.pipeline;
        let overriding = pipeline.self_and_ancestors(reader.node).find(|outer| {
            let outer = pipeline.node(*outer);
            let mut declared = outer.variables.iter();
            outer.kind == NodeKind::StepGroup
                && declared.any(|variable| &*variable.name.text == name)
        });
        if let Some(group) = overriding {
            let path = reader.path_of(group).member("variables");
            return Variables::new(reader, group, path).member(name);
        }
        let of_service = format!("serviceVariables.{name}");
        match reader.given.find(&of_service) {
            Some(found) => reader.given_value(&of_service, found),
            None => reader.unknown(&of_service, "service variables are resolved in a run"),
        }
    }

    fn whole(&self) -> Result<Value, String> {
        Err(not_whole(Self::ROOT))
    }
}
