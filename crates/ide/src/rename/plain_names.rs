//! Names that stand in YAML without a path: stages that others wait for or take something from, axes of combinations
//! that are left out, and barriers.

use pipewright_analysis::Snapshot;
use pipewright_model::StrategyKind;
use pipewright_resolve::UnknownReason;
use pipewright_source::Span;
use pipewright_yaml::{NodeId, Tree};

use super::RenameError;
use super::declared_names::{Owner, owners};
use super::subject::Subject;
use crate::DeclarationKind;
use crate::cursor::{Resolved, resolved};

/// The keys whose texts, also in a list or under `stage`, are identifiers of stages.
const OF_STAGES: [&str; 3] = ["dependsOn", "forStages", "useFromStage"];

/// Where the subject is named without a path.
///
/// # Errors
/// [`RenameError::Open`] where a step may wait at a barrier whose name only a run knows, or that a template names,
/// which others may use.
pub(super) fn find(snapshot: &Snapshot, subject: &Subject) -> Result<Vec<Span>, RenameError> {
    let mut found = Vec::new();
    for of in snapshot.ids().flat_map(|(_, id)| resolved(snapshot, id)) {
        if !of.is_own() {
            continue;
        }
        for owner in owners(&of, subject) {
            match (subject.kind, owner) {
                (DeclarationKind::Stage, _) => {
                    let stages = of.stage_names().into_iter();
                    let meant = stages.filter(|name| of.tree.text(*name) == Some(&subject.name));
                    found.extend(meant.map(|name| of.content(name)));
                }
                (DeclarationKind::Axis, Owner::Members(node)) => {
                    found.extend(of.left_out(node, &subject.name));
                }
                (DeclarationKind::Barrier, _) => {
                    found.extend(of.named_barriers(subject)?);
                }
                _ => {}
            }
        }
    }
    Ok(found)
}

impl Resolved<'_> {
    /// The scalars of the pipeline that name a stage without a path.
    pub(super) fn stage_names(&self) -> Vec<NodeId> {
        let mut found = Vec::new();
        let root = self.pipeline.nodes.first().map(|root| root.yaml);
        collect(self.tree, root.into_iter().collect(), &mut found);
        found
    }

    /// Where steps of the pipeline wait at a barrier.
    fn named_barriers(&self, subject: &Subject) -> Result<Vec<Span>, RenameError> {
        let mut found = Vec::new();
        for named in self.barrier_names() {
            let at = self.content(named);
            let text = self.tree.text(named).unwrap_or_default();
            if self.pipeline.version.may_hold_expression(text) {
                return Err(RenameError::Open(at, UnknownReason::Dynamic));
            }
            if text != subject.name {
                continue;
            }
            if at.file != self.tree.file() {
                return Err(RenameError::Open(at, UnknownReason::Template));
            }
            found.push(at);
        }
        Ok(found)
    }

    /// Where the combinations that a matrix leaves out name an axis.
    fn left_out(&self, node: pipewright_model::NodeId, axis: &str) -> Vec<Span> {
        let strategy = self.pipeline.node(node).strategy.as_ref();
        let exclude = match strategy.map(|strategy| &strategy.kind) {
            Some(StrategyKind::Matrix { exclude, .. }) => *exclude,
            _ => None,
        };
        let combinations = exclude.map_or(&[][..], |list| self.tree.items(list)).iter();
        let keys = combinations.filter_map(|of| self.tree.entry(*of, axis));
        keys.map(|entry| self.content(entry.key)).collect()
    }
}

/// Looks at every collection once, so that aliases cost nothing twice.
fn collect(tree: &Tree, mut left: Vec<NodeId>, found: &mut Vec<NodeId>) {
    let mut seen = std::collections::HashSet::new();
    while let Some(node) = left.pop() {
        if !seen.insert(tree.target(node)) {
            continue;
        }
        left.extend(tree.items(node));
        for entry in tree.entries(node) {
            if tree
                .text(entry.key)
                .is_some_and(|key| OF_STAGES.contains(&key))
            {
                let named = tree.find(entry.value, "stage").unwrap_or(entry.value);
                let texts = std::iter::once(named).chain(tree.items(named).iter().copied());
                found.extend(texts.filter(|text| tree.scalar(*text).is_some()));
            }
            left.push(entry.value);
        }
    }
}
