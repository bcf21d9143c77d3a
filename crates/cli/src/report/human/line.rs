//! One line of a file as a screen shows it: tabs as blanks, hidden characters as escapes, common indentation left out,
//! and where it is too long, the part around its marks.

use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

use crate::printable::{is_hidden, push_visible};

/// A tab leads to the next multiple of this column.
const TAB: usize = 4;

/// The bytes looked at on either side of where a mark begins: more than any screen shows.
const REACH: usize = 4096;

/// Columns shown before a mark, and behind it, where a line is cut.
const LEAD: usize = 8;

/// The columns a line has, and what stands for what was cut away.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room<'a> {
    /// Columns for the text of a line.
    pub(super) columns: usize,
    /// Columns of blanks that every shown line begins with, and that are left out.
    pub(super) indentation: usize,
    /// Stands for what was cut away.
    pub(super) cut: &'a str,
}

/// A line, and where its marks stand in it.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct ShownLine {
    pub(super) text: String,
    /// The columns of each mark from 0, at least one.
    pub(super) marks: Vec<Range<usize>>,
}

/// Part of a line with the column of each character.
#[derive(Debug, Default)]
struct Cells {
    shown: String,
    /// Where a character begins: in the line, in `shown`, and on the screen.
    list: Vec<Cell>,
    width: usize,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    byte: usize,
    at: usize,
    column: usize,
}

impl Cells {
    fn new(line: &str, bytes: Range<usize>) -> Self {
        let mut made = Self::default();
        let start = bytes.start;
        for (at, c) in line[bytes].char_indices() {
            let width = width(c, made.width);
            // What has no width belongs to the character before it.
            if width > 0 || made.list.is_empty() {
                made.list.push(Cell {
                    byte: start + at,
                    at: made.shown.len(),
                    column: made.width,
                });
            }
            match c {
                '\t' => made.shown.extend(std::iter::repeat_n(' ', width)),
                c => push_visible(&mut made.shown, c),
            }
            made.width += width;
        }
        made
    }

    /// The column of a byte of the line.
    fn column(&self, byte: usize) -> usize {
        let at = self.list.partition_point(|cell| cell.byte < byte);
        self.list.get(at).map_or(self.width, |cell| cell.column)
    }

    /// The first column from `column` on where a character begins or the line ends.
    fn boundary_from(&self, column: usize) -> usize {
        let at = self.list.partition_point(|cell| cell.column < column);
        self.list.get(at).map_or(self.width, |cell| cell.column)
    }

    /// The last column up to `column` where a character begins or the line ends.
    fn boundary_until(&self, column: usize) -> usize {
        if column >= self.width {
            return self.width;
        }
        let after = self.list.partition_point(|cell| cell.column <= column);
        let before = after.checked_sub(1).and_then(|at| self.list.get(at));
        before.map_or(0, |cell| cell.column)
    }

    /// What stands between two columns where characters begin.
    fn between(&self, columns: Range<usize>) -> &str {
        let at = |column| {
            let place = self.list.partition_point(|cell| cell.column < column);
            self.list
                .get(place)
                .map_or(self.shown.len(), |cell| cell.at)
        };
        let (start, end) = (at(columns.start), at(columns.end));
        &self.shown[start..end.max(start)]
    }
}

/// The columns of a character that begins at `column`.
fn width(c: char, column: usize) -> usize {
    match c {
        '\t' => TAB - column % TAB,
        c if is_hidden(c) => c.escape_unicode().count(),
        c => c.width().unwrap_or(0),
    }
}

/// The columns of the blanks that a line begins with; `None` where it has nothing else.
pub(super) fn indentation(line: &str) -> Option<usize> {
    let mut column = 0;
    for c in line.chars() {
        match c {
            ' ' | '\t' => column += width(c, column),
            _ => return Some(column),
        }
    }
    None
}

/// The column of a byte of a line that is not behind more than the bytes looked at.
pub(super) fn column(line: &str, byte: usize) -> usize {
    let end = boundary_before(line, byte.min(REACH));
    Cells::new(line, 0..end).width
}

/// A line with marks at these bytes of it, at least one, the first of them the one to be seen at any rate.
pub(super) fn shown(line: &str, marks: &[Range<usize>], room: Room<'_>) -> ShownLine {
    let first = marks.first().cloned().unwrap_or(0..0);
    let start = boundary_before(line, first.start.saturating_sub(REACH));
    let end = boundary_before(line, first.start.saturating_add(REACH).min(line.len()));
    let cells = Cells::new(line, start..end);
    let columns = |mark: &Range<usize>| {
        let start = cells.column(mark.start);
        start..cells.column(mark.end).max(start + 1)
    };
    let marks: Vec<Range<usize>> = marks.iter().map(columns).collect();
    let origin = if start == 0 { room.indentation } else { 0 };
    let cut = room.cut.chars().count();
    let window = window(&cells, &marks, origin, (start > 0, end < line.len()), room);

    let (lead, tail) = (window.is_cut.0, window.is_cut.1);
    let lead_columns = if lead { cut } else { 0 };
    let tail_columns = if tail { cut } else { 0 };
    let visible = window.columns;
    let mut text = String::new();
    if lead {
        text.push_str(room.cut);
    }
    text.push_str(cells.between(visible.clone()));
    if tail {
        text.push_str(room.cut);
    }
    let place = |column: usize| {
        if column < visible.start {
            0
        } else if column > visible.end && tail {
            lead_columns + visible.len() + tail_columns
        } else {
            column - visible.start + lead_columns
        }
    };
    let marks = marks.iter().map(|mark| {
        let end = place(mark.end);
        let start = place(mark.start).min(end.saturating_sub(1));
        start..end.max(start + 1)
    });
    ShownLine {
        marks: marks.collect(),
        text,
    }
}

