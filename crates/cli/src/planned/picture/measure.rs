//! How large everything is.

use pipewright_simulate::Kind;

use super::super::boxes::PlanBox;

/// Pixels between boxes, and between a frame and what is in it.
pub(super) const GAP: usize = 16;
/// Pixels of a frame's title.
pub(super) const TITLE: usize = 26;
/// Pixels between a lane and what is in it.
pub(super) const LANE: usize = 6;
/// Pixels of a step's box, from top to bottom.
const STEP: usize = 34;
/// The least and the most pixels of a box from left to right.
const WIDTHS: (usize, usize) = (120, 280);
/// Pixels of a character, of a wide kind of letters.
const CHARACTER: usize = 7;
/// Pixels beside a title.
const MARGIN: usize = 34;
/// Pixels after which what stands side by side goes on below.
const MOST_WIDTH: usize = 800;
/// The same inside a stage, which is one of many.
const MOST_INSIDE: usize = 480;

/// A box with its size.
pub(super) struct Sized<'b, 'a> {
    pub(super) of: &'b PlanBox<'a>,
    pub(super) width: usize,
    pub(super) height: usize,
    /// What it shows of its title.
    pub(super) title: String,
    pub(super) rows: Vec<Row<'b, 'a>>,
}

/// What runs one after the other in a frame: a box, or several side by side in a lane.
pub(super) struct Row<'b, 'a> {
    /// The boxes, with their places in the row.
    pub(super) boxes: Vec<(usize, usize, Sized<'b, 'a>)>,
    /// Its place in the frame.
    pub(super) at: (usize, usize),
    pub(super) width: usize,
    pub(super) height: usize,
    /// Which line of the frame it stands in.
    pub(super) line: usize,
    /// Whether it is the first of a rollback section.
    pub(super) starts_rollback: bool,
}

impl<'b, 'a> Sized<'b, 'a> {
    /// As deep as nodes nest.
    pub(super) fn new(of: &'b PlanBox<'a>) -> Self {
        let title = of.title();
        let of_title = (title.chars().count() * CHARACTER + MARGIN).clamp(WIDTHS.0, WIDTHS.1);
        let title = shortened(&title, (of_title - MARGIN) / CHARACTER);
        if !of.is_frame() {
            return Self {
                of,
                width: of_title,
                height: STEP,
                title,
                rows: Vec::new(),
            };
        }
        let is_flat = is_flat(of);
        let mut rows: Vec<Row<'b, 'a>> = of.rows.iter().map(|row| Row::new(row, is_flat)).collect();
        mark_rollbacks(&mut rows, of.node.rollback);
        let (width, height) = if is_flat {
            beside(&mut rows)
        } else {
            below(&mut rows)
        };
        Self {
            of,
            width: (width + 2 * GAP).max(of_title),
            height: TITLE + height + GAP,
            title,
            rows,
        }
    }
}

/// Whether the rows of a frame stand beside each other: those of the pipeline do.
pub(super) fn is_flat(of: &PlanBox<'_>) -> bool {
    of.node.kind == Kind::Pipeline
}

impl<'b, 'a> Row<'b, 'a> {
    /// Boxes side by side: in a flat frame one below the other, elsewhere from left to right.
    fn new(boxes: &'b [PlanBox<'a>], is_flat: bool) -> Self {
        let sized: Vec<Sized<'b, 'a>> = boxes.iter().map(Sized::new).collect();
        let margin = if sized.len() > 1 { LANE } else { 0 };
        let (mut x, mut y, mut line) = (margin, margin, 0);
        let (mut width, mut height) = (0, 0);
        let mut placed = Vec::new();
        for one in sized {
            if !is_flat && x > margin && x + one.width > MOST_INSIDE {
                (x, y, line) = (margin, y + line + GAP / 2, 0);
            }
            let at = (x, y);
            width = width.max(x + one.width + margin);
            height = height.max(y + one.height + margin);
            line = line.max(one.height);
            if is_flat {
                y += one.height + GAP / 2;
            } else {
                x += one.width + GAP / 2;
            }
            placed.push((at.0, at.1, one));
        }
        Self {
            boxes: placed,
            at: (0, 0),
            width,
            height,
            line: 0,
            starts_rollback: false,
        }
    }

    /// Whether it is one of several boxes side by side.
    pub(super) fn is_lane(&self) -> bool {
        self.boxes.len() > 1
    }
}

/// Marks where a rollback section begins in a frame that is not in one itself.
fn mark_rollbacks(rows: &mut [Row<'_, '_>], is_inside: bool) {
    let is_rollback = |row: &Row<'_, '_>| row.boxes.iter().any(|(_, _, one)| one.of.node.rollback);
    if let Some(first) = rows.iter_mut().find(|row| is_rollback(row)) {
        first.starts_rollback = !is_inside;
    }
}

/// Places rows one below the other; the width and height they take.
fn below(rows: &mut [Row<'_, '_>]) -> (usize, usize) {
    let (mut y, mut width) = (TITLE + GAP / 4, 0);
    for row in &mut *rows {
        if row.starts_rollback {
            y += TITLE / 2;
        }
        row.at = (GAP, y);
        y += row.height + GAP;
        width = width.max(row.width);
    }
    (width, y - GAP - TITLE)
}

/// Places rows one beside the other, on several lines where there are many; the width and height they take.
fn beside(rows: &mut [Row<'_, '_>]) -> (usize, usize) {
    let top = TITLE + GAP / 4;
    let (mut x, mut y, mut line, mut number) = (GAP, top, 0, 0);
    let mut width = 0;
    for row in &mut *rows {
        if x > GAP && x + row.width > MOST_WIDTH {
            (x, y, line, number) = (GAP, y + line + 2 * GAP, 0, number + 1);
        }
        row.at = (x, y);
        row.line = number;
        width = width.max(x + row.width - GAP);
        line = line.max(row.height);
        x += row.width + 2 * GAP;
    }
    (width, y + line - TITLE)
}

/// A title of at most so many characters, which keeps its beginning and its end.
fn shortened(title: &str, most: usize) -> String {
    let count = title.chars().count();
    if count <= most {
        return title.to_owned();
    }
    let end = most / 3;
    let start: String = title.chars().take(most - end - 1).collect();
    let end: String = title.chars().skip(count - end).collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_keeps_its_beginning_and_its_end() {
        assert_eq!(shortened("Build", 5), "Build");
        assert_eq!(shortened("Build_and_publish", 10), "Build_…ish");
        assert_eq!(shortened("äöüäöüäöü", 4), "äö…ü");
    }
}
