//! Plain block YAML, read line by line in front of the parser.
//!
//! Most pipelines are block mappings and lists, texts, block scalars and comments. For these a line tells everything,
//! or the few lines that a text goes on over. At the first thing that is not known for certain the reader gives up, and
//! the parser reads the file: the parser alone decides what YAML is, and the two are compared over mutated files
//! (`fuzzing::check_plain`).

mod flow;
mod line;
mod outline;
mod several;

use std::sync::Arc;

use pipewright_source::{OffsetMap, TextRange};

use crate::assemble::{Assembly, absent};
use crate::build::Built;
use crate::decode::{Source, block_text, flow_text};
use crate::expansion::Cost;
use crate::limits::MAX_NODES;
use crate::{Comment, Node, NodeKind, ScalarStyle};

use line::{Content, Quoted, is_blank_or_end, plain, quoted};
pub(crate) use outline::outlines;

/// The deepest nesting that is read here, well below what the parser allows.
const MOST_OPEN: usize = 100;

/// Reads a text in which every line is ordinary; `None` where one is not.
pub(crate) fn read(source: Source<'_>) -> Option<Built> {
    let text = source.read();
    if !is_ordinary(text) {
        return None;
    }
    let mut reader = Reader::new(source);
    let mut at = 0;
    while at < text.len() {
        at = reader.line(at)?;
    }
    reader.end_document()?;
    if reader.assembly.nodes.len() >= MAX_NODES {
        return None;
    }
    Some(Built {
        nodes: reader.assembly.nodes,
        roots: reader.assembly.roots,
        comments: reader.comments,
        problems: reader.assembly.problems,
        aliases: Vec::new(),
        failure: None,
    })
}

/// Whether a text has none of the characters that the parser refuses, takes for line breaks or treats in a way of its
/// own.
fn is_ordinary(text: &str) -> bool {
    let is_odd = |byte: u8| (byte < b' ' && byte != b'\n' && byte != b'\t') || byte == 0x7f;
    // Without a way out, so that it runs over many bytes at once.
    let odd = text.bytes().fold(false, |odd, byte| odd | is_odd(byte));
    let is_odd_char = |c: char| {
        matches!(
            c,
            '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    !odd && (text.is_ascii() || !text.chars().any(is_odd_char))
}

struct Reader<'t> {
    source: Source<'t>,
    /// What is read of the source.
    text: &'t str,
    bytes: &'t [u8],
    assembly: Assembly,
    comments: Vec<Comment>,
    open: Vec<Open>,
    document: Document,
}

/// What was read of the document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Document {
    /// Nothing, not even its `---`.
    Nothing,
    /// Its `---`.
    Marker,
    /// Its root, at least in part.
    Root,
}

/// A block collection whose end has not come yet.
#[derive(Clone)]
struct Open {
    is_mapping: bool,
    /// Where its keys or dashes stand: bytes from the beginning of the line.
    column: usize,
    /// Where an absent value would stand, while the value of the last key or dash has not come.
    waits: Option<usize>,
}

impl<'t> Reader<'t> {
    fn new(source: Source<'t>) -> Self {
        let text = source.read();
        Self {
            source,
            text,
            bytes: text.as_bytes(),
            assembly: Assembly::default(),
            comments: Vec::new(),
            open: Vec::new(),
            document: Document::Nothing,
        }
    }

