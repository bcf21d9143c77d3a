//! Scalars of a file under repair: their text is the file's, not that of the copy the parser read.

use std::ops::Range;
use std::sync::Arc;

use pipewright_source::{OffsetMap, Segment, TextRange};

use super::recorder::Recorder;

/// Puts back the characters the copy has others for, and takes out the blanks that stand for blanked bytes.
pub(super) fn restore(
    original: &str,
    blanked: &[Range<usize>],
    value: Arc<str>,
    map: OffsetMap,
    range: TextRange,
) -> (Arc<str>, OffsetMap, TextRange) {
    let segments = match map {
        OffsetMap::Whole(_) => {
            let range = widen(original, range);
            return (value, OffsetMap::Whole(range), range);
        }
        OffsetMap::Identity(start) => {
            let decoded = TextRange::of(0, value.len());
            vec![Segment {
                decoded,
                source: decoded.shift(start),
                verbatim: true,
            }]
        }
        OffsetMap::Segments(segments) => segments,
    };
    let mut out = Recorder::new(original);
    for segment in segments {
        let source = segment.source.to_usize();
        if segment.verbatim {
            for part in outside(source, blanked) {
                out.verbatim(part.start, part.end);
            }
        } else {
            out.replaced(segment.decoded.slice(&value), source.start, source.end);
        }
    }
    let (text, map) = out.finish();
    if text.is_empty() {
        let at = widen(original, TextRange::empty(range.start())).start();
        let range = if value.is_empty() {
            range
        } else {
            TextRange::empty(at)
        };
        return ("".into(), OffsetMap::Identity(range.start()), range);
    }
    (text.into(), map, widen(original, range))
}

/// The parts of `range` that were not blanked.
fn outside(range: Range<usize>, blanked: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut parts = vec![range];
    for blank in blanked {
        parts = parts
            .into_iter()
            .flat_map(|part| {
                let before = part.start..part.end.min(blank.start);
                let after = part.start.max(blank.end)..part.end;
                [before, after]
            })
            .filter(|part| part.start < part.end)
            .collect();
    }
    parts
}

/// The range with whole characters at both ends: a row of blanks may be cut where the file has half a character.
fn widen(text: &str, range: TextRange) -> TextRange {
    let (mut start, mut end) = (range.start() as usize, range.end() as usize);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    TextRange::of(start, end)
}
