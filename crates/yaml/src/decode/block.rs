//! Literal (`|`) and folded (`>`) scalars: indentation, folding and chomping.
//!
//! Where the last line of the file has no line break, the parser adds one to the value. The server's parser does not,
//! and neither does this module.

use std::ops::Range;

use pipewright_source::{OffsetMap, TextRange};

use super::recorder::{Recorder, break_len};
use crate::ScalarStyle;

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

/// Decodes the block scalar that the parser found at `start`, with its header somewhere behind `after`. `None` where
/// that does not give the parser's `value`. Returns the text, its map and the bytes of the content.
pub(super) fn decode(
    text: &str,
    start: u32,
    after: u32,
    style: ScalarStyle,
    value: &str,
) -> Option<(String, OffsetMap, TextRange)> {
    let (chomping, content) = header(text, after as usize, style)?;
    // Without content the parser's place says nothing about indentation, and every line is blank.
    let has_content = value.bytes().any(|byte| byte != b'\n');
    let indent = if has_content {
        column(text, start as usize)
    } else {
        usize::MAX
    };
    let block = content_text(text, content, indent, style, chomping);
    let at_end_of_file = block.end == text.len();
    let equal = value == block.text
        || (at_end_of_file && value.strip_suffix('\n') == Some(block.text.as_str()));
    equal.then_some((block.text, block.map, block.range))
}

/// A block scalar, decoded.
pub(crate) struct BlockText {
    pub(crate) text: String,
    pub(crate) map: OffsetMap,
    /// The bytes of the content.
    pub(crate) range: TextRange,
    /// Where the line behind it begins.
    pub(crate) end: usize,
}

/// Decodes the block scalar whose header stands at `header_at` and whose text begins at `content`, with as many blanks
/// before each line as `indent` says.
pub(crate) fn block_text(
    text: &str,
    header_at: usize,
    content: usize,
    indent: usize,
    style: ScalarStyle,
) -> Option<BlockText> {
    let (chomping, _) = header(text, header_at, style)?;
    Some(content_text(text, content, indent, style, chomping))
}

fn content_text(
    text: &str,
    content: usize,
    indent: usize,
    style: ScalarStyle,
    chomping: Chomping,
) -> BlockText {
    let mut reader = Reader {
        text,
        style,
        out: Recorder::new(text),
        breaks: Vec::new(),
        last: None,
    };
    let end = reader.lines(content, indent);
    reader.chomp(chomping);
    let written = reader.out.written();
    let range = written.unwrap_or(TextRange::of(content, content));
    let (text, map) = reader.out.finish();
    let map = if text.is_empty() {
        OffsetMap::Identity(range.start())
    } else {
        map
    };
    BlockText {
        text,
        map,
        range,
        end,
    }
}

/// Finds the header at or behind `after`; gives its chomping and where the line after it begins.
fn header(text: &str, after: usize, style: ScalarStyle) -> Option<(Chomping, usize)> {
    let indicator = if style == ScalarStyle::Literal {
        b'|'
    } else {
        b'>'
    };
    let bytes = text.as_bytes();
    let mut at = after;
    loop {
        match bytes.get(at)? {
            byte if *byte == indicator => break,
            b'#' => at = line_end(bytes, at),
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            _ => {
                let rest = &bytes[at..];
                at += rest.iter().position(u8::is_ascii_whitespace)?;
            }
        }
    }
    let end = line_end(bytes, at);
    let indicators = bytes[at + 1..end]
        .iter()
        .take_while(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9'));
    let chomping = indicators.fold(Chomping::Clip, |chomping, byte| match byte {
        b'+' => Chomping::Keep,
        b'-' => Chomping::Strip,
        _ => chomping,
    });
    Some((chomping, end + break_len(bytes, end)))
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let length = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    length.map_or(bytes.len(), |length| at + length)
}

fn column(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before
        .iter()
        .rev()
        .take_while(|byte| !matches!(byte, b'\r' | b'\n'))
        .count()
}

struct Reader<'t> {
    text: &'t str,
    style: ScalarStyle,
    out: Recorder<'t>,
    /// Line breaks read and not yet written: the one that ends the last line of text, then one for each empty line.
    breaks: Vec<Range<usize>>,
    /// The last line of text; `None` before the first.
    last: Option<Line>,
}

#[derive(Clone, Copy)]
struct Line {
    /// Whether it begins with a blank, which keeps its neighbours from being folded.
    indented_more: bool,
}

impl Reader<'_> {
    /// Reads lines from `at` on while they belong to the scalar; returns where they end.
    fn lines(&mut self, mut at: usize, indent: usize) -> usize {
        let bytes = self.text.as_bytes();
        while at < bytes.len() {
            let spaces = bytes[at..]
                .iter()
                .take(indent)
                .take_while(|byte| **byte == b' ')
                .count();
            let first = at + spaces;
            let end = line_end(bytes, first);
            if first == end {
                if end == bytes.len() {
                    return end;
                }
            } else if spaces < indent || (indent == 0 && is_document_marker(&bytes[first..])) {
                return at;
            } else {
                self.line(first, end);
            }
            let next = end + break_len(bytes, end);
            if next > end {
                self.breaks.push(end..next);
            }
            at = next;
        }
        at
    }

    fn line(&mut self, start: usize, end: usize) {
        let line = Line {
            indented_more: matches!(self.text.as_bytes()[start], b' ' | b'\t'),
        };
        let folds = self.style == ScalarStyle::Folded
            && !line.indented_more
            && self.last.is_some_and(|last| !last.indented_more);
        let breaks = std::mem::take(&mut self.breaks);
        match &breaks[..] {
            [only] if folds => self.out.replaced(" ", only.start, only.end),
            [_, empty @ ..] if folds => self.keep(empty),
            all => self.keep(all),
        }
        self.out.verbatim(start, end);
        self.last = Some(line);
    }

    fn keep(&mut self, breaks: &[Range<usize>]) {
        for line_break in breaks {
            self.out.line_break(line_break.start, line_break.end);
        }
    }

    fn chomp(&mut self, chomping: Chomping) {
        let breaks = std::mem::take(&mut self.breaks);
        match (chomping, self.last) {
            (Chomping::Keep, _) => self.keep(&breaks),
            (Chomping::Clip, Some(_)) => self.keep(&breaks[..breaks.len().min(1)]),
            _ => {}
        }
    }
}

/// `---` or `...` at the beginning of a line ends even a scalar without indentation.
fn is_document_marker(line: &[u8]) -> bool {
    let marker = line.starts_with(b"---") || line.starts_with(b"...");
    marker && line.get(3).is_none_or(u8::is_ascii_whitespace)
}
