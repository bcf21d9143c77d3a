//! The lines of one file that a finding shows: those that are marked, nothing else, in the order of the file.

use std::collections::BTreeMap;
use std::ops::Range;

use miette::{LabeledSpan, MietteError, SourceCode};
use pipewright_source::LineIndex;

use super::line;

/// Of a mark over more lines than this only the first is shown.
const MOST_MARKED_LINES: usize = 3;

/// The bytes of a mark that are looked at.
const MOST_MARKED_BYTES: usize = 64 << 10;

/// The marked lines of one file.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    /// The file.
    pub(super) name: String,
    /// The 1-based line and column of the main mark, or of the first where none is.
    pub(super) place: (usize, usize),
    /// The lines by their 1-based numbers.
    pub(super) lines: BTreeMap<usize, MarkedLine<'a>>,
}

/// A line, without its break, and what is marked in it.
#[derive(Debug)]
pub(super) struct MarkedLine<'a> {
    pub(super) text: &'a str,
    pub(super) marks: Vec<Mark>,
}

/// A part of a line that is marked.
#[derive(Debug)]
pub(super) struct Mark {
    /// The bytes of the line.
    pub(super) bytes: Range<usize>,
    /// What to say about it.
    pub(super) label: Option<String>,
    /// Whether it is what the finding is about.
    pub(super) is_main: bool,
}

impl<'a> Excerpt<'a> {
    /// The lines of `source` that `labels` mark, of which there is at least one.
    ///
    /// # Errors
    /// When a label is outside the source.
    pub(super) fn new(
        source: &'a dyn SourceCode,
        labels: &[LabeledSpan],
    ) -> Result<Self, MietteError> {
        let first = labels.iter().position(LabeledSpan::primary).unwrap_or(0);
        let mut excerpt = Self {
            name: String::new(),
            place: (1, 1),
            lines: BTreeMap::new(),
        };
        for (at, label) in labels.iter().enumerate() {
            excerpt.mark(source, label, at == first, label.primary())?;
        }
        for line in excerpt.lines.values_mut() {
            line.marks
                .sort_by_key(|mark| (mark.bytes.start, !mark.is_main));
        }
        Ok(excerpt)
    }

    /// The columns of blanks that all lines begin with, and that no mark touches.
    pub(super) fn indentation(&self) -> usize {
        let of_line = |line: &MarkedLine<'_>| {
            let marks = line.marks.iter();
            let first = marks.map(|mark| line::column(line.text, mark.bytes.start));
            let own = line::indentation(line.text);
            first.chain(own).min()
        };
        self.lines.values().filter_map(of_line).min().unwrap_or(0)
    }

    fn mark(
        &mut self,
        source: &'a dyn SourceCode,
        label: &LabeledSpan,
        is_first: bool,
        is_main: bool,
    ) -> Result<(), MietteError> {
        let contents = source.read_span(label.inner(), 0, 0)?;
        let data = str::from_utf8(contents.data()).map_err(|_| MietteError::OutOfBounds)?;
        let first = contents.line() + 1;
        if is_first {
            self.place = (first, contents.column() + 1);
            contents.name().unwrap_or("").clone_into(&mut self.name);
        }
        let start = label.offset() - contents.span().offset();
        let marked = data.get(start..start + label.len()).unwrap_or("");
        let marked = marked.trim_end_matches(['\n', '\r']).len();
        let parts = parts(data, start..start + marked);
        let count = parts.len();
        for (at, (number, text, bytes)) in parts.into_iter().enumerate() {
            let line = self
                .lines
                .entry(first + number)
                .or_insert_with(|| MarkedLine {
                    text,
                    marks: Vec::new(),
                });
            let is_last = at + 1 == count;
            line.marks.push(Mark {
                bytes,
                label: label.label().filter(|_| is_last).map(str::to_owned),
                is_main,
            });
        }
        Ok(())
    }
}

/// A range of a text by its lines: the number of the line from 0, the line, and the bytes of it. Lines without anything
/// marked are left out, and of many lines all but the first.
fn parts(text: &str, marked: Range<usize>) -> Vec<(usize, &str, Range<usize>)> {
    let looked_at = (marked.start + MOST_MARKED_BYTES).min(marked.end);
    let index = LineIndex::new(&text[..boundary_from(text, looked_at)]);
    let starts = (1..=index.line_count()).filter_map(|line| index.line_start(line));
    let mut starts: Vec<usize> = starts.map(|start| start as usize).collect();
    if starts.len() > MOST_MARKED_LINES {
        starts.truncate(1);
    }
    let mut parts = Vec::new();
    for (number, start) in starts.into_iter().enumerate() {
        let line = line_of(&text[start..]);
        let end = marked.end.saturating_sub(start).min(line.len());
        let begin = if number == 0 {
            marked.start.min(line.len())
        } else {
            line.len() - line.trim_start().len()
        };
        if number == 0 || begin < end {
            parts.push((number, line, begin..end.max(begin)));
        }
    }
    parts
}

/// A text up to its first line break.
fn line_of(text: &str) -> &str {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    &text[..end]
}

/// The first place from `byte` on where a character begins.
fn boundary_from(text: &str, byte: usize) -> usize {
    (byte..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}
