//! The tree of a run, as the names of a path go through it: one rule set for what references are judged by
//! (`crate::walk`) and what the crate `context` makes values of (`spec/model.md` §2, §3).

mod around;
mod hidden_group;
mod next;
mod part;
mod start_word;

use pipewright_model::{NodeId, Pipeline, SectionKind};

use crate::lists::{Found, Lists};
use crate::looping::{Loops, Suffix};

pub use around::between;
pub use hidden_group::{is_generated, is_hidden_group, nearest, part_around, reads_inside};
pub use next::{Next, ParentGroup};
pub use part::RunPart;
pub use start_word::StartWord;
pub(crate) use start_word::{root_name, word_for};

/// The tree of a pipeline's run: its nodes with the tables that answer look-ups at once.
///
/// ```
/// use pipewright_model::Pipeline;
/// use pipewright_resolve::{Found, Lists, Loops, Next, RunPart, RunTree};
/// use pipewright_source::FileId;
///
/// let text = "pipeline: { stages: [stage: { identifier: Build, spec: { execution: { steps: [] } } }] }";
/// let tree = pipewright_yaml::parse(FileId(0), text);
/// let documents = pipewright_model::documents(&tree);
/// let pipeline = documents[0].pipeline().expect("the document is a pipeline");
/// let (lists, loops) = (Lists::new(&tree, pipeline), Loops::new(&tree, pipeline));
/// let run_tree = RunTree { pipeline, lists: &lists, loops: &loops };
///
/// let root = RunPart::Node(Pipeline::ROOT);
/// let Next::Part(stages) = run_tree.step(root, "stages") else { panic!("a list") };
/// let Next::Listed(Found::Node { node: build, .. }) = run_tree.step(stages, "Build") else { panic!("a stage") };
/// assert_eq!(run_tree.step(RunPart::Node(build), "steps"), Next::Deeper(&["spec", "execution"]));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RunTree<'t> {
    /// The nodes.
    pub pipeline: &'t Pipeline,
    /// The lists of the same pipeline.
    pub lists: &'t Lists,
    /// The loops of the same pipeline.
    pub loops: &'t Loops,
}

/// How a name calls a node that is around its reader, or the reader itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Called<'n> {
    /// By its identifier.
    Bare,
    /// By its identifier and a text behind it that is the suffix of an iteration, or may be.
    Suffixed(&'n str),
}

impl<'t> RunTree<'t> {
    /// Looks an identifier up in a list, exactly or with a loop's suffix behind it.
    pub fn find(&self, owner: NodeId, kind: SectionKind, name: &str) -> Found<'t> {
        let list = (owner, kind);
        self.lists.find(self.pipeline, self.loops, list, name)
    }

    /// How `name` calls a stage, group or step. `None` if it does not, and for the pipeline.
    pub fn called<'n>(&self, node: NodeId, name: &'n str) -> Option<Called<'n>> {
        let suffix = self.behind_identifier(node, name)?;
        if suffix.is_empty() {
            return Some(Called::Bare);
        }
        let is_suffix = self.loops.suffix(node, suffix) != Suffix::NoIteration;
        is_suffix.then_some(Called::Suffixed(suffix))
    }
}
