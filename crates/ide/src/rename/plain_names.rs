//! Names that stand in YAML without a path: stages that others wait for or take something from, and axes of
//! combinations that are left out.

use pipewright_analysis::Snapshot;
use pipewright_model::StrategyKind;
use pipewright_source::Span;
use pipewright_yaml::{NodeId, Tree};

use super::declared_names::{Owner, owners};
use super::subject::Subject;
use crate::DeclarationKind;
use crate::cursor::{Resolved, resolved};

/// The keys whose texts, also in a list or under `stage`, are identifiers of stages.
const OF_STAGES: [&str; 3] = ["dependsOn", "forStages", "useFromStage"];

/// Where the subject is named without a path.
pub(super) fn find(snapshot: &Snapshot, subject: &Subject) -> Vec<Span> {
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
                _ => {}
            }
        }
    }
    found
}

impl Resolved<'_> {
    /// The scalars of the pipeline that name a stage without a path.
    pub(super) fn stage_names(&self) -> Vec<NodeId> {
        let mut found = Vec::new();
        let root = self.pipeline.nodes.first().map(|root| root.yaml);
        collect(self.tree, root.into_iter().collect(), &mut found);
        found
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
