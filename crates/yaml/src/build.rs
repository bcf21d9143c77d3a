//! Puts the parser's events together to nodes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use granit_parser::{Event, Span, StructureStyle};
use pipewright_source::TextRange;

use crate::assemble::Assembly;
use crate::decode::{self, Parsed, Source};
use crate::events::{self, Failure, range_of};
use crate::expansion::{Cost, Expansion, Refusal};
use crate::limits::{MAX_ALIAS_NODES, MAX_DEPTH, MAX_NODES};
use crate::plain;
use crate::{Comment, Node, NodeId, NodeKind, Problem, ProblemKind, ScalarStyle};

/// What was built, and why it ends early if it does.
#[derive(Debug)]
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
    plain::read(source).unwrap_or_else(|| build_by_parser(source))
}

/// [`build`] without the reader of plain lines.
pub(crate) fn build_by_parser(source: Source<'_>) -> Built {
    let mut builder = Builder::new(source);
    let failure = events::run(source.read(), |event, span| builder.event(event, span));
    builder.close_all();
    builder.report_empty_anchors();
    Built {
        nodes: builder.assembly.nodes,
        roots: builder.assembly.roots,
        comments: builder.comments,
        problems: builder.assembly.problems,
        aliases: builder.aliases,
        failure,
    }
}

struct Builder<'t> {
    source: Source<'t>,
    assembly: Assembly,
    comments: Vec<Comment>,
    aliases: Vec<(TextRange, NodeId)>,
    anchors: HashMap<usize, NodeId>,
    expansion: Expansion,
    /// Anchors of values that are not there, with the values.
    empty_anchors: Vec<(NodeId, TextRange)>,
    /// Whether the file was told that its aliases repeat too much: once is enough.
    told_too_many: bool,
    /// The end of the last event but comments.
    after: u32,
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
            assembly: Assembly::default(),
            comments: Vec::new(),
            aliases: Vec::new(),
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
            self.comments.push(Comment { range });
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
                self.start(false, style, range, properties);
            }
            Event::MappingStart(style, anchor, _) => {
                let properties = properties(anchor);
                self.start(true, style, range, properties);
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
        let message = if self.assembly.depth() >= MAX_DEPTH as usize {
            format!("nested more than {MAX_DEPTH} levels deep; nothing from here on was read")
        } else if self.assembly.nodes.len() >= MAX_NODES {
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
        self.assembly.problems.push(Problem {
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
        let kind = NodeKind::Scalar(scalar);
        let id = self.leaf(Node { range, tag, kind }, Cost::LEAF);
        self.remember(anchor, id);
        if anchor != 0 && parsed.range.is_empty() {
            let mark = self.mark_behind(self.after);
            self.empty_anchors.extend(mark.map(|mark| (id, mark)));
        }
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
        let repeated: HashSet<NodeId> = self.aliases.iter().map(|(_, id)| *id).collect();
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
        let is_value = self.assembly.is_value_next();
        let colon = TextRange::new(range.start(), range.start().saturating_add(1));
        if range.is_empty() && is_value && colon.slice(self.source.read()) == ":" {
            return TextRange::empty(colon.end());
        }
        range
    }

    fn start(
        &mut self,
        is_mapping: bool,
        style: StructureStyle,
        range: TextRange,
        properties: Properties,
    ) {
        // The end of a block collection is the end of its last child.
        let range = match style {
            StructureStyle::Flow => range,
            StructureStyle::Block => TextRange::empty(range.start()),
        };
        let id = self.assembly.start(is_mapping, range, properties.tag);
        self.remember(properties.anchor, id);
    }

    fn end(&mut self, range: TextRange) {
        // The end event of a block collection is empty and stands at the next token.
        let bracket = (!range.is_empty()).then_some(range);
        if let Some((id, cost)) = self.assembly.end(bracket) {
            self.expansion.finish(id, cost);
        }
    }

    fn alias(&mut self, anchor: usize, range: TextRange) {
        let depth = self.depth();
        let target = self.anchors.get(&anchor).copied();
        let paid = target
            .ok_or(Refusal::Recursive)
            .and_then(|target| self.expansion.pay(target, depth).map(|cost| (target, cost)));
        let refusal = match paid {
            Ok((target, cost)) => {
                let kind = NodeKind::Alias(target);
                let tag = None;
                self.leaf(Node { range, tag, kind }, cost);
                self.aliases.push((range, target));
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
        let kind = NodeKind::BrokenAlias;
        let tag = None;
        self.leaf(Node { range, tag, kind }, Cost::LEAF);
    }

    fn leaf(&mut self, node: Node, cost: Cost) -> NodeId {
        let id = self.assembly.leaf(node, cost);
        self.expansion.finish(id, cost);
        id
    }

    fn depth(&self) -> u32 {
        u32::try_from(self.assembly.depth()).unwrap_or(u32::MAX)
    }

    fn remember(&mut self, anchor: usize, id: NodeId) {
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
    }

    /// Ends what an error left open.
    fn close_all(&mut self) {
        while self.assembly.depth() > 0 {
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
