//! Expressions that another program fills in before Harness sees the file, so that it is not known what they will be.

use pipewright_model::SiteKind;
use pipewright_source::TextRange;
use pipewright_syntax::Template;

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
    roots
        .map(|(_, range)| range)
        .filter(move |range| has_mark(range.slice(text), is_script))
}
