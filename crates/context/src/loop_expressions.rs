//! The expressions in loops, whose values say how often something runs.

use pipewright_model::{NodeId, Pipeline, StrategyKind};
use pipewright_yaml::{self as yaml, Tree};

/// An expression in a loop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LoopExpression {
    pub(crate) node: NodeId,
    pub(crate) yaml: yaml::NodeId,
    /// Whether it stands for a number of iterations.
    pub(crate) is_count: bool,
}

/// Whether loops have expressions in place of lists or numbers.
pub(crate) fn has_loop_expressions(tree: &Tree, pipeline: &Pipeline) -> bool {
    loop_expressions(tree, pipeline).next().is_some()
}

/// The expressions that stand in place of a list of values or a number of iterations.
pub(crate) fn loop_expressions<'p>(
    tree: &'p Tree,
    pipeline: &'p Pipeline,
) -> impl Iterator<Item = LoopExpression> + 'p {
    let in_loops = pipeline.ids().flat_map(|node| {
        let expression = move |yaml, is_count| LoopExpression {
            node,
            yaml,
            is_count,
        };
        let strategy = pipeline.node(node).strategy.as_ref();
        let found: Vec<LoopExpression> = match strategy.map(|strategy| &strategy.kind) {
            Some(StrategyKind::Matrix { axes, .. }) => {
                let values = axes.iter().map(|axis| axis.values);
                values.map(|values| expression(values, false)).collect()
            }
            Some(StrategyKind::Repeat { times, items, .. }) => {
                let times = times.map(|times| expression(times.yaml, true));
                let items = items.map(|items| expression(items, false));
                times.into_iter().chain(items).collect()
            }
            Some(StrategyKind::Parallelism(times)) => vec![expression(times.yaml, true)],
            Some(StrategyKind::Unknown) | None => Vec::new(),
        };
        found
    });
    in_loops.filter(move |found| {
        let text = tree.text(found.yaml);
        text.is_some_and(|text| pipeline.version.may_hold_expression(text))
    })
}
