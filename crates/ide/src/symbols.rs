//! What a file declares, as an outline.

use pipewright_analysis::Snapshot;
use pipewright_model::{NodeId, Pipeline, Section};
use pipewright_source::FileId;

use crate::Declaration;
use crate::cursor::{Resolved, of_own_text};

/// Something that a file declares, with what is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Symbol {
    /// What it is, and where.
    pub declaration: Declaration,
    /// Its variables, axes, outputs and nodes, in the order of the file.
    pub children: Vec<Self>,
}

/// The pipelines of a file and what its templates hold, with their stages, groups, steps, variables, axes and declared
/// outputs. Recurses as deep as nodes nest, which the YAML reader bounds.
pub fn symbols(snapshot: &Snapshot, file: FileId) -> Vec<Symbol> {
    let Some(analysis) = snapshot.analysis(file) else {
        return Vec::new();
    };
    of_own_text(analysis)
        .map(|of| of.symbol(Pipeline::ROOT))
        .collect()
}

impl Resolved<'_> {
    fn symbol(&self, id: NodeId) -> Symbol {
        let node = self.pipeline.node(id);
        let leaf = |declaration| Symbol {
            declaration,
            children: Vec::new(),
        };
        let mut children: Vec<Symbol> = self.members(id).map(leaf).collect();
        let sections = node.sections.iter().flat_map(Section::nodes);
        children.extend(sections.map(|child| self.symbol(child)));
        children.sort_by_key(|child| child.declaration.whole.range.start());
        Symbol {
            declaration: self.node(id),
            children,
        }
    }
}
