//! Loops: `strategy` of stages, groups and steps (`spec/model.md` §4).

use pipewright_source::Span;
use pipewright_yaml as yaml;

use crate::Located;

/// A loop.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Strategy {
    /// The key `strategy`.
    pub key: Span,
    /// The whole value.
    pub span: Span,
    /// What is looped over.
    pub kind: StrategyKind,
}

/// The kinds of loop.
#[derive(Clone, Debug)]
pub enum StrategyKind {
    /// `matrix`
    Matrix {
        /// Axes in the order of the file.
        axes: Vec<Axis>,
        /// The `exclude` node.
        exclude: Option<yaml::NodeId>,
        /// The `nodeName` text.
        node_name: Option<Located>,
        /// Whether the axes themselves are an expression.
        open: bool,
    },
    /// `repeat`
    Repeat {
        /// `times`
        times: Option<Times>,
        /// The node of its `items`: a list, or an expression.
        items: Option<yaml::NodeId>,
        /// Whether `start`, `end`, `partitionSize` or `unit` cut the items, so that their number is not that of the
        /// loop.
        cut: bool,
        /// The `nodeName` text.
        node_name: Option<Located>,
    },
    /// `parallelism`: the number of instances.
    Parallelism(Times),
    /// `strategy: <+input>`, or a form that is not known: it may loop or not.
    Unknown,
}

/// How often a loop runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Times {
    /// Where it is written.
    pub yaml: yaml::NodeId,
    /// The number, where it is a literal one.
    pub literal: Option<u32>,
}

/// One axis of a matrix.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Axis {
    /// Its name.
    pub name: Located,
    /// The node of its values.
    pub values: yaml::NodeId,
}
