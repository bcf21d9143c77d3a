//! Names that lead to nothing, or not to what was meant.

use std::sync::Arc;

use pipewright_model::{NodeId, NodeKind, SectionKind};

use crate::{ListedNames, RightPath};

/// A name that does not exist.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Undefined {
    /// Which part of the path is wrong.
    pub segment: usize,
    /// Where it was looked for.
    pub list: List,
    /// The first part behind the owner of the list. The parts from here to the wrong one lead to it: `output`,
    /// `outputVariables`.
    pub from: usize,
    /// The nearest name of that list, if one is near enough to be what was meant.
    pub nearest: Option<Box<str>>,
    /// The names of that list.
    pub names: Arc<ListedNames>,
    /// A node of that identifier somewhere else in the pipeline.
    pub elsewhere: Option<NodeId>,
    /// A path to a variable or output of that very name.
    pub right: Option<RightPath>,
}

impl Undefined {
    /// A name that a list lacks; what was meant is looked for when all references are known.
    pub(crate) fn new(list: List, from: usize, segment: usize) -> Self {
        Self {
            segment,
            list,
            from,
            nearest: None,
            names: Arc::default(),
            elsewhere: None,
            right: None,
        }
    }
}

/// A list that names are looked up in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum List {
    /// The stages, groups or steps in a section of a node.
    Nodes(NodeId, SectionKind),
    /// The declared variables of a node.
    Variables(NodeId),
    /// What a step publishes, with the fields of every step; the declared outputs of a chained pipeline stage.
    Outputs(NodeId),
    /// What stands in the `spec` of a step or stage.
    Settings(NodeId),
    /// The members of a root of the catalogue, or of a node that is like it: `pipeline`, `stage`, `stepGroup`, `step`.
    Members(&'static str),
}

/// A name that no instance of a loop has (`spec/model.md` §3.5).
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NoInstance {
    /// Which part of the path names the loop; of several the first.
    pub segment: usize,
    /// The looping node.
    pub node: NodeId,
    /// Where the node stands.
    pub list: List,
    /// Whether a suffix is written, which is that of no iteration. Without one the identifier is the loop's, which is
    /// no part of paths.
    pub suffixed: bool,
    /// The last part of the path that names a loop without suffix.
    pub through: usize,
    /// Where no suffix is written: a path that leads to what was meant, in place of the segments up to and with
    /// `through`; of loops that are not around the reader to the first instance. `None` where there is none that is
    /// known.
    pub right: Option<Box<str>>,
}

/// A path that misses a node that exists.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct WrongPath {
    /// The first part of the path that leads astray.
    pub segment: usize,
    /// The part of the path that names the node.
    pub named_by: usize,
    /// The node that was meant.
    pub target: NodeId,
    /// What reaches it from the reader, in place of the segments up to and with `named_by`. `None` where nothing does,
    /// as of a node that has not run yet, or where what is read of it is wrong, too.
    pub right: Option<Box<str>>,
}

/// A relative first name outside of what it names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NotInside {
    /// `stage`, `stepGroup` (also more `getParentStepGroup` than there are groups) or `step`.
    Node(NodeKind),
    /// `execution`
    Execution,
    /// `stages`, `steps` or `rollbackSteps`
    Section(SectionKind),
}

/// A value of a loop that no loop gives.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NoLoopValue {
    /// The part of the path that names what is not there.
    pub segment: usize,
    /// The node whose own loop is meant (`stage.matrix.x`); `None` where all loops around the reader are.
    pub of: Option<NodeId>,
    /// What is missing.
    pub missing: MissingValue,
}

/// What a path to a value of a loop lacks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MissingValue {
    /// Nothing that is meant loops.
    Loop,
    /// `repeat` where no loop that is meant is a repetition.
    Repeat,
    /// `strategy.node.NAME` where no loop of that name is around the reader.
    Named,
    /// `matrix.NAME` where no loop that is meant has such an axis.
    Axis {
        /// The axes there are, from the innermost loop outward, each once.
        axes: Vec<Box<str>>,
        /// The one that was probably meant.
        nearest: Option<Box<str>>,
    },
    /// `matrix.AXIS.NAME` where the values of the axis are objects, and none has such a member.
    AxisMember {
        /// The axis.
        axis: Box<str>,
        /// The members that the objects have, each once.
        members: Vec<Box<str>>,
        /// The one that was probably meant.
        nearest: Option<Box<str>>,
    },
}
