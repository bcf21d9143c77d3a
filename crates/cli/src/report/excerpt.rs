//! The part of a file that a finding shows: the marked lines and their neighbours, nothing else.
//!
//! miette would read the whole file for every snippet, print a line of ten megabytes as it is, and hand escape
//! sequences to the terminal. So it is given this small copy instead, in which long lines are cut to a window around
//! the mark, long marks are cut to their first line, and hidden characters are escapes. Line and column stay those of
//! the file.

use std::collections::BTreeSet;
use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use pipewright_source::{SourceFile, TextRange};

use crate::layout::wrapping;
use crate::printable::{printable, push_visible, visible_len};

/// Lines shown before and after a marked one.
pub(super) const CONTEXT_LINES: usize = 1;

/// Columns miette needs beside the text for line numbers and the lines it draws.
const GUTTER: usize = 12;

/// Characters kept before the mark where a line is cut.
const LEAD: usize = 16;

/// The narrowest column a label is wrapped to.
const LABEL_COLUMNS: usize = 28;

/// A mark over more lines than this is cut to its first line.
const MAX_MARKED_LINES: u32 = 6;

/// Stands for what was cut away.
const CUT: char = '…';

/// A range of the file to mark, and what to say there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'a> {
    range: TextRange,
    label: Option<&'a str>,
}

impl<'a> Mark<'a> {
    /// Marks `range` of a file.
    pub(super) const fn new(range: TextRange, label: Option<&'a str>) -> Self {
        Self { range, label }
    }
}

/// A few lines of a file, with marks.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    rows: Vec<Row>,
    labels: Vec<LabeledSpan>,
    /// The 0-based column in the file of each label, in Unicode scalar values.
    columns: Vec<usize>,
}

/// One line of the file and where its copy stands in the excerpt, line break included.
#[derive(Debug)]
struct Row {
    /// The 1-based line.
    number: u32,
    /// The bytes of the copy.
    copy: Range<usize>,
    /// The bytes of the file that were copied.
    source: Range<usize>,
    /// Bytes of the mark for a cut at the beginning.
    lead: usize,
}

impl Excerpt {
    /// The lines around `marks`, of which the first is the main one, for a screen of `columns`.
    pub(super) fn new(file: &SourceFile, marks: &[Mark<'_>], columns: usize) -> Self {
        let columns = columns.saturating_sub(GUTTER).max(LABEL_COLUMNS);
        let marks: Vec<Mark<'_>> = marks.iter().map(|mark| clipped(file, *mark)).collect();
        let mut excerpt = Self {
            name: printable(file.name()).into_owned(),
            text: String::new(),
            rows: Vec::new(),
            labels: Vec::new(),
            columns: Vec::new(),
        };
        for number in wanted_lines(file, &marks) {
            excerpt.add_row(file, number, &marks, columns);
        }
        for (at, mark) in marks.iter().enumerate() {
            excerpt.add_label(file, *mark, at == 0, columns);
        }
        excerpt
    }

    /// The marks in the excerpt's own offsets.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.labels.iter().cloned()
    }

    fn add_row(&mut self, file: &SourceFile, number: u32, marks: &[Mark<'_>], columns: usize) {
        let line = line_bytes(file, number);
        let focus = marks
            .iter()
            .filter(|mark| touches(mark.range.to_usize(), &line))
            .map(|mark| mark.range.to_usize())
            .min_by_key(|range| range.start);
        let source = window(file.text(), &line, focus, columns);
        let start = self.text.len();
        if source.start > line.start {
            self.text.push(CUT);
        }
        let lead = self.text.len() - start;
        for c in file.text()[source.clone()].chars() {
            push_visible(&mut self.text, c);
        }
        if source.end < line.end {
            self.text.push(CUT);
        }
        self.text.push('\n');
        self.rows.push(Row {
            number,
            copy: start..self.text.len(),
            source,
            lead,
        });
    }

    fn add_label(&mut self, file: &SourceFile, mark: Mark<'_>, is_main: bool, columns: usize) {
        let range = mark.range.to_usize();
        let start = self.place(file, range.start);
        let end = self.place(file, range.end).max(start);
        let row = self.row_at(start);
        let used = self.rows.get(row).map_or(0, |row| {
            let before = &self.text[row.copy.start..start];
            let marked = self.text[start..end.min(row.copy.end)].chars().count();
            before.chars().count() + marked / 2
        });
        let is_one_line = self.row_at(end) == row;
        let room = if is_one_line {
            columns.saturating_sub(used)
        } else {
            columns
        };
        let label = mark.label.map(|label| {
            let label = printable(label);
            textwrap::wrap(&label, wrapping(room.max(LABEL_COLUMNS))).join("\n")
        });
        let span = SourceSpan::from(start..end);
        self.labels.push(if is_main {
            LabeledSpan::new_primary_with_span(label, span)
        } else {
            LabeledSpan::new_with_span(label, span)
        });
        let at = file.line_index().scalar(file.text(), mark.range.start());
        self.columns.push(at.column as usize - 1);
    }

    /// Where an offset of the file stands in the excerpt; what was cut away stands at the cut.
    fn place(&self, file: &SourceFile, offset: usize) -> usize {
        let line = u32::try_from(offset).map_or(u32::MAX, |offset| file.line_index().line(offset));
        let Some(row) = self.rows.iter().find(|row| row.number == line) else {
            return 0;
        };
        let offset = offset.clamp(row.source.start, row.source.end);
        let before = file.text().get(row.source.start..offset).unwrap_or("");
        let copied: usize = before.chars().map(visible_len).sum();
        row.copy.start + row.lead + copied
    }

    /// The index of the row that holds an offset of the excerpt.
    fn row_at(&self, offset: usize) -> usize {
        let after = self.rows.partition_point(|row| row.copy.start <= offset);
        after.saturating_sub(1)
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let mut first = self.row_at(span.offset());
        let mut last = self.row_at(span.offset() + span.len());
        let are_neighbours = |a: usize, b: usize| {
            let (a, b) = (self.rows.get(a), self.rows.get(b));
            a.zip(b).is_some_and(|(a, b)| a.number + 1 == b.number)
        };
        if !(first..last).all(|row| are_neighbours(row, row + 1)) {
            return Err(MietteError::OutOfBounds);
        }
        for _ in 0..lines_before {
            if first > 0 && are_neighbours(first - 1, first) {
                first -= 1;
            }
        }
        for _ in 0..lines_after {
            if are_neighbours(last, last + 1) {
                last += 1;
            }
        }
        let rows = self.rows.get(first..=last).unwrap_or(&[]);
        let ([top, ..], [.., bottom]) = (rows, rows) else {
            return Err(MietteError::OutOfBounds);
        };
        let copy = top.copy.start..bottom.copy.end;
        // Without lines around it the span is asked for its own position, which stands in the header.
        let column = if lines_before + lines_after == 0 {
            let labels = self.labels.iter().zip(&self.columns);
            let mut at_span = labels.filter(|(label, _)| label.offset() == span.offset());
            at_span.next().map_or(0, |(_, column)| *column)
        } else {
            0
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &self.text.as_bytes()[copy.clone()],
            SourceSpan::from(copy),
            top.number as usize - 1,
            column,
            rows.len(),
        )))
    }
}

