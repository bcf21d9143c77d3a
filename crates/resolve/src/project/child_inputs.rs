//! What a chained stage gives its child: values of its own, or input sets of the child (`spec/model.md` §1.2, §1.5).

use std::ops::Range;

use pipewright_model::DocumentKind;
use pipewright_yaml::{NodeId, Tree};

use super::input_sets::fill;
use super::{DocumentAt, LookUps, Project};

/// The key under which a stage names input sets, in its `spec` or in its `inputs`.
const REFERENCES: &str = "inputSetReferences";

impl Project {
    /// Puts what a stage gives in the places of the runtime inputs of its child, whose tree is `tree`. Returns the
    /// nodes that the stage gives itself; what input sets give is evaluated in the child. `None` where it is not known
    /// what is given: the stage names an input set that is not at hand.
    pub(super) fn give_inputs(
        &self,
        child: DocumentAt,
        tree: &mut Tree,
        (parent, spec): (&Tree, NodeId),
        asked: &mut LookUps,
    ) -> Option<Range<NodeId>> {
        let document = &self.files[child.0].documents[child.1];
        let given = inputs_of(parent, spec);
        let Some(references) = references(parent, spec) else {
            return match given {
                Some(given) => fill(tree, document, (parent, given)),
                None => Some(tree.end()..tree.end()),
            };
        };
        let further = given.is_some_and(|given| {
            let mut keys = parent.entries(given).iter();
            keys.any(|entry| parent.text(entry.key) != Some(REFERENCES))
        });
        // Harness refuses a stage that gives both.
        if further || !parent.is_sequence(references) {
            return None;
        }
        let names: Option<Vec<&str>> = parent
            .items(references)
            .iter()
            .map(|item| parent.text(*item))
            .collect();
        let sets = self.sets_called(child, &names?, asked)?;
        // What is filled in is no runtime input any more, so the one that holds comes first.
        for (source, set) in sets.iter().rev() {
            if let DocumentKind::InputSet(set) = &set.kind
                && let Some(values) = set.pipeline
            {
                fill(tree, document, (source, values))?;
            }
        }
        Some(tree.end()..tree.end())
    }
}

/// The inputs that the `spec` of a stage gives itself.
pub(super) fn inputs_of(tree: &Tree, spec: NodeId) -> Option<NodeId> {
    ["inputs", "pipelineInputs"]
        .iter()
        .find_map(|key| tree.find(spec, key))
        .filter(|given| tree.is_mapping(*given))
}

/// The list of input sets that the `spec` of a stage names.
pub(super) fn references(tree: &Tree, spec: NodeId) -> Option<NodeId> {
    let in_inputs = || tree.find(inputs_of(tree, spec)?, REFERENCES);
    tree.find(spec, REFERENCES).or_else(in_inputs)
}
