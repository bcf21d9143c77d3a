//! What may stand below an object: the paths of the tables as a tree that answers one part of a path at a time.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::table::{Block, Table};
use crate::PathSegment;

/// Whether an object has a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Membership {
    /// It is listed.
    Known,
    /// The object around it is closed, and the member is not listed.
    Absent,
    /// Nothing is known of the object around it, or it takes any member.
    Open,
}

/// The members of an object, and below each of them what is known of it.
#[derive(Default, Debug)]
pub struct Shape {
    named: BTreeMap<&'static str, Self>,
    /// Names made from the identifier of a step: the text before and behind it.
    of_steps: Vec<(&'static str, &'static str, Self)>,
    /// What stands below any other name (`*`).
    any: Option<Box<Self>>,
    /// What an element of a list holds (`[]`).
    element: Option<Box<Self>>,
    /// Whether there may be members beyond those listed.
    open: bool,
}

impl Shape {
    /// The object that has these paths: `.` separates keys, `[]` is a list's element, `*` any key, `${stepId}` the
    /// identifier of a step. Each comes with whether the object there may have more members than the paths say.
    pub(super) fn of(paths: impl IntoIterator<Item = (&'static str, bool)>) -> Self {
        let mut shape = Self::default();
        for (path, open) in paths {
            let end = parts(path).fold(&mut shape, Self::place);
            end.open |= open;
        }
        shape
    }

    fn place(&mut self, part: &'static str) -> &mut Self {
        match part {
            "*" => self.any.get_or_insert_default(),
            "[]" => self.element.get_or_insert_default(),
            _ => match part.split_once("${stepId}") {
                Some((before, behind)) => self.of_step(before, behind),
                None => self.named.entry(part).or_default(),
            },
        }
    }

    fn of_step(&mut self, before: &'static str, behind: &'static str) -> &mut Self {
        let known = self
            .of_steps
            .iter()
            .position(|(b, a, _)| (*b, *a) == (before, behind));
        let at = known.unwrap_or_else(|| {
            self.of_steps.push((before, behind, Self::default()));
            self.of_steps.len() - 1
        });
        &mut self.of_steps[at].2
    }

    /// What is known of the member of that name; `None` where none is listed.
    pub fn member(&self, name: &str) -> Option<&Self> {
        let of_step = || {
            self.of_steps.iter().find_map(|(before, behind, shape)| {
                let rest = name.strip_prefix(before)?;
                rest.ends_with(behind).then_some(shape)
            })
        };
        self.named
            .get(name)
            .or_else(of_step)
            .or(self.any.as_deref())
    }

    /// What is known of an element; `None` where it is no list.
    pub fn element(&self) -> Option<&Self> {
        self.element.as_deref()
    }

    /// Whether a name that is not listed is surely no member. Of an object without listed members nothing is known; a
    /// list has no members but may be read like an object.
    pub fn is_closed(&self) -> bool {
        !self.open && self.any.is_none() && !(self.named.is_empty() && self.of_steps.is_empty())
    }

    /// The listed names, in their order.
    pub fn names<'s>(&'s self) -> impl Iterator<Item = &'s str> {
        self.named.keys().map(|name| -> &'s str { name })
    }

    /// Whether there is a member at `path`.
    pub fn has(&self, path: &[PathSegment]) -> Membership {
        let mut shape = self;
        for segment in path {
            let next = match segment {
                PathSegment::Key(key) => shape.member(key),
                PathSegment::Index(_) => shape.element(),
            };
            match next {
                Some(next) => shape = next,
                // A list where an object is known is not a wrong name.
                None if shape.is_closed() && matches!(segment, PathSegment::Key(_)) => {
                    return Membership::Absent;
                }
                None => return Membership::Open,
            }
        }
        Membership::Known
    }
}

/// `a.b[].c` as `a`, `b`, `[]`, `c`.
fn parts(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('.').flat_map(|part: &'static str| {
        let name = part.trim_end_matches("[]");
        let lists = (part.len() - name.len()) / 2;
        let name = (!name.is_empty()).then_some(name);
        name.into_iter().chain(std::iter::repeat_n("[]", lists))
    })
}

/// The shapes of a table's blocks, each made when it is first asked for.
#[derive(Debug)]
pub(super) struct Shapes(Vec<OnceLock<Shape>>);

impl Shapes {
    pub(super) fn new(table: &Table) -> Self {
        Self(table.blocks().map(|_| OnceLock::new()).collect())
    }

    /// The shape of one of the table's blocks.
    pub(super) fn get(&self, block: &Block, make: impl FnOnce() -> Shape) -> &Shape {
        self.0[block.place].get_or_init(make)
    }
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
        let shape = Shape::of([
            ("url", false),
            ("headers", false),
            ("headers[].key", false),
            ("settings", false),
            ("labels", false),
            ("labels.*", false),
            ("wrapped", true),
            ("wrapped.one", false),
            ("artifact_${stepId}.tag", false),
        ]);
        let ask = |text: &str| shape.has(&path(text));
        assert_eq!(ask("url"), Membership::Known);
        assert_eq!(ask("ur"), Membership::Absent);
        assert_eq!(ask("headers.3.key"), Membership::Known);
        assert_eq!(ask("headers.3.kee"), Membership::Absent);
        assert_eq!(ask("headers.accept"), Membership::Open);
        assert_eq!(ask("settings.anything"), Membership::Open);
        assert_eq!(ask("labels.team"), Membership::Known);
        assert_eq!(ask("wrapped.two"), Membership::Open);
        assert_eq!(ask("url.0.x"), Membership::Open);
        assert_eq!(ask("artifact_Push.tag"), Membership::Known);
        assert_eq!(ask("artifact_Push.tga"), Membership::Absent);
    }
}
