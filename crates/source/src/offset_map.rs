//! From offsets in a decoded scalar to bytes of the file it was written in.

use crate::TextRange;

/// A run of decoded text and the bytes it was decoded from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    /// Where the run stands in the decoded text.
    pub decoded: TextRange,
    /// Where it was written in the file. An escape sequence or a folded line break is longer than what it decodes to.
    pub source: TextRange,
    /// Whether the bytes are the same on both sides, so that every offset between maps one to one.
    pub verbatim: bool,
}

/// Maps ranges of a decoded text to ranges of the file.
///
/// Decoded texts are made of segments in order, without gaps on the decoded side. Between two segments the file may
/// hold bytes that decode to nothing (indentation, a line break inside double quotes after a backslash).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OffsetMap {
    /// The decoded text stands in the file as it is, from this byte on.
    Identity(u32),
    /// The decoded text was put together from these segments.
    Segments(Vec<Segment>),
    /// The way back is not known: every range maps to the whole of what was written. Counted, never wrong.
    Whole(TextRange),
}

impl OffsetMap {
    /// The file ranges a range of the decoded text came from, in order, neighbours joined.
    ///
    /// Never empty. A range that crosses folded lines or indentation gives several. An empty range gives one
    /// empty range at its place. Where a range begins or ends inside a segment that is not verbatim, the whole segment
    /// counts.
    pub fn ranges(&self, range: TextRange) -> Vec<TextRange> {
        match self {
            Self::Identity(start) => vec![range.shift(*start)],
            Self::Whole(whole) => vec![*whole],
            Self::Segments(segments) => ranges_in(segments, range),
        }
    }

    /// The smallest file range that covers [`OffsetMap::ranges`].
    pub fn cover(&self, range: TextRange) -> TextRange {
        let ranges = self.ranges(range);
        let first = ranges.first().copied().unwrap_or_default();
        ranges.last().map_or(first, |last| first.cover(*last))
    }

    /// The decoded text that a range of the file came to, which begins or ends with a whole segment where the range
    /// begins or ends in one that is not verbatim. It may reach beyond the text where the range reaches beyond what was
    /// written. `None` where the way back is lost.
    pub fn decoded(&self, range: TextRange) -> Option<TextRange> {
        match self {
            Self::Identity(start) => {
                let back = |offset: u32| offset.saturating_sub(*start);
                Some(TextRange::new(back(range.start()), back(range.end())))
            }
            Self::Whole(_) => None,
            Self::Segments(segments) => {
                let first = segments.partition_point(|of| of.source.end() <= range.start());
                let behind = segments.partition_point(|of| of.source.start() < range.end());
                let touched = segments.get(first..behind)?;
                let (first, last) = (touched.first()?, touched.last()?);
                let skipped = range.start().saturating_sub(first.source.start());
                let left = last.source.end().saturating_sub(range.end());
                let exact = |of: &Segment, bytes: u32| if of.verbatim { bytes } else { 0 };
                let start = first.decoded.start() + exact(first, skipped);
                let end = last.decoded.end() - exact(last, left);
                Some(TextRange::new(start, end))
            }
        }
    }

    /// Whether the bytes in the file for `range` are exactly the decoded text, so that an edit may replace them.
    pub fn is_verbatim(&self, range: TextRange) -> bool {
        match self {
            Self::Identity(_) => true,
            Self::Whole(_) => false,
            Self::Segments(segments) => {
                let mut touched = segments.iter().filter(|segment| touches(segment, range));
                touched.all(|segment| segment.verbatim) && ranges_in(segments, range).len() == 1
            }
        }
    }

    /// Whether the way back is lost.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Whole(_))
    }
}

fn touches(segment: &Segment, range: TextRange) -> bool {
    if range.is_empty() {
        segment.decoded.start() <= range.start() && range.start() <= segment.decoded.end()
    } else {
        segment.decoded.start() < range.end() && range.start() < segment.decoded.end()
    }
}

