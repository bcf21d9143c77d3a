//! Positions: which node reads, when, and in which iteration of the loops around it.

use pipewright_model::NodeId;
use pipewright_resolve::{Instance, Named};
use pipewright_source::closest;

use crate::given::Given;
use crate::named_setting::Below;
use crate::{Moment, PreparedPipeline};

/// Where an expression is read, and what is known about the run.
#[derive(Clone, Debug)]
pub struct RunPlace {
    pub(crate) node: NodeId,
    /// The suffixes written behind identifiers of looping nodes.
    pub(crate) suffixes: Vec<Instance>,
    /// When it reads, where the place tells: a setting's is read at its own moment. A node by itself may read at any.
    pub moment: Option<Moment>,
    /// The 0-based iteration of the innermost loop around the node.
    pub iteration: Option<u32>,
    /// Values of matrix axes by name, for any loop around the node.
    pub matrix: Vec<(String, String)>,
    /// Supplied values.
    pub given: Given,
}

/// Why there is no such position.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AtError {
    /// Neither a node nor a setting has that name.
    #[error("no stage, step group, step or setting is called `{name}`")]
    NoPlace {
        /// The name.
        name: String,
        /// Names that were probably meant.
        nearest: Vec<String>,
    },
    /// The name is that of an output of a chained stage.
    #[error("`{0}` is read in the pipeline that the stage runs: evaluate it there")]
    InChild(String),
    /// An iteration was asked for where nothing loops.
    #[error("nothing around `{0}` loops, so it has no turns to choose from")]
    NoLoop(String),
    /// The loop has fewer iterations.
    #[error("`{name}` has {total} turns, numbered from 0: there is no turn {asked}")]
    NoIteration {
        /// The name of the looping node.
        name: String,
        /// The iteration that was asked for.
        asked: u32,
        /// How many there are.
        total: u32,
    },
    /// No matrix around the node has that axis.
    #[error("no matrix around `{at}` has an axis `{axis}`")]
    NoAxis {
        /// The name of the position.
        at: String,
        /// The axis.
        axis: String,
    },
    /// The matrix has no combination of these values.
    #[error("the matrix of `{0}` has no combination of the chosen values")]
    NoCombination(String),
    /// A suffix behind an identifier is none that the loop gives.
    #[error("`{suffix}` is no suffix of an instance of `{name}`{}", has(iterations.as_deref()))]
    NoInstance {
        /// The name of the looping node.
        name: String,
        /// The suffix.
        suffix: String,
        /// How many iterations there are and what the instances are called, where that is known.
        iterations: Option<String>,
    },
}

fn has(iterations: Option<&str>) -> String {
    iterations.map_or_else(String::new, |iterations| {
        format!(", which has {iterations}")
    })
}

/// How many names are offered in place of an unknown one.
const MAX_NEAREST: usize = 3;

impl RunPlace {
    /// A node, in no particular iteration.
    pub fn node(node: NodeId) -> Self {
        Self {
            node,
            suffixes: Vec::new(),
            moment: None,
            iteration: None,
            matrix: Vec::new(),
            given: Given::default(),
        }
    }
}

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
