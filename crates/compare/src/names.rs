//! Names that are gone, new or other ones, and who still reads them.

use std::collections::HashMap;

use pipewright_model::NodeId;
use pipewright_resolve::Verdict;
use pipewright_source::Span;

use crate::mapping::Mapping;
use crate::part::Part;

/// The names of stages, groups, steps, variables and outputs that differ.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Names {
    /// Those that are gone; what stood in something that is gone is not told by itself.
    pub gone: Vec<GoneName>,
    /// Those that are new, likewise.
    pub new: Vec<String>,
    /// Those of which another name is told to be the same: by content and position.
    pub renamed: Vec<RenamedName>,
}

impl Names {
    /// Whether no name differs.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty() && self.renamed.is_empty()
    }
}

/// A name that is gone.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct GoneName {
    /// The fully qualified name.
    pub fqn: String,
    /// Who reads it or what was below it, and still does.
    pub readers: Vec<Reader>,
}

/// A name that is another one now.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct RenamedName {
    /// The fully qualified name before.
    pub from: String,
    /// The fully qualified name after.
    pub to: String,
    /// Whether it stands in another list now, rather than being called another way.
    pub is_moved: bool,
    /// Who still reads the name it had.
    pub readers: Vec<Reader>,
}

/// Who reads a name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub struct Reader {
    /// The file whose pipeline reads.
    pub file: String,
    /// The fully qualified name of the node that reads.
    pub fqn: String,
    /// The path, as it is written.
    pub path: String,
    /// Where it is written.
    pub span: Span,
}

/// The names of two documents that differ. `others` are the documents of all files that may read outputs of this one
/// through a chained stage, before and after.
pub(crate) fn names(
    mapping: &Mapping<'_>,
    others: &[(Part<'_>, Part<'_>)],
    file: &dyn Fn(&Part<'_>) -> String,
) -> Names {
    let mut found = Names::default();
    let readers = Readers {
        mapping,
        others,
        file,
    };
    let base = &mapping.base;
    for id in base.pipeline.ids() {
        let is_outermost = |id: NodeId| {
            let parent = base.pipeline.node(id).parent;
            parent.is_some_and(|parent| mapping.nodes.head_of(parent).is_some())
        };
        if mapping.nodes.head_of(id).is_none() && is_outermost(id) {
            let fqn = base.fqn(id);
            found.gone.push(GoneName {
                readers: readers.of(&fqn),
                fqn,
            });
        }
    }
    for name in &mapping.gone_members {
        let readers = readers.of(&name.fqn);
        found.gone.push(GoneName {
            fqn: name.fqn.clone(),
            readers,
        });
    }
    let head = &mapping.head;
    for id in head.pipeline.ids() {
        let parent = head.pipeline.node(id).parent;
        let is_outermost = parent.is_some_and(|parent| mapping.nodes.base_of(parent).is_some());
        if mapping.nodes.base_of(id).is_none() && is_outermost {
            found.new.push(head.fqn(id));
        }
    }
    found
        .new
        .extend(mapping.new_members.iter().map(|name| name.fqn.clone()));
    for (before, after) in &mapping.renamed_nodes {
        let from = base.fqn(*before);
        let parents = (
            base.pipeline.node(*before).parent,
            head.pipeline.node(*after).parent,
        );
        let is_moved = match parents {
            (Some(old), Some(new)) => mapping.nodes.head_of(old) != Some(new),
            _ => false,
        } || base.pipeline.node(*before).section
            != head.pipeline.node(*after).section;
        found.renamed.push(RenamedName {
            readers: readers.of(&from),
            from,
            to: head.fqn(*after),
            is_moved,
        });
    }
    for renamed in &mapping.renamed_members {
        found.renamed.push(RenamedName {
            readers: readers.of(&renamed.from.fqn),
            from: renamed.from.fqn.clone(),
            to: renamed.to.fqn.clone(),
            is_moved: false,
        });
    }
    found
}

/// Paths by their readers, with the names that they led to.
type Paths = HashMap<(NodeId, String), String>;

struct Readers<'r, 's> {
    mapping: &'r Mapping<'s>,
    others: &'r [(Part<'s>, Part<'s>)],
    file: &'r dyn Fn(&Part<'_>) -> String,
}

impl Readers<'_, '_> {
    /// Who read a name of the pipeline before, and still has the path.
    fn of(&self, fqn: &str) -> Vec<Reader> {
        let (base, head) = (&self.mapping.base, &self.mapping.head);
        let mut found = Vec::new();
        let read = base.resolution.readers(base.pipeline, fqn);
        let paths: Paths = read
            .filter_map(|reference| {
                let reader = self.mapping.nodes.head_of(reference.reader)?;
                let target = base.resolution.target_name(reference);
                Some(((reader, reference.path()), target.unwrap_or_default()))
            })
            .collect();
        // What is called so now may be something else.
        let is_there = head.resolution.names.find(fqn).is_some();
        if !is_there {
            self.still(head, fqn, &paths, &mut found);
        }
        for (before, after) in self.others {
            self.through_children(before, after, fqn, &mut found);
        }
        found.sort();
        found.dedup();
        found
    }

    fn still(&self, head: &Part<'_>, fqn: &str, paths: &Paths, found: &mut Vec<Reader>) {
        let gone = fqn.rsplit('.').next().unwrap_or(fqn);
        for reference in &head.resolution.references {
            // A path that leads somewhere reads what is called so now, or was relative to what was renamed.
            let is_read = matches!(
                reference.verdict,
                Verdict::Resolved(_) | Verdict::Everywhere
            );
            let now = head.resolution.target_name(reference);
            if is_read && !now.is_some_and(|now| self.mapping.is_given_up(&now)) {
                continue;
            }
            let key = (reference.reader, reference.path());
            let Some(target) = paths.get(&key) else {
                continue;
            };
            // A path inside of what was renamed reads the same as before.
            let now = self.mapping.to_head(target);
            let is_same = now != *target && head.resolution.target_name(reference) == Some(now);
            if is_same || !key.1.contains(gone) {
                continue;
            }
            found.push(Reader {
                file: (self.file)(head),
                fqn: head.fqn(reference.reader),
                path: key.1,
                span: head.span(reference),
            });
        }
    }

    /// Outputs of chained stages that read a name of the pipeline they run.
    fn through_children(
        &self,
        before: &Part<'_>,
        after: &Part<'_>,
        fqn: &str,
        found: &mut Vec<Reader>,
    ) {
        let base = &self.mapping.base;
        let Some(beyond) = before.beyond else { return };
        for child in beyond.children() {
            if !base.is(child.tree.file(), &child.pipeline) {
                continue;
            }
            let read = child.resolution.readers(&child.pipeline, fqn);
            let paths: Paths = read
                .filter_map(|reference| {
                    let reader = before.pipeline.sites[reference.site].node;
                    let reader = after.resolution.names.find(&before.fqn(reader))?;
                    Some(((reader, reference.path()), String::new()))
                })
                .collect();
            self.still(after, fqn, &paths, found);
        }
    }
}