fn ranges_in(segments: &[Segment], range: TextRange) -> Vec<TextRange> {
    if range.is_empty() {
        return vec![TextRange::empty(point_in(segments, range.start()))];
    }
    let first = segments.partition_point(|segment| segment.decoded.end() <= range.start());
    let mut found: Vec<TextRange> = Vec::new();
    for segment in segments[first..]
        .iter()
        .take_while(|s| s.decoded.start() < range.end())
    {
        let part = if segment.verbatim {
            let start = range.start().max(segment.decoded.start()) - segment.decoded.start();
            let end = range.end().min(segment.decoded.end()) - segment.decoded.start();
            TextRange::new(segment.source.start() + start, segment.source.start() + end)
        } else {
            segment.source
        };
        match found.last_mut() {
            Some(last) if last.end() == part.start() => *last = last.cover(part),
            _ => found.push(part),
        }
    }
    if found.is_empty() {
        found.push(TextRange::empty(point_in(segments, range.start())));
    }
    found
}

fn point_in(segments: &[Segment], offset: u32) -> u32 {
    let at = segments.partition_point(|segment| segment.decoded.end() <= offset);
    match segments.get(at).or(segments.last()) {
        None => 0,
        Some(segment) if offset >= segment.decoded.end() => segment.source.end(),
        Some(segment) if segment.verbatim => {
            segment.source.start() + offset.saturating_sub(segment.decoded.start())
        }
        Some(segment) => segment.source.start(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `"a\tb` + folded line + `c"`, decoded `a<TAB>b c`.
    fn folded() -> OffsetMap {
        let segment = |decoded: (u32, u32), source: (u32, u32), verbatim| Segment {
            decoded: TextRange::new(decoded.0, decoded.1),
            source: TextRange::new(source.0, source.1),
            verbatim,
        };
        OffsetMap::Segments(vec![
            segment((0, 1), (11, 12), true),
            segment((1, 2), (12, 14), false),
            segment((2, 3), (14, 15), true),
            segment((3, 4), (15, 16), false),
            segment((4, 5), (20, 21), true),
        ])
    }

    #[test]
    fn ranges_of_the_file_lead_back() {
        let cases = [
            ((11, 12), Some((0, 1))),
            ((10, 13), Some((0, 2))),
            ((13, 15), Some((1, 3))),
            ((15, 21), Some((3, 5))),
            ((5, 99), Some((0, 5))),
            ((17, 19), None),
        ];
        for ((start, end), expected) in cases {
            let expected = expected.map(|(start, end)| TextRange::new(start, end));
            let range = TextRange::new(start, end);
            assert_eq!(folded().decoded(range), expected, "{range:?}");
        }
        let range = TextRange::new(12, 15);
        assert_eq!(
            OffsetMap::Identity(10).decoded(range),
            Some(TextRange::new(2, 5))
        );
        assert_eq!(OffsetMap::Whole(range).decoded(range), None);
    }

    #[test]
    fn identity_shifts() {
        let map = OffsetMap::Identity(10);
        assert_eq!(map.ranges(TextRange::new(2, 5)), [TextRange::new(12, 15)]);
        assert!(map.is_verbatim(TextRange::new(2, 5)));
    }

    #[test]
    fn a_range_over_a_fold_gives_two_parts() {
        let map = folded();
        assert_eq!(
            map.ranges(TextRange::new(0, 5)),
            [TextRange::new(11, 16), TextRange::new(20, 21)]
        );
        assert_eq!(map.cover(TextRange::new(0, 5)), TextRange::new(11, 21));
        assert!(!map.is_verbatim(TextRange::new(0, 5)));
        assert!(map.is_verbatim(TextRange::new(2, 3)));
        assert!(!map.is_verbatim(TextRange::new(1, 3)));
    }

    #[test]
    fn an_empty_range_is_a_point() {
        let map = folded();
        assert_eq!(map.ranges(TextRange::empty(2)), [TextRange::empty(14)]);
        assert_eq!(map.ranges(TextRange::empty(5)), [TextRange::empty(21)]);
        assert_eq!(map.ranges(TextRange::new(7, 9)), [TextRange::empty(21)]);
    }

    #[test]
    fn a_lost_map_answers_with_everything() {
        let map = OffsetMap::Whole(TextRange::new(3, 30));
        assert_eq!(map.ranges(TextRange::new(1, 2)), [TextRange::new(3, 30)]);
        assert!(!map.is_verbatim(TextRange::new(1, 2)));
    }
}