    /// Reads what begins with the line at `start`; gives where the next one begins.
    fn line(&mut self, start: usize) -> Option<usize> {
        let end = line::end(self.bytes, start);
        let mut at = line::skip_spaces(self.bytes, start, end);
        if at == end {
            return Some(end + 1);
        }
        if self.bytes[at] == b'#' {
            self.comment(at, end);
            return Some(end + 1);
        }
        if memchr::memchr(b'\t', &self.bytes[at..end]).is_some() {
            return None;
        }
        if at == start && matches!(self.bytes[at], b'-' | b'.' | b'%') {
            match &self.text[at..end] {
                "---" => return self.begin_document(end),
                line if line.starts_with("---") || line.starts_with("...") => return None,
                line if line.starts_with('%') => return None,
                _ => {}
            }
        }
        while self.bytes[at] == b'-' && is_blank_or_end(self.bytes, at + 1, end) {
            let dash = at;
            at = line::skip_spaces(self.bytes, dash + 1, end);
            self.item(dash - start, dash, at)?;
            if at == end {
                return Some(end + 1);
            }
            if self.bytes[at] == b'#' {
                return None;
            }
        }
        match line::content(self.text, at, end)? {
            Content::Key(key) => {
                self.entry(at - start, at)?;
                match key.quoted {
                    Some(quoted) => self.quoted(at, quoted),
                    None => self.scalar(at, key.end),
                }
                self.wait(key.colon + 1);
                let value = line::skip_spaces(self.bytes, key.colon + 1, end);
                self.value(value, end, value > key.colon + 1)
            }
            Content::Value => {
                // A text alone in a document is the parser's.
                self.close_deeper(at - start, false);
                let open = self.open.last()?;
                if open.waits.is_none() || open.column >= at - start {
                    return None;
                }
                self.value(at, end, true)
            }
        }
    }

    /// Reads the value of a key or dash, which stands at `at` on a line that ends at `end`.
    fn value(&mut self, at: usize, end: usize, is_apart: bool) -> Option<usize> {
        if at == end {
            return Some(end + 1);
        }
        match self.bytes[at] {
            b'#' if is_apart => {
                self.comment(at, end);
                return Some(end + 1);
            }
            b'|' => return self.block_scalar(at, end, ScalarStyle::Literal),
            b'>' => return self.block_scalar(at, end, ScalarStyle::Folded),
            quote @ (b'"' | b'\'') => {
                let quoted = match quoted(self.bytes, at, end, quote) {
                    Some(quoted) => quoted,
                    None => self.quoted_over_lines(at, quote)?,
                };
                let end = line::end(self.bytes, quoted.end);
                self.ends_with(quoted.end, end)?;
                self.given();
                self.quoted(at, quoted);
                return Some(end + 1);
            }
            b'[' | b'{' => {
                self.given();
                let behind = self.flow(at, end)?;
                self.ends_with(behind, end)?;
            }
            _ => {
                let plain = plain(self.bytes, at, end)?;
                if plain.is_key {
                    return None;
                }
                self.given();
                if plain.next < end {
                    self.scalar(at, plain.end);
                    self.comment(plain.next, end);
                    return Some(end + 1);
                }
                let last = self.plain_end(plain.end, end)?;
                if last > plain.end {
                    self.plain_over_lines(at, last);
                } else {
                    self.scalar(at, last);
                }
                return Some(line::end(self.bytes, last) + 1);
            }
        }
        Some(end + 1)
    }

    /// A value on one line ends at `at`: nothing stands behind it but a comment.
    fn ends_with(&mut self, at: usize, end: usize) -> Option<()> {
        let next = line::skip_spaces(self.bytes, at, end);
        if next < end {
            if self.bytes[next] != b'#' || next == at {
                return None;
            }
            self.comment(next, end);
        }
        Some(())
    }

    /// Reads a block scalar whose header stands at `at`; gives where the line behind it begins.
    fn block_scalar(&mut self, at: usize, end: usize, style: ScalarStyle) -> Option<usize> {
        let header = &self.text[at + 1..end];
        let (signs, comment) = match header.find(" #") {
            Some(blank) => (&header[..blank], Some(at + 2 + blank)),
            None => (header, None),
        };
        if !matches!(signs.trim_end_matches(' '), "" | "-" | "+") {
            return None;
        }
        if let Some(comment) = comment {
            self.comment(comment, end);
        }
        let column = self.open.last()?.column;
        let indent = line::indent_of_text(self.bytes, end + 1)?;
        if indent <= column {
            return None;
        }
        let block = block_text(self.text, at, end + 1, indent, style)?;
        self.given();
        self.leaf(block.text.into(), style, block.map, block.range);
        Some(block.end)
    }

    fn begin_document(&mut self, end: usize) -> Option<usize> {
        match self.document {
            Document::Nothing => {}
            // The parser makes an empty document of it.
            Document::Marker => return None,
            Document::Root => self.end_document()?,
        }
        self.document = Document::Marker;
        Some(end + 1)
    }

    fn end_document(&mut self) -> Option<()> {
        // The parser decides what a text without any content is.
        if self.document != Document::Root {
            return None;
        }
        while !self.open.is_empty() {
            self.close();
        }
        Some(())
    }

