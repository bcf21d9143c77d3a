//! Draws boxes, the lanes of what runs side by side, and what follows what.

use std::fmt::Write as _;

use pipewright_simulate::{Kind, Verdict};

use super::super::boxes::sign;
use super::measure::{GAP, Row, Sized, TITLE, is_flat};
use crate::xml::Xml;

/// What is drawn so far.
#[derive(Default)]
pub(super) struct Pen {
    svg: String,
}

impl Pen {
    pub(super) fn finish(self) -> String {
        self.svg
    }

    /// Draws a box and everything in it. As deep as nodes nest.
    pub(super) fn draw(&mut self, sized: &Sized<'_, '_>, x: usize, y: usize) {
        self.outline(sized, x, y);
        for row in &sized.rows {
            let (left, top) = (x + row.at.0, y + row.at.1);
            if row.starts_rollback {
                let at = top - TITLE / 4;
                self.line(&format!(
                    "<text class=\"note\" x=\"{left}\" y=\"{at}\" font-size=\"11\">rollback</text>"
                ));
            }
            if row.is_lane() {
                let (width, height) = (row.width, row.height);
                self.line(&format!(
                    "<rect class=\"lane\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>"
                ));
            }
        }
        for pair in sized.rows.windows(2) {
            if !pair[1].starts_rollback {
                self.arrow(&pair[0], &pair[1], is_flat(sized.of), (x, y));
            }
        }
        for row in &sized.rows {
            for (left, top, inner) in &row.boxes {
                self.draw(inner, x + row.at.0 + left, y + row.at.1 + top);
            }
        }
    }

    fn outline(&mut self, sized: &Sized<'_, '_>, x: usize, y: usize) {
        let node = sized.of.node;
        let dashed = match node.verdict {
            Verdict::NotReached | Verdict::Skipped => " stroke-dasharray=\"4 3\"",
            _ => "",
        };
        let verdict = node.verdict.as_str();
        let mut class = format!("node {verdict}");
        if sized.of.is_frame() {
            class.push_str(" frame");
        }
        if node.kind == Kind::Pipeline {
            class.push_str(" pipeline");
        }
        let tooltip = format!("{}: {verdict}: {}", node.fqn, node.reason);
        let (width, height, place) = (sized.width, sized.height, sized.of.place);
        let (tooltip, sign, title) = (Xml(&tooltip), sign(node.verdict), Xml(&sized.title));
        let (left, top) = (x + 10, y + if sized.of.is_frame() { 18 } else { 22 });
        self.line(&format!(
            "<g class=\"{class}\" data-node=\"{place}\"><title>{tooltip}</title>\
             <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\"{dashed}/>\
             <text x=\"{left}\" y=\"{top}\">{sign} {title}</text></g>"
        ));
    }

    /// From what runs first to what follows it.
    fn arrow(&mut self, from: &Row<'_, '_>, to: &Row<'_, '_>, flat: bool, (x, y): (usize, usize)) {
        let middle = GAP + 8;
        let start = (x + from.at.0, y + from.at.1);
        let end = (x + to.at.0, y + to.at.1);
        let path = if !flat {
            let at = start.0 + middle;
            format!("M{at} {} V{}", start.1 + from.height, end.1 - 3)
        } else if from.line == to.line {
            let at = start.1 + middle;
            format!("M{} {at} H{}", start.0 + from.width, end.0 - 3)
        } else {
            // Around the end of the line to the beginning of the next.
            let (right, at) = (start.0 + from.width, start.1 + middle);
            let (turn, between) = (right + GAP / 2, end.1 - GAP);
            let under = end.0 + middle;
            format!("M{right} {at} H{turn} V{between} H{under} V{}", end.1 - 3)
        };
        let is_sideways = flat && from.line == to.line;
        let tip = if is_sideways {
            let at = start.1 + middle;
            format!("M{} {at} l-6 -4 v8 z", end.0)
        } else {
            let at = if flat { end.0 } else { start.0 } + middle;
            format!("M{at} {} l-4 -6 h8 z", end.1)
        };
        self.line(&format!(
            "<path class=\"flow\" d=\"{path}\"/><path class=\"tip\" d=\"{tip}\"/>"
        ));
    }

    fn line(&mut self, line: &str) {
        // A text takes whatever is written into it.
        let _ = writeln!(self.svg, "{line}");
    }
}
