//! Settings of nodes whose value is another one.

use pipewright_model::NodeId;
use pipewright_source::Span;
use pipewright_yaml::{self as yaml, Tree};

use crate::element::{Element, is_named_by};
use crate::mapping::Mapping;
use crate::matching::name;
use crate::node_settings::last_key;
use crate::texts::Texts;

/// A setting that is written another way before and after.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct SettingDifference {
    /// The fully qualified name of its node, as it is after; as it was before where there is none after.
    pub fqn: String,
    /// The path in the node: `spec.source.spec.script`, `spec.outputVariables[tag].value`.
    pub setting: String,
    /// As it was; `None` where it was not there.
    pub before: Option<String>,
    /// As it is; `None` where it is not there.
    pub after: Option<String>,
    /// Where it stands after, or where that is nowhere, stood before.
    pub span: Span,
}

/// The settings that differ, in the order of the nodes after.
pub(crate) fn differences(mapping: &Mapping<'_>) -> Vec<SettingDifference> {
    let texts = Texts::new(mapping);
    let mut pairs: Vec<(NodeId, NodeId)> = mapping.nodes.pairs().collect();
    pairs.sort_by_key(|(_, head)| *head);
    let mut found = Vec::new();
    for (base, head) in pairs {
        Pair {
            mapping,
            texts: &texts,
            base,
            head,
        }
        .compare(&mut found);
    }
    found
}

struct Pair<'m, 's> {
    mapping: &'m Mapping<'s>,
    texts: &'m Texts<'m, 's>,
    base: NodeId,
    head: NodeId,
}

impl Pair<'_, '_> {
    fn compare(&self, found: &mut Vec<SettingDifference>) {
        let mapping = self.mapping;
        let base = &mapping.nodes.base_settings[self.base.0 as usize];
        let head = &mapping.nodes.head_settings[self.head.0 as usize];
        let became = |path: &str| mapping.renamed_path(self.base, path);
        let mut before: Vec<(String, yaml::NodeId)> =
            base.iter().map(|(path, at)| (became(path), *at)).collect();
        before.sort();
        let was = |path: &str| {
            let at = before.binary_search_by(|(known, _)| known.as_str().cmp(path));
            at.ok().map(|at| before[at].1)
        };
        for (path, at) in &before {
            let now = head.get(path).copied();
            match now {
                Some(now) if self.is_same(path, *at, now) => {}
                None if self.is_of_name(path, false) => {}
                now => found.push(self.difference(path, Some(*at), now)),
            }
        }
        for (path, at) in head {
            if was(path).is_none() && !self.is_of_name(path, true) {
                found.push(self.difference(path, None, Some(*at)));
            }
        }
    }

    fn is_same(&self, path: &str, before: yaml::NodeId, after: yaml::NodeId) -> bool {
        if self.texts.are_same(before, after) {
            return true;
        }
        let mapping = self.mapping;
        let old = mapping.base.tree().text(before).unwrap_or_default();
        let new = mapping.head.tree().text(after).unwrap_or_default();
        let is_own_name = |base: NodeId, head: NodeId| {
            name(mapping.base.pipeline, base) != name(mapping.head.pipeline, head)
        };
        // The name that people see goes with the identifier.
        if path == "name" && is_own_name(self.base, self.head) {
            return true;
        }
        let members = mapping.renamed_members.iter();
        let mut members = members.filter(|renamed| renamed.node == self.base);
        if is_named_by(path)
            && members.any(|renamed| {
                renamed.from.parts.last().is_some_and(|part| **part == *old)
                    && renamed.to.parts.last().is_some_and(|part| **part == *new)
            })
        {
            return true;
        }
        // Some keys name a stage without a path.
        let mut renamed = mapping.renamed_nodes.iter();
        renamed.any(|(base, head)| {
            name(mapping.base.pipeline, *base) == Some(old)
                && name(mapping.head.pipeline, *head) == Some(new)
                && (matches!(last_key(path), "stage" | "useFromStage")
                    || path.starts_with("dependsOn"))
        })
    }

    /// Whether a setting belongs to a variable or output that is told as gone or new.
    fn is_of_name(&self, path: &str, is_after: bool) -> bool {
        let mapping = self.mapping;
        let (names, node) = if is_after {
            (&mapping.new_members, self.head)
        } else {
            (&mapping.gone_members, self.base)
        };
        let mut names = names.iter().filter(|name| name.node == node);
        names.any(|name| Element::in_path(path, name).is_some())
    }

    fn difference(
        &self,
        path: &str,
        before: Option<yaml::NodeId>,
        after: Option<yaml::NodeId>,
    ) -> SettingDifference {
        let (base, head) = (&self.mapping.base, &self.mapping.head);
        let text = |tree: &Tree, at: Option<yaml::NodeId>| {
            at.map(|at| tree.text(at).unwrap_or_default().to_owned())
        };
        let span = match (before, after) {
            (_, Some(after)) => head.tree().span(after),
            (Some(before), None) => base.tree().span(before),
            (None, None) => head.tree().span(head.pipeline.node(self.head).yaml),
        };
        SettingDifference {
            fqn: head.fqn(self.head),
            setting: path.to_owned(),
            before: text(base.tree(), before),
            after: text(head.tree(), after),
            span,
        }
    }
}
