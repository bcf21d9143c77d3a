//! Documents that hold no nodes: their settings as a whole.

use pipewright_analysis::Snapshot;

use crate::node_settings::{Settings, last_key, scalars};
use crate::pairs::At;
use crate::part::document;
use crate::settings::SettingDifference;

/// What differs between two documents, setting by setting. `identifiers` are those of a pipeline that they fill which
/// are other ones now: before and after.
pub(crate) fn differences(
    (base, before): (&Snapshot, At),
    (head, after): (&Snapshot, At),
    identifiers: &[(String, String)],
) -> Vec<SettingDifference> {
    let side = |snapshot: &Snapshot, at: At| {
        let tree = snapshot.tree(at.0)?.clone();
        let root = document(snapshot, at)?.root;
        let settings = scalars(&tree, "", root);
        Some((tree, settings))
    };
    let (Some((old_tree, old)), Some((new_tree, new))) = (side(base, before), side(head, after))
    else {
        return Vec::new();
    };
    let became = |path: &str| {
        identifiers
            .iter()
            .fold(path.to_owned(), |path, (from, to)| {
                path.replace(&format!("[{from}]"), &format!("[{to}]"))
            })
    };
    let old: Settings = old.iter().map(|(path, at)| (became(path), *at)).collect();
    let is_name = |path: &str, was: Option<&str>, is: Option<&str>| {
        let mut pairs = identifiers.iter();
        matches!(last_key(path), "identifier" | "name")
            && pairs.any(|(from, to)| was == Some(from) && is == Some(to))
    };
    let mut found = Vec::new();
    let mut tell = |setting: &str, before: Option<&str>, after: Option<&str>, span| {
        found.push(SettingDifference {
            fqn: String::new(),
            setting: setting.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            span,
        });
    };
    for (path, at) in &old {
        let was = old_tree.text(*at);
        match new.get(path) {
            Some(now) if new_tree.text(*now) == was => {}
            Some(now) if is_name(path, was, new_tree.text(*now)) => {}
            Some(now) => tell(path, was, new_tree.text(*now), new_tree.span(*now)),
            None => tell(path, was, None, old_tree.span(*at)),
        }
    }
    for (path, at) in new.iter().filter(|(path, _)| !old.contains_key(*path)) {
        tell(path, None, new_tree.text(*at), new_tree.span(*at));
    }
    found
}
