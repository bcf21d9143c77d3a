//! Puts the parser's events together to nodes, without recursion.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use granit_parser::{Event, Span, StructureStyle};
use pipewright_source::{OffsetMap, TextRange};

use crate::decode::{self, Parsed, Source};
use crate::duplicates;
use crate::events::{self, Failure, range_of};
use crate::expansion::{Cost, Expansion, Refusal};
use crate::limits::{MAX_ALIAS_NODES, MAX_DEPTH, MAX_NODES};
use crate::merge;
use crate::{Comment, Entry, Node, NodeId, NodeKind, Problem, ProblemKind, Scalar, ScalarStyle};

/// What was built, and why it ends early if it does.
#[derive(Debug, Default)]
pub(crate) struct Built {
    pub(crate) nodes: Vec<Node>,
    pub(crate) roots: Vec<NodeId>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) problems: Vec<Problem>,
    /// Where aliases stand and what they name, in the order of the file.
    pub(crate) aliases: Vec<(TextRange, NodeId)>,
    pub(crate) failure: Option<Failure>,
}

/// Builds the nodes of a text, up to the first error.
pub(crate) fn build(source: Source<'_>) -> Built {
    let mut builder = Builder::new(source);
    let failure = events::run(source.read(), |event, span| builder.event(event, span));
    builder.close_all();
    builder.built.failure = failure;
    builder.report_empty_anchors();
    builder.built
}

struct Builder<'t> {
    source: Source<'t>,
    built: Built,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    expansion: Expansion,
    /// Anchors of values that are not there, with the values.
    empty_anchors: Vec<(NodeId, TextRange)>,
    /// Whether the file was told that its aliases repeat too much: once is enough.
    told_too_many: bool,
    /// The end of the last event but comments.
    after: u32,
}

/// A collection whose end has not come yet.
struct Open {
    id: NodeId,
    children: Children,
    cost: Cost,
}

enum Children {
    Items(Vec<NodeId>),
    Entries {
        entries: Vec<Entry>,
        key: Option<NodeId>,
    },
}

/// The properties before a node.
struct Properties {
    anchor: usize,
    tag: Option<Box<str>>,
}

impl<'t> Builder<'t> {
    fn new(source: Source<'t>) -> Self {
        Self {
            source,
            built: Built::default(),
            open: Vec::new(),
            anchors: HashMap::new(),
            expansion: Expansion::default(),
            empty_anchors: Vec::new(),
            told_too_many: false,
            after: 0,
        }
    }

