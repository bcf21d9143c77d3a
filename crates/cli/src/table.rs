//! Aligned columns under headings.

use std::io::{self, Write};

use owo_colors::Style;
use textwrap::core::display_width;

use crate::colour::Palette;
use crate::printable::printable;

/// What stands between two columns.
const GAP: usize = 2;

/// Groups of rows, each under a heading; the columns of a group are aligned.
#[derive(Debug, Default)]
pub(crate) struct Table {
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    heading: String,
    rows: Vec<Vec<Cell>>,
}

/// One field of a row.
#[derive(Debug)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// A field without colour.
    pub(crate) fn plain(text: &str) -> Self {
        Self::styled(text, Style::new())
    }

    /// A field in the colours of `style`.
    pub(crate) fn styled(text: &str, style: Style) -> Self {
        Self {
            text: printable(text).into_owned(),
            style,
        }
    }
}

impl Table {
    /// Adds rows under a heading.
    pub(crate) fn group(&mut self, heading: String, rows: Vec<Vec<Cell>>) {
        self.groups.push(Group { heading, rows });
    }

    /// Writes the table, with an empty line between groups and no blanks at the end of lines.
    pub(crate) fn write(&self, palette: Palette, output: &mut dyn Write) -> io::Result<()> {
        for (place, group) in self.groups.iter().enumerate() {
            let separator = if place == 0 { "" } else { "\n" };
            let heading = printable(&group.heading);
            writeln!(output, "{separator}{}", palette.strong().style(heading))?;
            group.write(output)?;
        }
        Ok(())
    }
}

impl Group {
    fn write(&self, output: &mut dyn Write) -> io::Result<()> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(|column| self.width(column)).collect();
        for row in &self.rows {
            // Blanks are written once something follows them.
            let mut pending = GAP;
            for (cell, width) in row.iter().zip(&widths) {
                if !cell.text.is_empty() {
                    let styled = cell.style.style(&cell.text);
                    write!(output, "{:pending$}{styled}", "")?;
                    pending = 0;
                }
                pending += width + GAP - display_width(&cell.text);
            }
            writeln!(output)?;
        }
        Ok(())
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        let widths = cells.map(|cell| display_width(&cell.text));
        widths.max().unwrap_or(0)
    }
}
