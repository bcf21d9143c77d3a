//! A plan as a picture: stages from left to right, steps from top to bottom, what runs in parallel side by side in a
//! lane.

mod draw;
mod measure;

use std::fmt::Write as _;

use pipewright_simulate::{Plan, Verdict};

use super::boxes::{PlanBox, colours, dark_colours};
use draw::Pen;
use measure::{GAP, Sized};

/// A plan as an SVG picture. It follows the reader's light or dark theme where the viewer tells it.
pub(crate) fn svg(plan: &Plan) -> String {
    let whole = PlanBox::of(plan);
    let sized = Sized::new(&whole);
    let (width, height) = (sized.width + 2 * GAP, sized.height + 2 * GAP);
    let mut pen = Pen::default();
    pen.draw(&sized, GAP, GAP);
    let style = style();
    let drawn = pen.finish();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">\n<style>\n{style}</style>\n\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n{drawn}</svg>\n"
    )
}

/// The colours of both themes.
fn style() -> String {
    let mut style = String::from(
        ".paper { fill: #ffffff } text { fill: #202124 } .lane { fill: #80868b; fill-opacity: 0.1 } .frame > rect { fill-opacity: 0.35 }\n\
         .flow { stroke: #80868b; fill: none } .tip, .note { fill: #5f6368 }\n",
    );
    theme(colours, &mut style);
    style.push_str("@media (prefers-color-scheme: dark) {\n.paper { fill: #18191b } text { fill: #e8eaed } .tip, .note { fill: #9aa0a6 }\n");
    theme(dark_colours, &mut style);
    style.push_str("}\n");
    style.push_str(
        ".skipped > text, .not-reached > text { fill: #80868b } .pipeline > rect { fill: none }\n",
    );
    style
}

fn theme(colours: impl Fn(Verdict) -> (&'static str, &'static str), style: &mut String) {
    for verdict in Verdict::ALL {
        let ((fill, stroke), class) = (colours(verdict), verdict.as_str());
        // A text takes whatever is written into it.
        let _ = writeln!(
            style,
            ".{class} > rect {{ fill: {fill}; stroke: {stroke} }}"
        );
    }
}