    fn event(&mut self, event: Event<'t>, span: &Span) -> ControlFlow<()> {
        let range = range_of(span);
        if let Event::Comment(..) = event {
            self.built.comments.push(Comment { range });
            return ControlFlow::Continue(());
        }
        if event.is_node() && self.is_beyond_limits(range) {
            return ControlFlow::Break(());
        }
        // A document without `---` begins, to the parser, where its first scalar's text does, behind its header.
        let is_implicit = matches!(event, Event::DocumentStart(false, _));
        let properties = |anchor| Properties {
            anchor,
            tag: span
                .tag_span()
                .map(|tag| range_of(&tag).slice(self.source.read()).into()),
        };
        match event {
            Event::Scalar(value, style, anchor, _) => {
                let properties = properties(anchor);
                self.scalar(value, scalar_style(style), range, properties);
            }
            Event::SequenceStart(style, anchor, _) => {
                let properties = properties(anchor);
                self.start(NodeKind::Sequence(Vec::new()), style, range, properties);
            }
            Event::MappingStart(style, anchor, _) => {
                let properties = properties(anchor);
                self.start(NodeKind::Mapping(Vec::new()), style, range, properties);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range),
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, range),
            _ => {}
        }
        if !is_implicit {
            self.after = self.after.max(range.end());
        }
        ControlFlow::Continue(())
    }

    /// Whether the node at `range` may not be read any more; says so once.
    fn is_beyond_limits(&mut self, range: TextRange) -> bool {
        let message = if self.open.len() >= MAX_DEPTH as usize {
            format!("nested more than {MAX_DEPTH} levels deep; nothing from here on was read")
        } else if self.built.nodes.len() >= MAX_NODES {
            format!(
                "the file has more than {MAX_NODES} values and keys; nothing from here on was read"
            )
        } else {
            return false;
        };
        self.problem(range, ProblemKind::Limit, message);
        true
    }

    fn problem(&mut self, range: TextRange, kind: ProblemKind, message: String) {
        self.built.problems.push(Problem {
            range,
            kind,
            message,
        });
    }

    fn scalar(
        &mut self,
        value: Cow<'t, str>,
        style: ScalarStyle,
        range: TextRange,
        properties: Properties,
    ) {
        let parsed = Parsed {
            value,
            style,
            range: self.behind_colon(range),
            after: self.after,
        };
        let (scalar, range) = decode::scalar(self.source, &parsed);
        let Properties { anchor, tag } = properties;
        let id = self.push(Node {
            range,
            tag,
            kind: NodeKind::Scalar(scalar),
        });
        self.expansion.finish(id, Cost::LEAF);
        self.remember(anchor, id);
        if anchor != 0 && parsed.range.is_empty() {
            let mark = self.mark_behind(self.after);
            self.empty_anchors.extend(mark.map(|mark| (id, mark)));
        }
        self.place(id, Cost::LEAF);
    }

    /// The anchor behind `start` on its line.
    fn mark_behind(&self, start: u32) -> Option<TextRange> {
        let text = self.source.read();
        let start = start as usize;
        let line = text.get(start..)?.lines().next()?;
        let mark = line.find('&')?;
        let length = line[mark..].find([' ', '\t', ',', ']', '}']);
        let length = length.unwrap_or(line.len() - mark);
        Some(TextRange::of(start + mark, start + mark + length))
    }

    /// An anchor that marks nothing and that nothing repeats was meant as text.
    fn report_empty_anchors(&mut self) {
        let repeated: HashSet<NodeId> = self.built.aliases.iter().map(|(_, id)| *id).collect();
        for (id, range) in std::mem::take(&mut self.empty_anchors) {
            if repeated.contains(&id) {
                continue;
            }
            let name = range.slice(self.source.read());
            let message = format!(
                "`{name}` marks a value to be repeated, and there is none; put the text in quotes if no anchor is meant"
            );
            self.problem(range, ProblemKind::EmptyAnchor, message);
        }
    }

    /// The parser puts an absent value before the colon of its key.
    fn behind_colon(&self, range: TextRange) -> TextRange {
        let is_value = self
            .open
            .last()
            .is_some_and(|open| matches!(open.children, Children::Entries { key: Some(_), .. }));
        let colon = TextRange::new(range.start(), range.start().saturating_add(1));
        if range.is_empty() && is_value && colon.slice(self.source.read()) == ":" {
            return TextRange::empty(colon.end());
        }
        range
    }

    fn start(
        &mut self,
        kind: NodeKind,
        style: StructureStyle,
        range: TextRange,
        properties: Properties,
    ) {
        let children = match kind {
            NodeKind::Mapping(_) => Children::Entries {
                entries: Vec::new(),
                key: None,
            },
            _ => Children::Items(Vec::new()),
        };
        // The end of a block collection is the end of its last child.
        let range = match style {
            StructureStyle::Flow => range,
            StructureStyle::Block => TextRange::empty(range.start()),
        };
        let Properties { anchor, tag } = properties;
        let id = self.push(Node { range, tag, kind });
        self.remember(anchor, id);
        self.open.push(Open {
            id,
            children,
            cost: Cost::COLLECTION,
        });
    }

    fn end(&mut self, range: TextRange) {
        let Some(Open { id, children, cost }) = self.open.pop() else {
            return;
        };
        let kind = match children {
            Children::Items(items) => NodeKind::Sequence(items),
            Children::Entries { entries, key } => {
                let entries = self.with_last_key(entries, key);
                duplicates::find(&self.built.nodes, &entries, &mut self.built.problems);
                NodeKind::Mapping(merge::apply(&self.built.nodes, entries))
            }
        };
        let node = &mut self.built.nodes[id.0 as usize];
        node.kind = kind;
        // The end event of a block collection is empty and stands at the next token.
        if !range.is_empty() {
            node.range = node.range.cover(range);
        }
        self.expansion.finish(id, cost);
        self.place(id, cost);
    }

    /// A key whose value was not reached has an absent value.
    fn with_last_key(&mut self, mut entries: Vec<Entry>, key: Option<NodeId>) -> Vec<Entry> {
        if let Some(key) = key {
            let at = self.built.nodes[key.0 as usize].range.end();
            let absent = Scalar {
                value: "".into(),
                style: ScalarStyle::Plain,
                map: OffsetMap::Identity(at),
            };
            let range = TextRange::empty(at);
            let value = self.push(Node {
                range,
                tag: None,
                kind: NodeKind::Scalar(absent),
            });
            self.expansion.finish(value, Cost::LEAF);
            entries.push(Entry { key, value });
        }
        entries
    }

    fn alias(&mut self, anchor: usize, range: TextRange) {
        let depth = self.depth();
        let target = self.anchors.get(&anchor).copied();
        let paid = target
            .ok_or(Refusal::Recursive)
            .and_then(|target| self.expansion.pay(target, depth).map(|cost| (target, cost)));
        let refusal = match paid {
            Ok((target, cost)) => {
                let id = self.push(Node {
                    range,
                    tag: None,
                    kind: NodeKind::Alias(target),
                });
                self.expansion.finish(id, cost);
                self.built.aliases.push((range, target));
                self.place(id, cost);
                return;
            }
            Err(refusal) => refusal,
        };
        let name = range.slice(self.source.read());
        let message = match refusal {
            Refusal::Recursive => {
                format!("`{name}` stands inside the value it repeats, so that it has no end")
            }
            Refusal::TooDeep => format!(
                "`{name}` repeats a value that reaches more than {MAX_DEPTH} levels deep here; it was not followed"
            ),
            Refusal::TooMany => format!(
                "the aliases of this file repeat more than {MAX_ALIAS_NODES} values and keys; `{name}` was not followed, \
                 nor is any alias after it that would repeat too much"
            ),
        };
        let is_told =
            refusal == Refusal::TooMany && std::mem::replace(&mut self.told_too_many, true);
        if !is_told {
            self.problem(range, ProblemKind::Limit, message);
        }
        self.broken_alias(range);
    }

    fn unknown_alias(&mut self, name: &str, range: TextRange) {
        let message = format!(
            "`*{name}` repeats a value marked `&{name}`, and nothing before it in this document is; \
             put the text in quotes if no alias is meant"
        );
        self.problem(range, ProblemKind::UnknownAlias, message);
        self.broken_alias(range);
    }

    fn broken_alias(&mut self, range: TextRange) {
        let id = self.push(Node {
            range,
            tag: None,
            kind: NodeKind::BrokenAlias,
        });
        self.expansion.finish(id, Cost::LEAF);
        self.place(id, Cost::LEAF);
    }

    fn depth(&self) -> u32 {
        u32::try_from(self.open.len()).unwrap_or(u32::MAX)
    }

    fn push(&mut self, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.built.nodes.len()).expect("MAX_NODES fits"));
        self.built.nodes.push(node);
        id
    }

    fn remember(&mut self, anchor: usize, id: NodeId) {
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
    }

    /// Gives a finished node to the collection it stands in.
    fn place(&mut self, id: NodeId, cost: Cost) {
        let Some(parent) = self.open.last_mut() else {
            self.built.roots.push(id);
            return;
        };
        parent.cost.add(cost);
        match &mut parent.children {
            Children::Items(items) => items.push(id),
            Children::Entries { entries, key } => match key.take() {
                Some(key) => entries.push(Entry { key, value: id }),
                None => *key = Some(id),
            },
        }
        let range = self.built.nodes[id.0 as usize].range;
        let parent = &mut self.built.nodes[parent.id.0 as usize];
        parent.range = parent.range.cover(range);
    }

    /// Ends what an error left open.
    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.end(TextRange::default());
        }
    }
}

fn scalar_style(style: granit_parser::ScalarStyle) -> ScalarStyle {
    match style {
        granit_parser::ScalarStyle::Plain => ScalarStyle::Plain,
        granit_parser::ScalarStyle::SingleQuoted => ScalarStyle::SingleQuoted,
        granit_parser::ScalarStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
        granit_parser::ScalarStyle::Literal => ScalarStyle::Literal,
        granit_parser::ScalarStyle::Folded => ScalarStyle::Folded,
    }
}
