//! Values put in the places of runtime inputs: template inputs and input sets (`spec/model.md` §1.4, §1.5, §2.4).

use pipewright_syntax::is_runtime_input;
use pipewright_yaml::{Entry, NodeId, NodeKind, Resolved, Tree};

/// The keys that name an element of a list, in the order in which they are tried (`spec/model.md` §2.4).
pub(super) const IDENTIFYING_KEYS: [&str; 7] = [
    "identifier",
    "id",
    "name",
    "key",
    "commandType",
    "serviceRef",
    "environmentRef",
];

/// `base` with the values of `values` in the places of its runtime inputs: the places match by their fully qualified
/// names. Where nothing changes it is `base` itself; what changes is derived, so that `base` and `values` stay as they
/// are.
pub(super) fn merged(tree: &mut Tree, base: NodeId, values: NodeId) -> NodeId {
    match (&tree.get(base).kind, &tree.get(values).kind) {
        (NodeKind::Scalar(scalar), _) if is_runtime_input(&scalar.value) => {
            if tree.resolve(values) == Some(Resolved::Null) {
                base
            } else {
                tree.put_in_place_of(values, base);
                values
            }
        }
        (NodeKind::Mapping(entries), NodeKind::Mapping(_)) => {
            let entries = entries.clone();
            mapping(tree, base, entries, values)
        }
        (NodeKind::Sequence(items), NodeKind::Sequence(_)) => {
            let items = items.clone();
            sequence(tree, base, items, values)
        }
        _ => base,
    }
}

fn mapping(tree: &mut Tree, base: NodeId, mut entries: Vec<Entry>, values: NodeId) -> NodeId {
    let mut changed = false;
    for entry in &mut entries {
        let key = tree.text(entry.key).unwrap_or_default();
        let Some(given) = tree.find(values, key) else {
            continue;
        };
        let value = merged(tree, entry.value, given);
        changed |= value != entry.value;
        entry.value = value;
    }
    if changed {
        tree.derive(base, NodeKind::Mapping(entries))
    } else {
        base
    }
}

fn sequence(tree: &mut Tree, base: NodeId, mut items: Vec<NodeId>, values: NodeId) -> NodeId {
    let mut given = Vec::new();
    flatten(tree, values, &mut given);
    let mut changed = false;
    for item in &mut items {
        let value = element(tree, *item, values, &given);
        changed |= value != *item;
        *item = value;
    }
    if changed {
        tree.derive(base, NodeKind::Sequence(items))
    } else {
        base
    }
}

/// One element of a list with what is given for it. A parallel block counts for nothing: its members match as if they
/// stood in the list itself.
fn element(tree: &mut Tree, item: NodeId, values: NodeId, given: &[(Name, NodeId)]) -> NodeId {
    if let Some(entry) = tree.entry(item, "parallel")
        && let NodeKind::Sequence(members) = &tree.get(entry.value).kind
    {
        let members = members.clone();
        let block = sequence(tree, entry.value, members, values);
        if block == entry.value {
            return item;
        }
        let value = Entry {
            key: entry.key,
            value: block,
        };
        return tree.derive(item, NodeKind::Mapping(vec![value]));
    }
    let Some(name) = name_of(tree, item) else {
        return item;
    };
    match given.iter().find(|(of, _)| *of == name) {
        Some((_, value)) => merged(tree, item, *value),
        None => item,
    }
}

/// What tells an element from others in its list: the key of its wrapper, if it has one, and its name.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Name {
    pub(super) wrapper: Option<Box<str>>,
    pub(super) name: Box<str>,
}

/// The named elements of a list, parallel blocks opened. Recurses as deep as blocks nest.
pub(super) fn flatten(tree: &Tree, list: NodeId, found: &mut Vec<(Name, NodeId)>) {
    for item in tree.items(list) {
        match tree.find(*item, "parallel") {
            Some(block) if tree.is_sequence(block) => flatten(tree, block, found),
            _ => found.extend(name_of(tree, *item).map(|name| (name, *item))),
        }
    }
}

/// The name of an element: its own, or that of the mapping its first key wraps.
pub(super) fn name_of(tree: &Tree, element: NodeId) -> Option<Name> {
    if let Some(name) = own_name(tree, element) {
        return Some(Name {
            wrapper: None,
            name,
        });
    }
    let wrapper = tree.entries(element).first()?;
    Some(Name {
        wrapper: tree.text(wrapper.key).map(Into::into),
        name: own_name(tree, wrapper.value)?,
    })
}

fn own_name(tree: &Tree, mapping: NodeId) -> Option<Box<str>> {
    let named = IDENTIFYING_KEYS
        .iter()
        .find_map(|key| tree.find(mapping, key));
    named.and_then(|name| tree.text(name)).map(Into::into)
}
