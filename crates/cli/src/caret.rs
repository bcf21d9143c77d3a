//! Errors in a text that is no file of a report: the sentence, and under it the line with a mark.

use pipewright_source::TextRange;

use crate::exit::Failure;
use crate::printable::printable;

/// The longest line that is shown, in characters.
const LONGEST_LINE: usize = 400;

/// The sentence for an error at `range` of `text`, with the line it is on.
pub(crate) fn explain(message: &str, range: Option<TextRange>, text: &str) -> Failure {
    let message = printable(message).into_owned();
    let Some(range) = range else {
        return Failure::Message(message);
    };
    let start = (range.start() as usize).min(text.len());
    // What is missing at the end is missed behind the last word, not on the empty line below it.
    let start = match text[start..].trim() {
        "" => text.trim_end().len().min(start),
        _ => start,
    };
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = (range.end() as usize).clamp(start, line_end);
    let before = text[line_start..start].chars().count();
    let marked = text[start..end].chars().count().max(1);
    let line = printable(&text[line_start..line_end]);
    let number = text[..line_start].matches('\n').count() + 1;
    if line.chars().count() > LONGEST_LINE {
        return Failure::Message(format!("{message}\n  line {number}, column {}", before + 1));
    }
    let margin = if text.trim_end().contains('\n') {
        format!("{number} | ")
    } else {
        String::new()
    };
    Failure::Message(format!(
        "{message}\n  {margin}{line}\n  {:width$}{}",
        "",
        "^".repeat(marked),
        width = margin.len() + before
    ))
}
