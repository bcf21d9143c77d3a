//! Names that what is given restates: an input set names the stages and variables whose inputs it fills.

use pipewright_source::Span;
use pipewright_yaml::{NodeId, NodeKind, Tree};

use super::merge::{Name, flatten, name_of};

/// The scalar below `given` that restates the scalar at `target`, which is a key or a value below `asks`: the one that
/// stands in the same place, as places match where values are put in. `None` where there is none.
///
/// Takes time about linear in the lists on the way.
pub fn counterpart(
    (asking, asks, target): (&Tree, NodeId, Span),
    (giving, given): (&Tree, NodeId),
) -> Option<NodeId> {
    let (mut asks, mut given) = (asks, given);
    loop {
        match &asking.get(asks).kind {
            NodeKind::Scalar(_) => {
                let is_it = asking.span(asks).range.contains_range(target.range);
                return (is_it && giving.scalar(given).is_some()).then_some(given);
            }
            NodeKind::Mapping(entries) => {
                let holds = |id: NodeId| {
                    let span = asking.span(id);
                    span.file == target.file && span.range.contains_range(target.range)
                };
                let entry = entries.iter().find(|of| holds(of.key) || holds(of.value))?;
                let there = giving.entry(given, asking.text(entry.key)?)?;
                if holds(entry.key) {
                    return Some(there.key);
                }
                (asks, given) = (entry.value, there.value);
            }
            NodeKind::Sequence(_) => {
                let (name, element) = element_around(asking, asks, target)?;
                let mut elements = Vec::new();
                flatten(giving, given, &mut elements);
                asks = element;
                given = elements.into_iter().find(|(of, _)| *of == name)?.1;
            }
            NodeKind::Alias(_) | NodeKind::BrokenAlias => return None,
        }
    }
}

/// The element of a list that holds a place, parallel blocks opened.
fn element_around(tree: &Tree, list: NodeId, target: Span) -> Option<(Name, NodeId)> {
    let items = tree.items(list).iter();
    let mut items = items.filter(|item| tree.span(**item).range.contains_range(target.range));
    let item = *items.next()?;
    match tree.find(item, "parallel") {
        Some(block) if tree.is_sequence(block) => element_around(tree, block, target),
        _ => Some((name_of(tree, item)?, item)),
    }
}
