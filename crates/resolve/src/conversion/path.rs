//! Paths in expressions: letters, digits, `_`, indexes and islands, joined by dots, of two segments at least.

use std::ops::Range;

use pipewright_source::TextRange;

/// A segment of a path, or an index behind one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Segment {
    pub(super) range: Range<usize>,
    /// Whether it is `[…]`.
    pub(super) is_index: bool,
    /// Whether it is nothing but an island, or holds one.
    pub(super) is_dynamic: bool,
}

/// A path in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Path {
    pub(super) segments: Vec<Segment>,
}

/// A segment of a rewritten path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Written {
    /// The one at this place of the path, as it is.
    Kept(usize),
    /// Another name.
    New(String),
}

impl Path {
    /// Where it stands.
    pub(super) fn range(&self) -> TextRange {
        let first = self
            .segments
            .first()
            .map_or(0, |segment| segment.range.start);
        let last = self
            .segments
            .last()
            .map_or(first, |segment| segment.range.end);
        TextRange::of(first, last)
    }

    /// The segment at a place as it is written.
    pub(super) fn text<'t>(&self, text: &'t str, at: usize) -> Option<&'t str> {
        Some(&text[self.segments.get(at)?.range.clone()])
    }

    /// What has to be written between the segments that are kept. Those keep their order.
    pub(super) fn edits(&self, text: &str, written: &[Written]) -> Vec<(TextRange, String)> {
        let mut edits = Vec::new();
        let whole = self.range();
        let mut end = whole.start() as usize;
        let mut gap = String::new();
        let mut is_first = true;
        for part in written {
            match part {
                Written::New(name) => {
                    if !is_first {
                        gap.push('.');
                    }
                    gap.push_str(name);
                }
                Written::Kept(at) => {
                    let segment = &self.segments[*at];
                    if !is_first && !segment.is_index {
                        gap.push('.');
                    }
                    push(&mut edits, text, end..segment.range.start, &gap);
                    gap.clear();
                    end = segment.range.end;
                }
            }
            is_first = false;
        }
        push(&mut edits, text, end..whole.end() as usize, &gap);
        edits
    }
}

fn push(edits: &mut Vec<(TextRange, String)>, text: &str, range: Range<usize>, gap: &str) {
    if text[range.clone()] == *gap {
        return;
    }
    // What is put in where nothing stood takes the next character along, so that every edit has a place in the file.
    let taken = usize::from(range.is_empty());
    let end = range.end + taken;
    let kept = &text[range.end..end];
    edits.push((TextRange::of(range.start, end), format!("{gap}{kept}")));
}

/// The paths of a part of a text in which these islands stand, from left to right. The name of a method that is called
/// is no part of a path.
pub(super) fn find(text: &str, range: Range<usize>, islands: &[Range<usize>]) -> Vec<Path> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let end = segment_end(text, at, range.end, islands);
        if end == at {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let (path, end) = read(text, at, range.end, islands);
        if path.segments.len() > 1 {
            found.push(path);
        }
        at = end;
    }
    found
}

/// The path that begins somewhere, and where it ends.
fn read(text: &str, start: usize, limit: usize, islands: &[Range<usize>]) -> (Path, usize) {
    let bytes = text.as_bytes();
    let mut segments = Vec::new();
    let mut at = start;
    loop {
        let end = segment_end(text, at, limit, islands);
        if end == at {
            break;
        }
        let mut next = end;
        let before = segments.len();
        segments.push(segment(at..end, false, islands));
        while let Some(close) = index_end(text, next, limit, islands) {
            segments.push(segment(next..close, true, islands));
            next = close;
        }
        if bytes.get(next) == Some(&b'(') && next < limit {
            segments.truncate(before);
            at = next;
            break;
        }
        at = next;
        if next < limit
            && bytes.get(next) == Some(&b'.')
            && segment_end(text, next + 1, limit, islands) > next + 1
        {
            at = next + 1;
        } else {
            break;
        }
    }
    (Path { segments }, at.max(start + 1))
}

fn segment(range: Range<usize>, is_index: bool, islands: &[Range<usize>]) -> Segment {
    let first = islands.partition_point(|island| island.start < range.start);
    let is_dynamic = islands
        .get(first)
        .is_some_and(|island| island.end <= range.end);
    Segment {
        range,
        is_index,
        is_dynamic,
    }
}

/// The end of a run of letters, digits, `_` and islands.
fn segment_end(text: &str, start: usize, limit: usize, islands: &[Range<usize>]) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < limit {
        let island = islands.partition_point(|island| island.start < at);
        match islands.get(island) {
            Some(island) if island.start == at => at = island.end,
            _ if bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_' => at += 1,
            _ => break,
        }
    }
    at
}

/// The end of an index that begins here.
fn index_end(text: &str, start: usize, limit: usize, islands: &[Range<usize>]) -> Option<usize> {
    let bytes = text.as_bytes();
    if start >= limit || bytes[start] != b'[' {
        return None;
    }
    let mut at = start + 1;
    while at < limit {
        let island = islands.partition_point(|island| island.start < at);
        match islands.get(island) {
            Some(island) if island.start == at => at = island.end,
            _ if bytes[at] == b']' => return Some(at + 1),
            _ if bytes[at] == b'\n' => return None,
            _ => at += 1,
        }
    }
    None
}

/// Whether a text is nothing but a path of two segments or more, without islands.
pub(super) fn is_plain(text: &str) -> bool {
    let mut paths = find(text, 0..text.len(), &[]).into_iter();
    paths.next().is_some_and(|path| {
        let names = path.segments.iter().filter(|segment| !segment.is_index);
        names.count() > 1 && path.range() == TextRange::of(0, text.len())
    })
}
