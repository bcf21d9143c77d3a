//! Which nodes run more than once, in which iterations, and what their instances are called (`spec/model.md` §3.5).

mod combinations;
mod iterations;
mod labels;
mod values;

use pipewright_model::{Node, NodeId, NodeKind, Pipeline, StrategyKind};
use pipewright_yaml::{self as yaml, Tree};

pub use iterations::{Iteration, Iterations, Suffix};
pub use values::{LoopItem, LoopItems, LoopValue, LoopValues};

use combinations::Budget;

/// What may be written behind an identifier to name the instance of the same iteration.
pub const POSTFIX: &str = "<+strategy.identifierPostFix>";

/// An identifier without the postfix that may be written behind it for the loop.
pub(crate) fn plain(identifier: &str) -> &str {
    identifier.strip_suffix(POSTFIX).unwrap_or(identifier)
}

/// Whether a node runs in instances with suffixed identifiers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Looping {
    /// It runs once, under its own identifier.
    No,
    /// It may: its strategy is a runtime input, stands in a template or has no iterations, or it may have several
    /// services or environments.
    Perhaps,
    /// It has a strategy.
    Surely,
}

/// The loops of one pipeline.
#[derive(Clone, Debug, Default)]
pub struct Loops {
    all: Vec<Loop>,
    values: LoopValues,
}

#[derive(Clone, Debug)]
struct Loop {
    looping: Looping,
    iterations: Option<Iterations>,
}

impl Loops {
    /// Reads the loops off `pipeline`, which was read from `tree`. Iterations are counted out in the order of the file
    /// as long as there are not too many: 4,096 of one loop, 262,144 values in all. Where there are more, they count as
    /// open.
    pub fn new(tree: &Tree, pipeline: &Pipeline) -> Self {
        Self::with_values(tree, pipeline, LoopValues::default())
    }

    /// [`Self::new`] where the expressions of loops come to these values.
    pub fn with_values(tree: &Tree, pipeline: &Pipeline, values: LoopValues) -> Self {
        let mut budget = Budget::new();
        let nodes = pipeline.nodes.iter();
        let all = nodes.map(|node| Loop::new(tree, &values, node, &mut budget));
        Self {
            all: all.collect(),
            values,
        }
    }

    /// What the expressions of loops come to.
    pub fn values(&self) -> &LoopValues {
        &self.values
    }

    /// Whether a node runs in instances.
    pub fn looping(&self, node: NodeId) -> Looping {
        self.get(node).map_or(Looping::No, |known| known.looping)
    }

    /// The iterations of a node's loop; `None` where nothing loops or only a run can count them.
    pub fn iterations(&self, node: NodeId) -> Option<&Iterations> {
        self.get(node)?.iterations.as_ref()
    }

    /// What a text behind the identifier of a node is: of a node that does not loop, nothing; of one whose iterations
    /// are not known, perhaps a suffix.
    pub fn suffix(&self, node: NodeId, suffix: &str) -> Suffix {
        if self.looping(node) == Looping::No || !suffix.starts_with('_') {
            return Suffix::NoIteration;
        }
        match self.iterations(node) {
            Some(iterations) => iterations.find(suffix),
            None => Suffix::Open,
        }
    }

    fn get(&self, node: NodeId) -> Option<&Loop> {
        self.all.get(node.0 as usize)
    }
}

impl Loop {
    fn new(tree: &Tree, values: &LoopValues, node: &Node, budget: &mut Budget) -> Self {
        let iterations = Iterations::of(tree, values, node, budget);
        let looping = match looping(tree, node) {
            // Without iterations there is no suffix.
            Looping::Surely
                if iterations
                    .as_ref()
                    .is_some_and(|iterations| iterations.all().is_empty()) =>
            {
                Looping::Perhaps
            }
            looping => looping,
        };
        // The template may bring a loop of its own.
        let iterations = match &node.template {
            Some(_) => iterations.map(Iterations::opened),
            None => iterations,
        };
        Self {
            looping,
            iterations,
        }
    }
}

/// Whether `node`, which was read from `tree`, has something that makes it loop.
fn looping(tree: &Tree, node: &Node) -> Looping {
    if let Some(strategy) = &node.strategy {
        return match strategy.kind {
            StrategyKind::Unknown => Looping::Perhaps,
            _ if node.template.is_some() => Looping::Perhaps,
            _ => Looping::Surely,
        };
    }
    let written_behind = node
        .identifier
        .as_ref()
        .is_some_and(|identifier| identifier.text.ends_with(POSTFIX));
    let is_open = node.template.is_some() || has_given_values(tree, node);
    if written_behind || is_open || may_deploy_many(tree, node) {
        Looping::Perhaps
    } else {
        Looping::No
    }
}

/// Whether a node of v1 has a `context`: a converter that writes the turns of a loop out leaves the values of each
/// there, axes and inputs, and no documentation says what else it may hold.
pub(crate) fn has_given_values(tree: &Tree, node: &Node) -> bool {
    tree.find(node.yaml, "context").is_some()
}

/// Whether a stage may have several services, environments or infrastructures, each of which becomes an instance of the
/// stage.
fn may_deploy_many(tree: &Tree, node: &Node) -> bool {
    if node.kind != NodeKind::Stage {
        return false;
    }
    let Some(spec) = tree.find(node.yaml, "spec") else {
        return false;
    };
    let several = ["services", "environments", "environmentGroup"]
        .iter()
        .any(|key| tree.find(spec, key).is_some());
    let open = ["service", "environment"]
        .iter()
        .filter_map(|key| tree.find(spec, key))
        .any(|value| is_expression(tree, value));
    let infrastructures = tree
        .find(spec, "environment")
        .and_then(|environment| tree.find(environment, "infrastructureDefinitions"));
    let several_infrastructures =
        infrastructures.is_some_and(|list| tree.items(list).len() > 1 || is_expression(tree, list));
    several || open || several_infrastructures || tree.text(spec).is_some()
}

fn is_expression(tree: &Tree, value: yaml::NodeId) -> bool {
    tree.text(value).is_some_and(|text| text.contains("<+"))
}
