//! Runs the parser over a text: events with byte ranges until the end, the first error or the sink's refusal.

use std::ops::ControlFlow;

use granit_parser::{ErrorKind, Event, Parser, Span, StructureStyle};
use pipewright_source::TextRange;

use crate::limits::{MAX_COMMENT_RUN, MAX_DEPTH};

/// Where and why the parser stopped before the end.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The byte the parser names.
    pub(crate) at: u32,
    /// Its reason.
    pub(crate) kind: ErrorKind,
    /// The last scalar before it.
    pub(crate) last_scalar: Option<TextRange>,
    /// Where the outermost flow collection that was open began.
    pub(crate) open_flow: Option<u32>,
}

impl Failure {
    /// The quote that opened the text in which the parser failed: the first one behind the last scalar.
    pub(crate) fn opening_quote(&self, text: &str) -> Option<usize> {
        let start = self.last_scalar.map_or(0, |scalar| scalar.end() as usize);
        let between = text.get(start..self.at as usize)?;
        let mut comment = false;
        let mut before = ' ';
        for (offset, c) in between.char_indices() {
            match c {
                '\n' | '\r' => comment = false,
                '#' if before.is_whitespace() => comment = true,
                '"' | '\'' if !comment => return Some(start + offset),
                _ => {}
            }
            before = c;
        }
        None
    }
}

/// Feeds every event of `text` to `sink` until it breaks off. `Some` where the text is not YAML.
pub(crate) fn run<'t>(
    text: &'t str,
    mut sink: impl FnMut(Event<'t>, &Span) -> ControlFlow<()>,
) -> Option<Failure> {
    let depth = MAX_DEPTH as usize;
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        max_buffered_comment_events: MAX_COMMENT_RUN,
        flow_nesting_limit: depth,
        block_nesting_limit: depth,
    };
    let mut last_scalar = None;
    let mut after = 0;
    let mut flows: Vec<Option<u32>> = Vec::new();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match event {
            Ok(next) => next,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let open_flow = flows.into_iter().flatten().next();
                return Some(Failure {
                    at: TextRange::of(at, at).start(),
                    kind: error.kind().clone(),
                    last_scalar,
                    // The parser may hold back brackets that could be keys.
                    open_flow: open_flow.or_else(|| open_bracket(text, after, at)),
                });
            }
        };
        if !matches!(event, Event::Comment(..)) {
            after = after.max(range_of(&span).end() as usize);
        }
        match &event {
            Event::Scalar(..) => last_scalar = Some(range_of(&span)),
            Event::SequenceStart(style, ..) | Event::MappingStart(style, ..) => {
                let flow = *style == StructureStyle::Flow;
                flows.push(flow.then(|| range_of(&span).start()));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                flows.pop();
            }
            _ => {}
        }
        if sink(event, &span).is_break() {
            return None;
        }
    }
    None
}

/// The bytes of an event.
pub(crate) fn range_of(span: &Span) -> TextRange {
    let bytes = span
        .byte_range()
        .expect("the parser of a string knows its bytes");
    TextRange::of(bytes.start, bytes.end)
}

/// The outermost bracket that opens in `start..end` and does not close there.
fn open_bracket(text: &str, start: usize, end: usize) -> Option<u32> {
    let between = text.get(start..end)?;
    let mut open: Vec<usize> = Vec::new();
    let mut before = ' ';
    let mut chars = between.char_indices();
    while let Some((offset, c)) = chars.next() {
        let begins = before.is_whitespace() || !open.is_empty();
        match c {
            '#' if before.is_whitespace() => {
                chars.find(|(_, c)| matches!(c, '\n' | '\r'));
            }
            '"' | '\'' if begins => {
                chars.find(|(_, quote)| *quote == c);
            }
            '[' | '{' if begins => open.push(start + offset),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
        before = if c == '#' { '\n' } else { c };
    }
    open.first().map(|at| TextRange::of(*at, *at).start())
}
