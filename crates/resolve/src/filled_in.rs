//! Expressions that another program fills in before Harness sees the file, so that it is not known what they will be.

use std::borrow::Cow;

use pipewright_model::SiteKind;
use pipewright_source::TextRange;
use pipewright_syntax::{IslandId, Language, Template};

/// A mark of template languages that means something else where a shell reads.
const SHELL_MARK: &str = "${";
/// Marks of template languages inside expressions.
const MARKS: [&str; 3] = ["{{", "%{", "<%"];

/// Whether another program fills in a part of an expression, or of some text with expressions.
pub fn has_mark(text: &str, is_script: bool) -> bool {
    MARKS.iter().any(|mark| text.contains(mark)) || !is_script && text.contains(SHELL_MARK)
}

/// The outermost expressions of a text that are filled in. `template` was read from `text`, which stands in a site of
/// that kind.
pub fn filled_in<'t>(
    template: &'t Template,
    text: &'t str,
    kind: SiteKind,
) -> impl Iterator<Item = TextRange> + use<'t> {
    let is_script = kind == SiteKind::Script;
    let may_have = has_mark(text, is_script);
    let roots = template.roots().filter(move |_| may_have);
    let marked = roots.filter(move |(id, range)| {
        let written = range.slice(text);
        has_mark(
            &without_cel(template, *id, written, range.start()),
            is_script,
        )
    });
    marked.map(|(_, range)| range)
}

/// An outermost expression without the delimiters of CEL in it, which look like marks. `written` is its text and begins
/// at `start`.
fn without_cel<'t>(
    template: &Template,
    root: IslandId,
    written: &'t str,
    start: u32,
) -> Cow<'t, str> {
    let end = start as usize + written.len();
    let inside = template.islands.iter().skip(root.0 as usize);
    let inside = inside.take_while(|island| (island.range.start() as usize) < end);
    let mut left = Cow::Borrowed(written);
    for island in inside.filter(|island| island.language == Language::Cel) {
        let open = (island.range.start() - start) as usize;
        left.to_mut().replace_range(open..open + 3, "   ");
    }
    left
}
