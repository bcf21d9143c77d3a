//! References: the paths that expressions name.

use pipewright_model::NodeId;
use pipewright_source::TextRange;
use pipewright_syntax::IslandId;

use crate::Verdict;

/// A path that an expression names.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Reference {
    /// The place in [`pipewright_model::Pipeline::sites`] of the scalar it stands in.
    pub site: usize,
    /// The node that reads: the site's node.
    pub reader: NodeId,
    /// Where in the scalar it was found.
    pub source: ReferenceSource,
    /// The whole path, without a method call at its end, in the decoded text of the scalar.
    pub range: TextRange,
    /// The path's parts from left to right; never empty.
    pub segments: Vec<Segment>,
    /// The looping nodes that the path names, from left to right.
    pub loops: Vec<LoopStep>,
    /// What it points at.
    pub verdict: Verdict,
}

impl Reference {
    /// The path as text: names joined by dots, parts that only a run knows as `*`. A method call at the end is left
    /// out.
    pub fn path(&self) -> String {
        path_of(&self.segments)
    }
}

/// Segments as one dotted path; see [`Reference::path`].
pub(crate) fn path_of(segments: &[Segment]) -> String {
    let mut path = String::new();
    for segment in segments {
        match &segment.kind {
            SegmentKind::Call(_) => break,
            SegmentKind::Index(index) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
            kind => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(kind.name().unwrap_or("*"));
                if matches!(kind, SegmentKind::Postfixed(_)) {
                    path.push_str("<+strategy.identifierPostFix>");
                }
            }
        }
    }
    path
}

/// Where a path was found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum ReferenceSource {
    /// Inside an island of the site's template text.
    Island(IslandId),
    /// Outside every island, in a text the engine evaluates as a whole (conditions, assertions): the engine looks such
    /// a name up without its prefixes, so only functors and local roots are found (`spec/engine.md` §3.1).
    Bare,
}

/// One part of a path.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Segment {
    /// Where it stands in the decoded text of the scalar, without the dot; an index with its brackets.
    pub range: TextRange,
    /// How it names what it names.
    pub kind: SegmentKind,
}

impl Segment {
    /// The name, where it is fixed text.
    pub fn name(&self) -> Option<&str> {
        match self.kind {
            SegmentKind::Name(_) | SegmentKind::Quoted(_) => self.kind.name(),
            _ => None,
        }
    }
}

/// The ways a path's part can be written.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum SegmentKind {
    /// `.name`, or the first name.
    Name(Box<str>),
    /// `."name"`, `["name"]` or `.get("name")`.
    Quoted(Box<str>),
    /// `[0]`
    Index(u32),
    /// `name<+strategy.identifierPostFix>`: the instance of `name` in the same iteration of the loop. Carries the text
    /// in front.
    Postfixed(Box<str>),
    /// Text only a run knows: `stages.<+x>`, `[expression]`.
    Dynamic,
    /// `.name(…)`: a method called on what the path found. Always the last part.
    Call(Box<str>),
}

impl SegmentKind {
    fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) | Self::Quoted(name) | Self::Postfixed(name) | Self::Call(name) => {
                Some(name)
            }
            Self::Index(_) | Self::Dynamic => None,
        }
    }
}

/// A looping node on a path (`spec/model.md` §3.5).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct LoopStep {
    /// Which part of the path names it.
    pub segment: usize,
    /// The looping node.
    pub node: NodeId,
    /// Whether the path gives a suffix such as `_0`, by text or by `<+strategy.identifierPostFix>`.
    pub suffixed: bool,
    /// Whether the node surely loops, so that its bare identifier finds nothing. A runtime input as strategy, and
    /// services or environments that may be one or many, leave it open.
    pub certain: bool,
}
