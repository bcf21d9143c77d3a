//! Texts that are not what they will be: filled in by an expression, or by another program before Harness sees the
//! file.

use pipewright_model::identifier;
use pipewright_resolve::{filled_in, has_mark};
use pipewright_source::TextRange;
use pipewright_syntax::is_runtime_input;

use crate::rule_context::RuleContext;

/// Marks of template languages.
const MARKS: [&str; 5] = ["${", "{{", "%[", "%{", "<%"];

/// The places of the outermost expressions of a file that another program fills in before Harness sees them: what they
/// will be is unknown.
pub(crate) fn templated_expressions(context: RuleContext<'_>) -> Vec<TextRange> {
    if !has_mark(context.file.text(), false) {
        return Vec::new();
    }
    let texts = context.analysis.texts().iter();
    let places = texts.flat_map(|text| {
        let marked = filled_in(text.template(), context.text(text), text.kind);
        marked.map(|range| context.written(text.scalar, range).range)
    });
    places.collect()
}

/// Whether a text, or a part of it, is filled in later.
pub(crate) fn is_filled_in_later(text: &str) -> bool {
    text.contains("<+") || is_templated(text)
}

/// Whether a text, or a part of it, is filled in by another program before Harness sees it.
pub(crate) fn is_templated(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark)) || is_placeholder(text)
}

/// Whether a text is an expression other than one that asks for a value.
pub(crate) fn is_evaluated(text: &str) -> bool {
    text.contains("<+") && !is_runtime_input(text)
}

/// Whether the text as a whole is `$name` or `<name>`, which other programs fill in.
fn is_placeholder(text: &str) -> bool {
    let variable = text.strip_prefix('$').unwrap_or("");
    let bracketed = text
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    identifier::problem(variable).is_none()
        || bracketed.is_some_and(|name| !name.is_empty() && !name.starts_with('+'))
}
