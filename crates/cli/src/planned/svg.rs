//! A plan as a picture: stages from left to right, steps from top to bottom, what runs in parallel side by side.

use std::fmt::Write as _;

use pipewright_simulate::{Kind, Plan, Verdict};

use super::boxes::{PlanBox, colours, sign};
use crate::xml::Xml;

/// Pixels of a step's box.
const STEP: (usize, usize) = (150, 34);
/// Pixels between boxes, and between a frame and what is in it.
const GAP: usize = 12;
/// Pixels of a frame's title.
const TITLE: usize = 24;
/// How many characters of a title are drawn.
const MOST_CHARACTERS: usize = 19;

/// A box with its size.
struct Sized<'b, 'a> {
    of: &'b PlanBox<'a>,
    width: usize,
    height: usize,
    rows: Vec<Vec<Self>>,
}

impl<'b, 'a> Sized<'b, 'a> {
    /// As deep as nodes nest.
    fn new(of: &'b PlanBox<'a>) -> Self {
        let rows = of
            .rows
            .iter()
            .map(|row| row.iter().map(Self::new).collect());
        let rows: Vec<Vec<Self>> = rows.collect();
        let sized = |width, height| Self {
            of,
            width,
            height,
            rows: Vec::new(),
        };
        if !of.is_frame() {
            return sized(STEP.0, STEP.1);
        }
        // Along its direction a frame is as long as its rows together; across it as its longest row.
        let is_flat = Self::is_flat(of);
        let length = |inner: &Self| if is_flat { inner.width } else { inner.height };
        let breadth = |inner: &Self| if is_flat { inner.height } else { inner.width };
        let (mut along, mut across) = (0, 0);
        for row in &rows {
            along += row.iter().map(length).max().unwrap_or(0) + GAP;
            across = across.max(row.iter().map(|inner| breadth(inner) + GAP).sum());
        }
        let (width, height) = if is_flat {
            (along, across)
        } else {
            (across, along)
        };
        Self {
            rows,
            ..sized((width + GAP).max(STEP.0), height + TITLE + GAP)
        }
    }

    /// Whether the rows of a frame stand beside each other: those of the pipeline do.
    fn is_flat(of: &PlanBox<'_>) -> bool {
        of.node.kind == Kind::Pipeline
    }

    fn draw(&self, x: usize, y: usize, svg: &mut String) {
        let node = self.of.node;
        let (fill, stroke) = colours(node.verdict);
        let dashed = match node.verdict {
            Verdict::NotReached | Verdict::Skipped => " stroke-dasharray=\"4 3\"",
            _ => "",
        };
        let faint = if self.of.is_frame() {
            " fill-opacity=\"0.4\""
        } else {
            ""
        };
        let (width, height) = (self.width, self.height);
        let mut title = self.of.title();
        if let Some((end, _)) = title.char_indices().nth(MOST_CHARACTERS) {
            title.truncate(end);
            title.push('…');
        }
        let tooltip = format!("{}: {}: {}", node.fqn, node.verdict.as_str(), node.reason);
        // A text takes whatever is written into it.
        let _ = writeln!(
            svg,
            "<g class=\"node\" data-node=\"{}\"><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" \
             height=\"{height}\" rx=\"6\" fill=\"{fill}\"{faint} stroke=\"{stroke}\"{dashed}/><text x=\"{}\" y=\"{}\">{} {}</text></g>",
            self.of.place,
            Xml(&tooltip),
            x + 10,
            y + if self.of.is_frame() { 17 } else { 22 },
            sign(node.verdict),
            Xml(&title),
        );
        let is_flat = Self::is_flat(self.of);
        let (mut left, mut top) = (x + GAP, y + TITLE + GAP / 2);
        for row in &self.rows {
            let (mut at_x, mut at_y, mut most) = (left, top, 0);
            for inner in row {
                inner.draw(at_x, at_y, svg);
                if is_flat {
                    at_y += inner.height + GAP;
                    most = most.max(inner.width);
                } else {
                    at_x += inner.width + GAP;
                    most = most.max(inner.height);
                }
            }
            if is_flat {
                left += most + GAP;
            } else {
                top += most + GAP;
            }
        }
    }
}

/// A plan as an SVG picture.
pub(crate) fn svg(plan: &Plan) -> String {
    let whole = PlanBox::of(plan);
    let sized = Sized::new(&whole);
    let (width, height) = (sized.width + 2 * GAP, sized.height + 2 * GAP);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#202124\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
    );
    sized.draw(GAP, GAP, &mut svg);
    svg.push_str("</svg>\n");
    svg
}