/// The mark without a line break at its end, and only on its first line where it is long.
fn clipped<'a>(file: &SourceFile, mark: Mark<'a>) -> Mark<'a> {
    let index = file.line_index();
    let text = mark.range.slice(file.text());
    let trimmed = text.trim_end_matches(['\n', '\r']).len();
    let start = mark.range.start() as usize;
    let mut end = start + trimmed;
    let first_line = index.line(mark.range.start());
    let last_line = u32::try_from(end).map_or(u32::MAX, |end| index.line(end));
    if last_line - first_line >= MAX_MARKED_LINES {
        end = line_bytes(file, first_line).end.max(start);
    }
    Mark {
        range: TextRange::of(start, end),
        label: mark.label,
    }
}

/// The 1-based numbers of the lines the marks stand on and of those around them: first the lines around the main mark,
/// so that the first place on the screen is that of the finding, then the others from top to bottom.
fn wanted_lines(file: &SourceFile, marks: &[Mark<'_>]) -> Vec<u32> {
    let index = file.line_index();
    let context = u32::try_from(CONTEXT_LINES).unwrap_or(1);
    // The line after the last line break is empty: worth showing only where it is marked.
    let is_last_empty = file.text().ends_with(['\n', '\r']);
    let last_line = index.line_count() - u32::from(is_last_empty);
    let around = |mark: &Mark<'_>| {
        let (first, last) = (index.line(mark.range.start()), index.line(mark.range.end()));
        let above = first.saturating_sub(context).max(1);
        let below = last.saturating_add(context).min(last_line).max(last);
        above..=below
    };
    let lines: BTreeSet<u32> = marks.iter().flat_map(around).collect();
    let lines: Vec<u32> = lines.into_iter().collect();
    let mut runs: Vec<&[u32]> = lines.chunk_by(|a, b| a + 1 == *b).collect();
    let main = marks.first().map(|mark| index.line(mark.range.start()));
    runs.sort_by_key(|run| main.is_none_or(|main| !run.contains(&main)));
    runs.concat()
}

/// The bytes of a 1-based line without its line break.
fn line_bytes(file: &SourceFile, number: u32) -> Range<usize> {
    let index = file.line_index();
    let start = index.line_start(number).map_or(0, |start| start as usize);
    let end = index
        .line_start(number + 1)
        .map_or(file.text().len(), |end| end as usize);
    let line = file.text().get(start..end).unwrap_or("");
    start..start + line.trim_end_matches(['\n', '\r']).len()
}

/// Whether a mark stands, at least with one of its ends, on a line. An empty mark at the end of the line does.
fn touches(mark: Range<usize>, line: &Range<usize>) -> bool {
    mark.start <= line.end && line.start <= mark.end
}

/// The bytes of `line` to show on `columns`: as much of its beginning as leaves room for `focus` and its label.
fn window(
    text: &str,
    line: &Range<usize>,
    focus: Option<Range<usize>>,
    columns: usize,
) -> Range<usize> {
    let focus = focus.map_or(line.start..line.start, |focus| {
        let start = focus.start.clamp(line.start, line.end);
        start..focus.end.clamp(start, line.end)
    });
    let marked = text[focus.clone()].chars().take(columns).count();
    let room = columns.saturating_sub(marked.max(marked / 2 + LABEL_COLUMNS));
    let mut backward = text[line.start..focus.start].char_indices().rev();
    let start = match backward.nth(room.max(LEAD)) {
        Some((at, c)) => line.start + at + c.len_utf8(),
        None => line.start,
    };
    let mut forward = text[start..line.end].char_indices();
    let end = forward.nth(columns).map_or(line.end, |(at, _)| start + at);
    start..end
}
