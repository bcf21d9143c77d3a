//! The tree of a YAML or JSON file in which every node knows its bytes.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_source::{FileId, OffsetMap, Span, TextRange};

/// Names one node of a [`Tree`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NodeId(pub u32);

/// One file: its documents, comments and problems.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(crate) file: FileId,
    pub(crate) nodes: Vec<Node>,
    pub(crate) roots: Vec<NodeId>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) problems: Vec<Problem>,
    /// Where aliases stand and what they name, in the order of the file.
    pub(crate) aliases: Vec<(TextRange, NodeId)>,
    pub(crate) recovered: bool,
    pub(crate) may_lack_names: bool,
    /// What was blanked, in the order in which it was.
    pub(crate) blanked: Vec<TextRange>,
    /// Whether it was read line by line, nothing is wrong with it, and no expression looks cut: see
    /// [`parse_edited`](crate::parse_edited).
    pub(crate) is_ordinary: bool,
    /// From which id on nodes are those of which file, ids ascending; nothing where all are of `file`. See
    /// [`Tree::graft`].
    pub(crate) origins: Vec<(NodeId, FileId)>,
    /// The nodes in whose places others stand, by these. See [`Tree::put_in_place_of`].
    pub(crate) replaced: HashMap<NodeId, NodeId>,
}

/// A node of the tree.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// The bytes the node was written in: of a scalar with its quotes or, for a block scalar, its content without the
    /// header; of a collection from its first to its last child or bracket. Anchor and tag are not part of it.
    pub range: TextRange,
    /// The tag as written, such as `!!str`.
    pub tag: Option<Box<str>>,
    /// What the node is.
    pub kind: NodeKind,
}

/// The kinds of node.
#[derive(Clone, PartialEq, Debug)]
pub enum NodeKind {
    /// A single value. An absent value (`key:` with nothing after it) is an empty plain scalar.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<NodeId>),
    /// Keys and values in the order of the file; keys may repeat.
    Mapping(Vec<Entry>),
    /// `*name`: stands for another node. [`Tree::get`] and the walkers look through it.
    Alias(NodeId),
    /// `*name` where no such anchor is, or where following it would pass the alias budget.
    BrokenAlias,
}

/// One key with its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The key's node, a scalar in every file that makes sense.
    pub key: NodeId,
    /// The value's node.
    pub value: NodeId,
}

/// A scalar as the server would read it.
#[derive(Clone, PartialEq, Debug)]
pub struct Scalar {
    /// The decoded value.
    pub value: Arc<str>,
    /// How it was written.
    pub style: ScalarStyle,
    /// From offsets in `value` to bytes of the file.
    pub map: OffsetMap,
}

/// The five ways to write a scalar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum ScalarStyle {
    /// `text`
    Plain,
    /// `'text'`
    SingleQuoted,
    /// `"text"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// A comment, from its `#` to the end of its line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Comment {
    /// The bytes of the comment.
    pub range: TextRange,
}

/// Something wrong with the file as YAML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where.
    pub range: TextRange,
    /// What kind.
    pub kind: ProblemKind,
    /// The fact in people's words.
    pub message: String,
}

/// The kinds of problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProblemKind {
    /// The text is not YAML here; the line was blanked to go on.
    Syntax,
    /// The text is not YAML because of a colon and a blank inside an unquoted expression such as
    /// `<+input>.default(a: b)`. Carries the whole plain scalar that wants quotes.
    UnquotedColon(TextRange),
    /// A comma or bracket inside an unquoted expression ends it, because it stands in a flow collection:
    /// `{value: <+hosts.split(",")>}`. Carries the whole plain scalar that wants quotes.
    FlowCut(TextRange),
    /// Lines that were meant as the text of a block scalar are not indented enough, so that they end it; they were
    /// blanked to go on.
    ShortText {
        /// From the first of the lines to the last.
        lines: TextRange,
        /// How many spaces the lines need in front of them.
        indent: usize,
    },
    /// A key that the same mapping already has; carries the range of the first one.
    DuplicateKey(TextRange),
    /// An alias without anchor.
    UnknownAlias,
    /// An anchor of a value that is not there, which nothing repeats.
    EmptyAnchor,
    /// Deeper, larger or more often aliased than the limits allow; what lies beyond was not read.
    Limit,
}

/// A scalar's meaning under YAML 1.1, as Harness's server reads it.
#[derive(Clone, PartialEq, Debug)]
pub enum Resolved {
    /// `null`, `~` or nothing.
    Null,
    /// `true`, `yes`, `on` … and their opposites.
    Bool(bool),
    /// An integer, octal (`017`) and hexadecimal included, if it fits.
    Int(i64),
    /// A number with a fraction or exponent.
    Float(f64),
    /// Everything else, and everything in quotes or block style.
    Text,
}

impl Tree {
    /// The file the tree was read from.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The root nodes of the file's documents, in order. Empty documents have no root.
    pub fn roots(&self) -> &[NodeId] {
        &self.roots
    }

