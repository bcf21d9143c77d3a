//! Positions: which node reads, when, and in which iteration of the loops around it.

mod axis_choice;
mod error;
mod in_file;
mod iterations;
mod named_setting;
mod nearest;
mod run_place;

use pipewright_model::NodeId;
use pipewright_resolve::{Instance, Looping, Named, Suffix};

pub(crate) use axis_choice::{Chosen, matrix_axes};
pub use error::AtError;
pub(crate) use iterations::{Iterations, by_suffix, iterations_at};
pub use run_place::RunPlace;

use named_setting::Below;
pub use nearest::led_to_by;
use nearest::{MAX_NEAREST, meant_by};

use crate::PreparedPipeline;

impl PreparedPipeline {
    /// The place that goes by a name: the fully qualified one of a node, or of a setting or variable, which its node
    /// reads at the setting's moment; or an identifier that only one stage, group or step has. A looping node may be
    /// named by an instance (`…steps.A_1`, `A_1`), which chooses that iteration. The content of a template starts at
    /// `stage`, `stepGroup` or `step`.
    ///
    /// # Errors
    /// [`AtError::NoPlace`], [`AtError::Several`], [`AtError::InChild`]
    pub fn place(&self, name: &str) -> Result<RunPlace, AtError> {
        if let Some(node) = self.names().find(name) {
            return Ok(RunPlace::node(node));
        }
        let named = Named::find(self.pipeline(), &self.contents().loops, name);
        let Some(named) = named else {
            return self.by_identifier(name)?.ok_or_else(|| self.no_place(name));
        };
        let moment = if named.below.is_empty() {
            None
        } else {
            match self.setting_below(&named)? {
                Below::Setting(moment) => Some(moment),
                Below::Nothing(Some(near)) => {
                    return Err(AtError::NoPlace {
                        name: name.to_owned(),
                        nearest: vec![near],
                    });
                }
                Below::Nothing(None) => return Err(self.no_place(name)),
            }
        };
        Ok(RunPlace {
            suffixes: named.instances,
            moment,
            ..RunPlace::node(named.node)
        })
    }

    /// The fully qualified name of the node at a place, with the suffixes of the instances that the place names.
    pub fn name_of(&self, place: &RunPlace) -> String {
        self.names().instance(place.node, |node| {
            let named = place.suffixes.iter().find(|named| named.node == node);
            named.map(|named| &*named.suffix)
        })
    }

    /// The only node with an identifier, or the instance of one that loops.
    fn by_identifier(&self, name: &str) -> Result<Option<RunPlace>, AtError> {
        let contents = self.contents();
        let known = |node: NodeId| contents.identifier(node);
        let nodes = self.pipeline().ids();
        let bearers: Vec<NodeId> = nodes.filter(|node| known(*node) == Some(name)).collect();
        if !bearers.is_empty() {
            return self
                .only(name, &bearers)
                .map(|node| Some(RunPlace::node(node)));
        }
        let instance = |node: NodeId| -> Option<Instance> {
            let suffix = name.strip_prefix(known(node)?)?;
            let loops = contents.looping(node) != Looping::No && suffix.starts_with('_');
            let suffix = suffix.into();
            loops.then_some(Instance { node, suffix })
        };
        let instances: Vec<Instance> = self.pipeline().ids().filter_map(instance).collect();
        let is_there = |instance: &&Instance| {
            contents.loops.suffix(instance.node, &instance.suffix) != Suffix::NoIteration
        };
        let mut there: Vec<&Instance> = instances.iter().filter(is_there).collect();
        if there.is_empty() {
            // That no turn has the suffix says more than that nothing is called so.
            there.extend(&instances);
        }
        let bearers: Vec<NodeId> = there.iter().map(|instance| instance.node).collect();
        let Some(first) = there.first() else {
            return Ok(None);
        };
        let node = self.only(name, &bearers)?;
        Ok(Some(RunPlace {
            suffixes: vec![(*first).clone()],
            ..RunPlace::node(node)
        }))
    }

    /// The only one of some nodes that are called `name`, of which there is at least one.
    fn only(&self, name: &str, bearers: &[NodeId]) -> Result<NodeId, AtError> {
        match bearers {
            [only] => Ok(*only),
            several => Err(AtError::Several {
                name: name.to_owned(),
                total: several.len(),
                nearest: several
                    .iter()
                    .take(MAX_NEAREST)
                    .map(|node| self.names().fqn(*node))
                    .collect(),
            }),
        }
    }

    /// The error for a name that nothing has.
    fn no_place(&self, name: &str) -> AtError {
        let nodes: Vec<String> = self
            .pipeline()
            .ids()
            .map(|node| self.names().fqn(node))
            .collect();
        let mut nearest = self.below_identifier(name);
        if nearest.is_empty() {
            nearest = meant_by(name, &nodes);
        }
        for name in &mut nearest {
            self.cut_to_place(name);
        }
        nearest.dedup();
        AtError::NoPlace {
            name: name.to_owned(),
            nearest,
        }
    }

    /// The names in full of a path that begins with the identifier of a node.
    fn below_identifier(&self, name: &str) -> Vec<String> {
        let Some((first, rest)) = name.split_once('.') else {
            return Vec::new();
        };
        let contents = self.contents();
        let bearers = self.pipeline().ids();
        let bearers = bearers.filter(|node| contents.identifier(*node) == Some(first));
        let names = bearers.map(|node| format!("{}.{rest}", self.names().fqn(node)));
        names
            .filter(|full| full != name)
            .take(MAX_NEAREST)
            .collect()
    }

    /// Takes parts off the end of a name until it leads to a place. What leads nowhere is no help.
    fn cut_to_place(&self, name: &mut String) {
        while !self.is_place(name)
            && let Some(end) = name.rfind('.')
        {
            name.truncate(end);
        }
    }

    fn is_place(&self, name: &str) -> bool {
        self.names().find(name).is_some()
            || Named::find(self.pipeline(), &self.contents().loops, name).is_some_and(|named| {
                named.below.is_empty()
                    || matches!(self.setting_below(&named), Ok(Below::Setting(_)))
            })
    }
}
