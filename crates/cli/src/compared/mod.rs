//! What a change changes, and what rests on something: how it is read and shown.

mod diff_html;
mod diff_json;
mod diff_markdown;
mod diff_text;
mod impact_graph;
mod impact_json;
mod impact_tree;
mod sentences;
mod sides;
mod told;

pub(crate) use diff_html::write_diff_html;
pub(crate) use diff_json::{Asked, write_diff_json};
pub(crate) use diff_markdown::write_diff_markdown;
pub(crate) use diff_text::write_diff;
pub(crate) use impact_graph::{write_impact_dot, write_impact_mermaid};
pub(crate) use impact_json::write_impact_json;
pub(crate) use impact_tree::write_impact_tree;
pub(crate) use sides::Sides;