    /// The comments in the order of the file.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// What is wrong with the file as YAML, in the order of the file.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether a line had to be blanked, so that nodes may be missing.
    pub fn recovered(&self) -> bool {
        self.recovered
    }

    /// Whether a line that had to be blanked may have named something or held what has names. Where it was a comment, a
    /// line of a text or a setting with its value, everything that has a name is still there.
    pub fn may_lack_names(&self) -> bool {
        self.may_lack_names
    }

    /// The lines, or ends of lines, that had to be blanked.
    pub fn blanked(&self) -> &[TextRange] {
        &self.blanked
    }

    /// The node of an id this tree gave out, aliases followed.
    pub fn get(&self, id: NodeId) -> &Node {
        self.raw(self.target(id))
    }

    /// The id of what an alias stands for; of every other node its own.
    pub fn target(&self, id: NodeId) -> NodeId {
        match self.raw(id).kind {
            NodeKind::Alias(target) => target,
            _ => id,
        }
    }

    /// The node itself, aliases not followed. An alias never points at an alias.
    pub fn raw(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Where the node was written; for an alias, where the alias stands.
    pub fn span(&self, id: NodeId) -> Span {
        Span::new(self.file_of(id), self.raw(id).range)
    }

    /// The scalar of a node, if it is one.
    pub fn scalar(&self, id: NodeId) -> Option<&Scalar> {
        match &self.get(id).kind {
            NodeKind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The decoded text of a scalar node.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        self.scalar(id).map(|scalar| &*scalar.value)
    }

    /// The items of a sequence node; empty for every other kind.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match &self.get(id).kind {
            NodeKind::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The entries of a mapping node; empty for every other kind. Merge keys (`<<`) are already applied:
    /// entries of merged mappings come after the mapping's own.
    pub fn entries(&self, id: NodeId) -> &[Entry] {
        match &self.get(id).kind {
            NodeKind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// Every scalar of the file once, keys and values, with the id of its node.
    pub fn scalars(&self) -> impl Iterator<Item = (NodeId, &Scalar)> {
        (0u32..)
            .zip(&self.nodes)
            .filter_map(|(id, node)| match &node.kind {
                NodeKind::Scalar(scalar) => Some((NodeId(id), scalar)),
                _ => None,
            })
    }

    /// Every entry that is written in the file, of all mappings.
    pub fn entries_of_all(&self) -> impl Iterator<Item = &Entry> {
        self.nodes.iter().flat_map(|node| match &node.kind {
            NodeKind::Mapping(entries) => &entries[..],
            _ => &[],
        })
    }

    /// The bytes that a range of a scalar's decoded text was written in, in order; several where it crosses lines.
    /// For a node that is no scalar, the bytes of the node. Of an alias, those of the definition: report there, and say
    /// with [`Tree::aliases_of`] where else it counts.
    pub fn ranges_of(&self, id: NodeId, decoded: TextRange) -> Vec<Span> {
        let ranges = match self.scalar(id) {
            Some(scalar) => scalar.map.ranges(decoded),
            None => vec![self.get(id).range],
        };
        let file = self.file_of(self.target(id));
        ranges
            .into_iter()
            .map(|range| Span::new(file, range))
            .collect()
    }

    /// The smallest span that covers [`Tree::ranges_of`].
    pub fn cover_of(&self, id: NodeId, decoded: TextRange) -> Span {
        let range = match self.scalar(id) {
            Some(scalar) => scalar.map.cover(decoded),
            None => self.get(id).range,
        };
        Span::new(self.file_of(self.target(id)), range)
    }

    /// Every alias of the file, in order: where it stands, and the node it repeats.
    pub fn aliases(&self) -> impl Iterator<Item = (Span, &Node)> {
        self.aliases
            .iter()
            .map(|(alias, target)| (Span::new(self.file, *alias), self.raw(*target)))
    }

    /// Where the file repeats a node by an alias, to it or to a collection it stands in, in the order of the file.
    pub fn aliases_of(&self, id: NodeId) -> impl Iterator<Item = Span> {
        let range = self.get(id).range;
        let is_own = self.file_of(self.target(id)) == self.file;
        self.aliases
            .iter()
            .filter(move |_| is_own)
            .filter(move |(_, target)| self.raw(*target).range.contains_range(range))
            .map(|(alias, _)| Span::new(self.file, *alias))
    }

    /// Whether the node is a mapping.
    pub fn is_mapping(&self, id: NodeId) -> bool {
        matches!(self.get(id).kind, NodeKind::Mapping(_))
    }

    /// Whether the node is a sequence.
    pub fn is_sequence(&self, id: NodeId) -> bool {
        matches!(self.get(id).kind, NodeKind::Sequence(_))
    }

    /// The value of `key` in a mapping node; the first where the key repeats.
    pub fn find(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.entry(id, key).map(|entry| entry.value)
    }

    /// The entry of `key` in a mapping node; the first where the key repeats.
    pub fn entry(&self, id: NodeId, key: &str) -> Option<Entry> {
        self.entries(id)
            .iter()
            .copied()
            .find(|entry| self.text(entry.key) == Some(key))
    }
}
