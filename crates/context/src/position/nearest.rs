//! The names that were probably meant by one that leads nowhere.

use pipewright_source::closest;

/// How many names are offered in place of an unknown one.
pub(super) const MAX_NEAREST: usize = 3;

/// Any name would be near one that has fewer letters.
const SHORTEST_GUESSED: usize = 3;

/// The names of nodes that were probably meant by `name`: those that it leads to as a relative path, those with the
/// same last part, those whose last part is close, or the closest one.
pub(super) fn meant_by(name: &str, nodes: &[String]) -> Vec<String> {
    let near = led_to_by(name, nodes);
    if !near.is_empty() {
        return near;
    }
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let with_last = |wanted: &str| -> Vec<String> {
        let same = nodes.iter().filter(|node| last(node) == wanted);
        same.take(MAX_NEAREST).cloned().collect()
    };
    let same = with_last(&last(name));
    if !same.is_empty() {
        return same;
    }
    if last(name).chars().count() < SHORTEST_GUESSED {
        return Vec::new();
    }
    if let Some(whole) = closest(name, nodes.iter().map(String::as_str)) {
        return vec![whole.to_owned()];
    }
    let lasts: Vec<String> = nodes.iter().map(|node| last(node)).collect();
    let near = closest(&last(name), lasts.iter().map(String::as_str));
    near.map_or_else(Vec::new, with_last)
}

/// The names that a path may lead to from somewhere, at most three: as much of its beginning as possible is the end of
/// one of `names`.
pub fn led_to_by(path: &str, names: &[String]) -> Vec<String> {
    let ends = path.match_indices('.').map(|(at, _)| at);
    let ends = ends.chain([path.len()]).rev();
    let near = ends.map(|end| {
        let (start, rest) = path.split_at(end);
        let is_path = start.contains('.');
        let leads_to = |name: &&String| {
            let before = name.strip_suffix(start);
            is_path && before.is_some_and(|before| before.ends_with('.'))
        };
        let near = names.iter().filter(leads_to).take(MAX_NEAREST);
        near.map(|name| format!("{name}{rest}")).collect()
    });
    let mut near = near.filter(|near: &Vec<String>| !near.is_empty());
    near.next().unwrap_or_default()
}
