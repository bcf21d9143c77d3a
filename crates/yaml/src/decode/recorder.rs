//! Collects decoded text together with where it came from.

use pipewright_source::{OffsetMap, Segment, TextRange};

/// The decoded text so far and its segments.
pub(super) struct Recorder<'t> {
    source: &'t str,
    text: String,
    segments: Vec<Segment>,
}

impl<'t> Recorder<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        Self {
            source,
            text: String::new(),
            segments: Vec::new(),
        }
    }

    /// Bytes that stand for themselves.
    pub(super) fn verbatim(&mut self, start: usize, end: usize) {
        let source = TextRange::of(start, end);
        if source.is_empty() {
            return;
        }
        let decoded = self.append(source.slice(self.source));
        match self.segments.last_mut() {
            Some(last) if last.verbatim && last.source.end() == source.start() => {
                last.decoded = last.decoded.cover(decoded);
                last.source = last.source.cover(source);
            }
            _ => self.segments.push(Segment {
                decoded,
                source,
                verbatim: true,
            }),
        }
    }

    /// Bytes that stand for something else.
    pub(super) fn replaced(&mut self, text: &str, start: usize, end: usize) {
        let decoded = self.append(text);
        self.segments.push(Segment {
            decoded,
            source: TextRange::of(start, end),
            verbatim: false,
        });
    }

    /// A line break that stays one.
    pub(super) fn line_break(&mut self, start: usize, end: usize) {
        if end - start == 1 && self.source.as_bytes()[start] == b'\n' {
            self.verbatim(start, end);
        } else {
            self.replaced("\n", start, end);
        }
    }

    fn append(&mut self, text: &str) -> TextRange {
        let start = self.text.len();
        self.text.push_str(text);
        TextRange::of(start, self.text.len())
    }

    /// The bytes from the first to the last segment, if there is any.
    pub(super) fn written(&self) -> Option<TextRange> {
        let first = self.segments.first()?.source;
        Some(first.cover(self.segments.last()?.source))
    }

    /// The text and its map.
    pub(super) fn finish(self) -> (String, OffsetMap) {
        let map = match self.segments[..] {
            [only] if only.verbatim => OffsetMap::Identity(only.source.start()),
            _ => OffsetMap::Segments(self.segments),
        };
        (self.text, map)
    }
}

/// The length of the line break at `at`: 0 where there is none.
pub(super) fn break_len(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([b'\r' | b'\n', ..]) => 1,
        _ => 0,
    }
}
