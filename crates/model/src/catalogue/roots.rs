//! The names an expression can start with (`spec/model.md` §3.3).

use std::sync::LazyLock;

use super::shape::{Membership, Shape, Shapes};
use super::stages::stage_types;
use super::table::{Block, Table};
use crate::PathSegment;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(include_str!("roots.txt")));
static MEMBERS: LazyLock<Shapes> = LazyLock::new(|| Shapes::new(&TABLE));

/// A name an expression can start with.
#[derive(Clone, Copy, Debug)]
pub struct Root(&'static Block);

/// The kinds of root.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum RootKind {
    /// A node of the run around the reader, or the pipeline with its run's facts.
    Node,
    /// A text that stands for another path or for a condition.
    Alias,
    /// Something a step published, visible from there on.
    Outcome,
    /// Values looked up when the run asks for them.
    Functor,
    /// A functor of methods.
    Methods,
    /// `input`: marks a runtime input and refers to nothing.
    Placeholder,
    /// A prefix the engine adds itself; people have no reason to write it.
    Internal,
}

/// A member of a root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Member {
    /// The path below the root: `.` separates keys, `[]` is a list's element, `*` any key; a method ends in `()`.
    pub path: &'static str,
    /// `new` (after 2023), `docs` (only documented), `deprecated` or `v1` (newer pipeline format).
    pub remark: Option<&'static str>,
}

/// The root of that name.
pub fn root(name: &str) -> Option<Root> {
    TABLE.get(name).map(Root)
}

/// Every root in the order of names.
pub fn roots() -> impl Iterator<Item = Root> {
    TABLE.blocks().map(Root)
}

/// The root that `name` was probably meant to be. Names people have no reason to write are not offered.
pub fn close_root(name: &str) -> Option<&'static str> {
    let offered = roots().filter(|root| root.kind() != RootKind::Internal);
    pipewright_source::closest(name, offered.map(|root| root.name()))
}

/// The names of the outcomes that steps publish for their stage.
pub(super) fn outcomes() -> impl Iterator<Item = &'static str> {
    roots()
        .filter(|root| root.kind() == RootKind::Outcome)
        .map(|root| root.name())
}

impl Root {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// What kind of root it is.
    pub fn kind(&self) -> RootKind {
        match self.0.line("kind") {
            "node" => RootKind::Node,
            "alias" => RootKind::Alias,
            "functor" => RootKind::Functor,
            "methods" => RootKind::Methods,
            "placeholder" => RootKind::Placeholder,
            "internal" => RootKind::Internal,
            _ => RootKind::Outcome,
        }
    }

    /// Where it can be used, in words.
    pub fn available(&self) -> &'static str {
        self.0.line("available")
    }

    /// A remark on how it behaves.
    pub fn note(&self) -> Option<&'static str> {
        self.0.field("note").map(|field| field.head)
    }

    /// The path it stands for, if it is an alias of one.
    pub fn alias(&self) -> Option<&'static str> {
        self.0.field("alias").map(|field| field.head)
    }

    /// Whether it may have members beyond those listed.
    pub fn is_open(&self) -> bool {
        self.0.line("members") == "open"
    }

    /// Its members in the order of paths.
    pub fn members(&self) -> impl Iterator<Item = Member> + Clone + use<> {
        self.0.entries("members", &TABLE).map(|line| {
            let line = line.trim_start();
            match line.split_once(' ') {
                Some((path, remark)) => Member {
                    path,
                    remark: Some(remark),
                },
                None => Member {
                    path: line,
                    remark: None,
                },
            }
        })
    }

    /// What stands below it. Outcomes are visible through every node (`spec/model.md` §3.4).
    ///
    /// The lists were read from sources of 2023 and from newer documentation. A name that a closed root does not list
    /// is taken for missing; where a release has added one, a line in the facts says so.
    pub fn shape(&self) -> &'static Shape {
        MEMBERS.get(self.0, || {
            let listed = self.members().map(|member| (member.path, false));
            let itself = self.is_open().then_some(("", true));
            let mut paths: Vec<(&str, bool)> = listed.chain(itself).collect();
            if self.kind() == RootKind::Node {
                paths.extend(outcomes().map(|name| (name, true)));
                paths.extend(
                    stage_types()
                        .flat_map(|stage| stage.outputs())
                        .map(|path| (path, false)),
                );
            }
            Shape::of(paths)
        })
    }

    /// Whether it has a member at `path`, which stands below the root.
    pub fn has(&self, path: &[PathSegment]) -> Membership {
        self.shape().has(path)
    }
}
