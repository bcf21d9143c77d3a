//! Loops: `strategy` of stages, groups and steps (`spec/model.md` §4).

use pipewright_source::Span;
use pipewright_yaml as yaml;

use crate::Located;

/// A loop.
#[derive(Clone, Debug)]
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
        /// Axes in the order of the file: name and, where the values are literal texts, the values.
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
        /// `times`, where it is a literal number.
        times: Option<u32>,
        /// Literal `items`.
        items: Option<Vec<Located>>,
        /// Whether `start`, `end`, `partitionSize` or `unit` cut the items, so that their number is not that of the loop.
        cut: bool,
        /// The `nodeName` text.
        node_name: Option<Located>,
    },
    /// `parallelism`: a literal number of instances, or unknown.
    Parallelism(Option<u32>),
    /// `strategy: <+input>`, or a form that is not known: it may loop or not.
    Unknown,
}

/// One axis of a matrix.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Its name.
    pub name: Located,
    /// The node of its values.
    pub values: yaml::NodeId,
    /// The values, where all are literal texts.
    pub literal: Option<Vec<Box<str>>>,
}