    /// A dash at `at`, with what stands behind it, or the end of the line, at `behind`.
    fn item(&mut self, column: usize, at: usize, behind: usize) -> Option<()> {
        self.close_deeper(column, true);
        match self.open.last() {
            Some(open) if !open.is_mapping && open.column == column => self.absent(),
            // A list may stand as far left as its key; to the parser it then begins behind its first dash.
            Some(open) if open.is_mapping && open.column == column && open.waits.is_some() => {
                self.start(false, column, behind)?;
            }
            _ => self.begin(false, column, at)?,
        }
        self.wait(behind);
        Some(())
    }

    /// A key at `at`.
    fn entry(&mut self, column: usize, at: usize) -> Option<()> {
        self.close_deeper(column, false);
        match self.open.last() {
            Some(open) if open.is_mapping && open.column == column => self.absent(),
            _ => self.begin(true, column, at)?,
        }
        Some(())
    }

    /// Begins a collection as the root, or where the one around waits for a value and stands further left.
    fn begin(&mut self, is_mapping: bool, column: usize, at: usize) -> Option<()> {
        match self.open.last() {
            Some(open) if open.waits.is_some() && open.column < column => {}
            None if self.document != Document::Root => self.document = Document::Root,
            _ => return None,
        }
        self.start(is_mapping, column, at)
    }

    fn start(&mut self, is_mapping: bool, column: usize, at: usize) -> Option<()> {
        if self.open.len() >= MOST_OPEN {
            return None;
        }
        self.given();
        let place = TextRange::of(at, at);
        self.assembly.start(is_mapping, place, None);
        self.open.push(Open {
            is_mapping,
            column,
            waits: None,
        });
        Some(())
    }

    /// Ends the collections in which nothing at `column` can stand.
    fn close_deeper(&mut self, column: usize, is_dash: bool) {
        while let [around @ .., last] = self.open.as_slice() {
            let is_beside_key = !is_dash
                && !last.is_mapping
                && last.column == column
                && around.last().is_some_and(|open| open.column == column);
            if last.column <= column && !is_beside_key {
                break;
            }
            self.close();
        }
    }

    fn close(&mut self) {
        self.absent();
        self.open.pop();
        self.assembly.end(None);
    }

    /// Puts an absent value where one was waited for.
    fn absent(&mut self) {
        let waits = self.open.last_mut().and_then(|open| open.waits.take());
        if let Some(at) = waits {
            let at = TextRange::of(at, at).start();
            self.assembly.leaf(absent(at), Cost::LEAF);
        }
    }

    /// A value comes next, or is absent at `at`.
    fn wait(&mut self, at: usize) {
        if let Some(open) = self.open.last_mut() {
            open.waits = Some(at);
        }
    }

    /// The value that was waited for is there.
    fn given(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.waits = None;
        }
    }

    fn comment(&mut self, at: usize, end: usize) {
        let range = TextRange::of(at, end);
        self.comments.push(Comment { range });
    }

    /// A plain scalar.
    fn scalar(&mut self, start: usize, end: usize) {
        let range = TextRange::of(start, end);
        let map = OffsetMap::Identity(range.start());
        self.leaf(
            range.slice(self.text).into(),
            ScalarStyle::Plain,
            map,
            range,
        );
    }

    /// A scalar in quotes.
    fn quoted(&mut self, start: usize, quoted: Quoted) {
        let inner = TextRange::of(start + 1, quoted.end - 1);
        let (value, map): (Arc<str>, _) = if quoted.is_escaped {
            let (value, map) = flow_text(self.text, inner, quoted.style);
            (value.into(), map)
        } else {
            let map = OffsetMap::Identity(inner.start());
            (inner.slice(self.text).into(), map)
        };
        let range = TextRange::of(start, quoted.end);
        self.leaf(value, quoted.style, map, range);
    }

    fn leaf(&mut self, value: Arc<str>, style: ScalarStyle, map: OffsetMap, range: TextRange) {
        let (scalar, range) = self.source.scalar(value, style, map, range);
        let (kind, tag) = (NodeKind::Scalar(scalar), None);
        self.assembly.leaf(Node { range, tag, kind }, Cost::LEAF);
    }
}
