//! Paths of the tables: `a.b[].*`, compared with the paths of a file.

use crate::PathSegment;

/// Whether an object has a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Membership {
    /// It is listed.
    Known,
    /// The object around it is closed, and the member is not listed.
    Absent,
    /// Nothing is known of the object around it, or it takes any member.
    Open,
}

/// Whether the object with these members has one at `path`. `known` gives path and whether anything may stand below.
///
/// The deepest listed object on the way decides: if it lists members it is closed, else it is open.
pub(super) fn membership(known: &[(&str, bool)], path: &[PathSegment]) -> Membership {
    for depth in (0..=path.len()).rev() {
        let around = &path[..depth];
        let mut listed = false;
        let mut lists_members = false;
        let mut takes_anything = false;
        for &(pattern, anything_below) in
            known.iter().filter(|(pattern, _)| begins(pattern, around))
        {
            let is_it = parts(pattern).count() == depth;
            listed |= is_it;
            lists_members |= !is_it;
            takes_anything |= is_it && anything_below;
        }
        let Some(next) = path.get(depth) else {
            if listed || lists_members {
                return Membership::Known;
            }
            continue;
        };
        // A list where the schema has an object is not a wrong key.
        let is_index = matches!(next, PathSegment::Index(_));
        if lists_members && !takes_anything && !is_index {
            return Membership::Absent;
        }
        if listed || lists_members {
            return Membership::Open;
        }
    }
    Membership::Open
}

/// Whether `path` fits the beginning of `pattern`.
fn begins(pattern: &str, path: &[PathSegment]) -> bool {
    let mut parts = parts(pattern);
    path.iter().all(|segment| match (parts.next(), segment) {
        (Some("[]"), PathSegment::Index(_)) => true,
        (Some(part), PathSegment::Key(key)) => fits(part, key),
        _ => false,
    })
}

/// `*` stands for any key, `${stepId}` inside a part for any text.
fn fits(part: &str, key: &str) -> bool {
    match part.split_once("${stepId}") {
        Some((before, after)) => key
            .strip_prefix(before)
            .is_some_and(|rest| rest.ends_with(after)),
        None => part == "*" || (part == key && part != "[]"),
    }
}

/// `a.b[].c` as `a`, `b`, `[]`, `c`.
fn parts(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('.').flat_map(|part| {
        let name = part.trim_end_matches("[]");
        let lists = (part.len() - name.len()) / 2;
        let name = (!name.is_empty()).then_some(name);
        name.into_iter().chain(std::iter::repeat_n("[]", lists))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Vec<PathSegment> {
        let segment = |part: &str| {
            part.parse()
                .map_or_else(|_| PathSegment::Key(part.into()), PathSegment::Index)
        };
        text.split('.').map(segment).collect()
    }

    #[test]
    fn the_deepest_listed_object_decides() {
        let known = [
            ("url", false),
            ("headers", false),
            ("headers[].key", false),
            ("settings", false),
            ("labels", false),
            ("labels.*", false),
            ("wrapped", true),
            ("wrapped.one", false),
        ];
        let ask = |text: &str| membership(&known, &path(text));
        assert_eq!(ask("url"), Membership::Known);
        assert_eq!(ask("ur"), Membership::Absent);
        assert_eq!(ask("headers.3.key"), Membership::Known);
        assert_eq!(ask("headers.3.kee"), Membership::Absent);
        assert_eq!(ask("settings.anything"), Membership::Open);
        assert_eq!(ask("labels.team"), Membership::Known);
        assert_eq!(ask("wrapped.two"), Membership::Open);
        assert_eq!(ask("url.0.x"), Membership::Open);
    }
}
