//! Positions: which node reads, when, and in which iteration of the loops around it.

mod axis_choice;
mod error;
mod iterations;
mod named_setting;
mod run_place;

use pipewright_model::NodeId;
use pipewright_resolve::Named;
use pipewright_source::closest;

pub(crate) use axis_choice::{Chosen, matrix_axes};
pub use error::AtError;
pub(crate) use iterations::{Iterations, by_suffix, iterations_at};
pub use run_place::RunPlace;

use named_setting::Below;

use crate::PreparedPipeline;

/// How many names are offered in place of an unknown one.
const MAX_NEAREST: usize = 3;

impl PreparedPipeline {
    /// The place of that fully qualified name: of a node, or of a setting or variable, which its node reads at the setting's moment.
    /// A looping node on the way may be named by an instance: `…steps.A_1`. The content of a template starts at `stage`,
    /// `stepGroup` or `step`.
    ///
    /// # Errors
    /// [`AtError::NoPlace`], [`AtError::InChild`]
    pub fn place(&self, name: &str) -> Result<RunPlace, AtError> {
        if let Some(node) = self.names().find(name) {
            return Ok(RunPlace::node(node));
        }
        let Some(named) = Named::find(self.pipeline(), &self.contents().loops, name) else {
            return Err(self.no_place(name, None));
        };
        let moment = if named.below.is_empty() {
            None
        } else {
            match self.setting_below(&named)? {
                Below::Setting(moment) => Some(moment),
                Below::Nothing(near) => return Err(self.no_place(name, near)),
            }
        };
        Ok(RunPlace {
            suffixes: named.instances,
            moment,
            ..RunPlace::node(named.node)
        })
    }

    /// The error for a name that nothing has; `near` is the setting that was probably meant.
    fn no_place(&self, name: &str, near: Option<String>) -> AtError {
        AtError::NoPlace {
            name: name.to_owned(),
            nearest: near.map_or_else(|| self.nearest(name), |near| vec![near]),
        }
    }

    /// Names of nodes that were probably meant by `name`: those with its last part, then a similar name.
    fn nearest(&self, name: &str) -> Vec<String> {
        let last = name.rsplit('.').next().unwrap_or(name);
        let nodes = || self.pipeline().ids();
        let identifier = |node: NodeId| self.contents().identifier(node);
        let named = |wanted: &str| -> Vec<String> {
            nodes()
                .filter(|node| identifier(*node) == Some(wanted))
                .map(|node| self.names().fqn(node))
                .take(MAX_NEAREST)
                .collect()
        };
        let same = named(last);
        if !same.is_empty() {
            return same;
        }
        closest(last, nodes().filter_map(identifier)).map_or_else(Vec::new, named)
    }
}
