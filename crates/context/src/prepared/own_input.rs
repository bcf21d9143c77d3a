//! Texts that are runtime inputs themselves: they are filled in before anything in them is evaluated.

use pipewright_jexl::Value;
use pipewright_model::{PathSegment, Site};
use pipewright_syntax::parse_runtime_input;

use super::PreparedPipeline;
use crate::UnknownCause;
use crate::runtime_input::{Filled, filled};

impl PreparedPipeline {
    /// What the text of a site of the pipeline is in every run, if it is a runtime input: unknown, and why. `None`
    /// where it is none, or a value that was filled in.
    pub fn own_input(&self, site: &Site) -> Option<Value> {
        let text = self.0.tree.text(site.yaml)?;
        if parse_runtime_input(text)?.value.is_some() {
            return None;
        }
        let cause = match filled(text) {
            Filled::Text(_) | Filled::MayDiffer => UnknownCause::RuntimeInputWithDefault,
            Filled::Open => UnknownCause::RuntimeInput,
            Filled::DuringRun => UnknownCause::AskedDuringRun,
        };
        Some(Value::Unknown(cause.of(&self.site_name(site))))
    }

    /// The full name of a site: that of a variable whose value it is, or of its node with the keys down to it.
    fn site_name(&self, site: &Site) -> String {
        let node = self.names().fqn(site.node);
        let mut variables = self.0.pipeline.node(site.node).variables.iter();
        if let Some(variable) = variables.find(|variable| variable.value == Some(site.yaml)) {
            return format!("{node}.variables.{}", variable.name.text);
        }
        site.path.iter().fold(node, |name, segment| match segment {
            PathSegment::Key(key) => format!("{name}.{key}"),
            PathSegment::Index(at) => format!("{name}[{at}]"),
        })
    }
}
