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
pub(super) fn membership<'a>(
    known: &(impl Iterator<Item = (&'a str, bool)> + Clone),
    path: &[PathSegment],
) -> Membership {
    let mut deepest = 0;
    let mut open = false;
    for (pattern, anything_below) in known.clone() {
        let Some(length) = matched(pattern, path) else {
            continue;
        };
        if length == path.len() {
            return Membership::Known;
        }
        if length > deepest {
            deepest = length;
            open = false;
        }
        if length == deepest {
            open |= anything_below;
        }
    }
    let around = &path[..deepest];
    let lists_members = known
        .clone()
        .any(|(pattern, _)| parts(pattern).count() > deepest && begins(pattern, around));
    if open || !lists_members {
        Membership::Open
    } else {
        Membership::Absent
    }
}

/// How many segments of `path` the whole `pattern` stands for; `None` where it stands for none of its beginnings.
fn matched(pattern: &str, path: &[PathSegment]) -> Option<usize> {
    let length = parts(pattern).count();
    (length <= path.len() && begins(pattern, &path[..length])).then_some(length)
}

/// Whether `path` fits the beginning of `pattern`.
fn begins(pattern: &str, path: &[PathSegment]) -> bool {
    let mut parts = parts(pattern);
    path.iter().all(|segment| match (parts.next(), segment) {
        (Some("[]"), PathSegment::Index(_)) | (Some("*"), PathSegment::Key(_)) => true,
        (Some(part), PathSegment::Key(key)) => part == &**key,
        _ => false,
    })
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
        let ask = |text: &str| membership(&known.into_iter(), &path(text));
        assert_eq!(ask("url"), Membership::Known);
        assert_eq!(ask("ur"), Membership::Absent);
        assert_eq!(ask("headers.3.key"), Membership::Known);
        assert_eq!(ask("headers.3.kee"), Membership::Absent);
        assert_eq!(ask("settings.anything"), Membership::Open);
        assert_eq!(ask("labels.team"), Membership::Known);
        assert_eq!(ask("wrapped.two"), Membership::Open);
    }
}
