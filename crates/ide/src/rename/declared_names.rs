//! The declarations of a name, and the names beside them.

use pipewright_analysis::Snapshot;
use pipewright_model::{NodeId, NodeKind};
use pipewright_source::Span;

use super::RenameError;
use super::subject::Subject;
use crate::DeclarationKind;
use crate::cursor::{Resolved, of_own_text, resolved};

/// Refuses an output whose name is that of a shell variable, too: the script that sets it is no YAML.
pub(super) fn check(snapshot: &Snapshot, subject: &Subject) -> Result<(), RenameError> {
    if subject.kind != DeclarationKind::Output {
        return Ok(());
    }
    for file in subject.declared.iter().map(|span| span.file) {
        let Some(analysis) = snapshot.analysis(file) else {
            continue;
        };
        for of in of_own_text(analysis) {
            for (named, element) in of.pipeline.ids().flat_map(|id| of.output_names(id)) {
                let name = of.content(named);
                let has = |key| of.tree.find(element, key).is_some();
                let is_its_own = has("alias") || has("name") && has("value");
                if subject.declared.contains(&name) && !is_its_own {
                    return Err(RenameError::OfShell(name));
                }
            }
        }
    }
    Ok(())
}

/// What has a name already beside one of the declarations.
pub(super) fn taken(snapshot: &Snapshot, subject: &Subject, name: &str) -> Option<Span> {
    let files = snapshot.ids().map(|(_, id)| id);
    let mut all = files
        .flat_map(|id| resolved(snapshot, id))
        .filter(Resolved::is_own);
    all.find_map(|of| {
        owners(&of, subject)
            .into_iter()
            .find_map(|owner| match owner {
                Owner::List(node) => of.sibling(node, name),
                Owner::Members(node) => {
                    let of_kind = of
                        .members(node)
                        .filter(|member| member.kind == subject.kind);
                    let mut names = of_kind.map(|member| member.name);
                    names.find(|span| snapshot.sources().slice(*span) == name)
                }
            })
    })
}

/// Where a declaration stands in a pipeline.
#[derive(Clone, Copy)]
pub(super) enum Owner {
    /// It is this node, which stands in a list of its parent.
    List(NodeId),
    /// It is a variable, axis or output of this node.
    Members(NodeId),
}

/// Where the subject is declared in a pipeline; nowhere in most.
pub(super) fn owners(of: &Resolved<'_>, subject: &Subject) -> Vec<Owner> {
    let owner = |id: NodeId| {
        if subject.is_node() {
            let identifier = of.pipeline.node(id).identifier.as_ref()?;
            let is_it = subject.declared.contains(&of.content(identifier.yaml));
            return is_it.then_some(Owner::List(id));
        }
        let mut members = of.members(id);
        let is_it = members.any(|member| subject.declared.contains(&member.name));
        is_it.then_some(Owner::Members(id))
    };
    of.pipeline.ids().filter_map(owner).collect()
}

impl Resolved<'_> {
    /// Where the identifier stands that another node of the same list has. Stages count as one list.
    fn sibling(&self, node: NodeId, name: &str) -> Option<Span> {
        let own = self.pipeline.node(node);
        self.pipeline.ids().find_map(|id| {
            let other = self.pipeline.node(id);
            let is_beside = if own.kind == NodeKind::Stage {
                other.kind == NodeKind::Stage
            } else {
                other.parent == own.parent && other.section == own.section
            };
            let identifier = other
                .identifier
                .as_ref()
                .filter(|_| is_beside && id != node)?;
            (*identifier.text == *name).then(|| self.content(identifier.yaml))
        })
    }
}
