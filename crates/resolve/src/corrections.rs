//! What to write in place of a path that names a loop without the suffix of an instance, or misses a node in a loop.

use std::collections::HashMap;

use pipewright_model::NodeId;

use crate::reference::path_of;
use crate::relative_path::segments_of_path;
use crate::resolver::Resolver;
use crate::{Reference, Segment, Verdict};

/// How many such paths of one pipeline are worth a suggestion. Each is followed several times.
const MAX_SUGGESTIONS: usize = 2_000;

/// Adds the right path to references that name loops without a suffix, and suffixes to those that miss a node in a
/// loop; `resolver` gives the place of a reference.
pub(crate) fn fill<'s>(
    references: &mut [Reference],
    resolver: impl Fn(&Reference) -> Resolver<'s>,
) {
    // By site and the parts of the path that the suggestion replaces.
    let mut known: HashMap<(usize, Box<str>), Option<Box<str>>> = HashMap::new();
    for reference in references {
        let resolver = resolver(reference);
        if let Verdict::WrongPath(wrong) = &mut reference.verdict
            && known.len() <= MAX_SUGGESTIONS
        {
            let key = (reference.site, path_of(&reference.segments).into());
            let right = || {
                let behind = reference.segments.get(wrong.named_by + 1..)?;
                let leads_there = |right: &str| {
                    let segments = [&segments_of_path(right), behind].concat();
                    !resolver.decide(&segments).0.is_wrong()
                };
                let usual = wrong.right.take().filter(|right| leads_there(right));
                if usual.is_none()
                    && resolver.scope.is_in_another_loop(wrong.target)
                    && let Ok(shortest) = resolver.shortest(wrong.target, &[])
                {
                    // The turn of the node itself is the one that is written.
                    let named = reference.segments.get(wrong.named_by)?.name()?;
                    let same_turn = shortest
                        .rsplit_once('.')
                        .map(|(outer, _)| format!("{outer}.{named}"));
                    let right = same_turn.filter(|right| leads_there(right));
                    return Some(right.unwrap_or(shortest).into());
                }
                // From inside a template of a group the only way may be up from group to group.
                usual.or_else(|| {
                    let shortest = resolver.shortest(wrong.target, &[]).ok()?;
                    leads_there(&shortest).then(|| shortest.into())
                })
            };
            wrong.right = known.entry(key).or_insert_with(right).clone();
            continue;
        }
        let Verdict::NoInstance(missing) = &mut reference.verdict else {
            continue;
        };
        let Some(segments) = reference.segments.get(..=missing.through) else {
            continue;
        };
        if missing.suffixed || known.len() > MAX_SUGGESTIONS {
            continue;
        }
        let mut loops = reference.loops.iter().rev();
        let target = loops.find(|step| step.segment == missing.through);
        let target = target.map_or(missing.node, |step| step.node);
        let key = (reference.site, path_of(segments).into());
        let right = known
            .entry(key)
            .or_insert_with(|| right(&resolver, target, segments));
        missing.right.clone_from(right);
    }
}

/// The path itself with the first instance of each loop, or where a loop is around the reader the shortest path.
fn right(resolver: &Resolver<'_>, target: NodeId, segments: &[Segment]) -> Option<Box<str>> {
    if segments.iter().any(|segment| segment.name().is_none()) {
        return None;
    }
    let as_written = resolver.lead_to(target, &[], segments.to_vec());
    let path = as_written.or_else(|_| resolver.shortest(target, &[]));
    path.ok().map(Into::into)
}