/// The columns of a line that are shown, and whether something is cut away before and behind them.
struct Window {
    columns: Range<usize>,
    is_cut: (bool, bool),
}

fn window(
    cells: &Cells,
    marks: &[Range<usize>],
    origin: usize,
    is_cut: (bool, bool),
    room: Room<'_>,
) -> Window {
    let cut = room.cut.chars().count();
    let last = marks.iter().map(|mark| mark.end).max().unwrap_or(0);
    let needed = cells.width.max(last).saturating_sub(origin);
    if needed <= room.columns && is_cut == (false, false) {
        return Window {
            columns: origin..cells.width,
            is_cut,
        };
    }
    let first = marks.iter().map(|mark| mark.start).min().unwrap_or(0);
    let mut focus = first..last;
    if focus.len() + 2 * cut > room.columns {
        focus = marks.first().cloned().unwrap_or(0..0);
    }
    let mut start = origin;
    if is_cut.0 || focus.end - origin.min(focus.end) + cut > room.columns {
        let tail = LEAD.min(cells.width.saturating_sub(focus.end));
        let wanted = (focus.end + tail + 2 * cut).saturating_sub(room.columns);
        let lead = focus.start.saturating_sub(LEAD.min(room.columns / 4));
        start = cells.boundary_from(wanted.min(lead)).max(origin);
    }
    let is_cut_before = is_cut.0 || start > origin;
    let columns = room.columns - if is_cut_before { cut } else { 0 };
    if !is_cut.1 && cells.width.max(last).saturating_sub(start) <= columns {
        return Window {
            columns: start..cells.width,
            is_cut: (is_cut_before, false),
        };
    }
    let end = cells.boundary_until(start + columns.saturating_sub(cut));
    Window {
        columns: start..end.max(start),
        is_cut: (is_cut_before, is_cut.1 || end < cells.width),
    }
}

/// The last place up to `byte` where a character begins.
fn boundary_before(line: &str, byte: usize) -> usize {
    (0..=byte)
        .rev()
        .find(|at| line.is_char_boundary(*at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(marked: &str, columns: usize, indentation: usize) -> String {
        let start = marked.find('‹').unwrap();
        let end = marked.find('›').unwrap() - '‹'.len_utf8();
        let line = marked.replace(['‹', '›'], "");
        let room = Room {
            columns,
            indentation,
            cut: "…",
        };
        let ShownLine { text, marks } = shown(&line, std::slice::from_ref(&(start..end)), room);
        let (before, width) = (" ".repeat(marks[0].start), marks[0].len());
        format!("{text}\n{before}{}", "^".repeat(width))
    }

    #[test]
    fn a_line_is_shown_around_its_mark() {
        let cases = [
            ("    a: ‹b› c", 20, 4, "a: b c\n   ^"),
            (
                "0123456789‹ab›0123456789",
                16,
                0,
                "0123456789ab012…\n          ^^",
            ),
            ("0123456789‹ab›0123456789", 12, 0, "…789ab01234…\n    ^^"),
            ("‹abc›0123456789", 8, 0, "abc0123…\n^^^"),
            ("0123456789abc‹d›", 8, 0, "…89abcd\n      ^"),
            ("01234567‹›", 8, 0, "…34567\n      ^"),
            ("日本‹語›x", 20, 0, "日本語x\n    ^^"),
            ("a\t‹b›", 20, 0, "a   b\n    ^"),
            ("\u{1B}‹b›", 20, 0, "\\u{1b}b\n      ^"),
            ("e\u{301}‹b›", 20, 0, "e\u{301}b\n ^"),
        ];
        for (line, columns, indentation, expected) in cases {
            assert_eq!(show(line, columns, indentation), expected, "{line}");
        }
    }

    #[test]
    fn no_line_is_wider_than_its_room() {
        let text: String = "ab日\u{1B}é\t😀".repeat(9);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for columns in 20..60 {
            for (number, start) in places.iter().enumerate() {
                for end in &places[number..] {
                    let room = Room {
                        columns,
                        indentation: 0,
                        cut: "…",
                    };
                    let found = shown(&text, std::slice::from_ref(&(*start..*end)), room);
                    let width = textwrap::core::display_width(&found.text);
                    assert!(width <= columns, "{columns} {start} {end}: {found:?}");
                    assert!(
                        found.marks[0].end <= columns,
                        "{columns} {start} {end}: {found:?}"
                    );
                }
            }
        }
    }
}
