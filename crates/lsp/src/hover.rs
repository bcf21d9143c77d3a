//! What is known of what stands at a place, in Markdown.

use std::fmt::Write as _;

use gen_lsp_types::{Hover, MarkupContent, MarkupKind};
use pipewright_ide::{self as ide, Known};
use pipewright_source::FileId;

use crate::convert::Seen;

/// What is known of what stands at a byte of a file.
pub(crate) fn hover(seen: Seen<'_>, id: FileId, offset: u32) -> Option<Hover> {
    let known = ide::hover(&seen.project.snapshot, id, offset)?;
    let contents = MarkupContent {
        kind: MarkupKind::Markdown,
        value: markdown(&known),
    };
    Some(Hover {
        contents: contents.into(),
        range: seen.range(known.span),
    })
}

fn markdown(known: &ide::Hover) -> String {
    let mut paragraphs = Vec::new();
    for (at, declared) in known.declarations.iter().enumerate() {
        let mut line = format!("{} {}", declared.kind.as_str(), code(&declared.fqn));
        if let Some(name) = known.type_name.as_ref().filter(|_| at == 0) {
            let _ = write!(line, " ({})", code(name));
        }
        paragraphs.push(line);
    }
    paragraphs.extend(known.value.as_ref().and_then(value));
    paragraphs.extend(known.remarks.iter().map(|remark| escaped(remark)));
    paragraphs.join("\n\n")
}

fn value(known: &Known) -> Option<String> {
    match known {
        Known::Value(text) if text.contains('\n') => {
            let fence = fence(text, 3);
            Some(format!("{fence}text\n{text}\n{fence}"))
        }
        Known::Value(text) => Some(format!("value: {}", code(text))),
        Known::Unknown(reason) => Some(format!("only a run can tell: {}", escaped(reason))),
        Known::Error(message) => Some(format!("error: {}", escaped(message))),
        _ => None,
    }
}

/// A text as it is, between backticks.
fn code(text: &str) -> String {
    if text.is_empty() {
        return "an empty text".to_owned();
    }
    let fence = fence(text, 1);
    let needs_blank = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let blank = if needs_blank { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// More backticks than stand in a row in a text, and at least so many.
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(least))
}

/// A sentence in which nothing is Markdown but what stands between backticks.
fn escaped(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| {
        let mut shown = String::new();
        for c in part.chars() {
            if at % 2 == 0 && matches!(c, '\\' | '*' | '_' | '<' | '>' | '[' | ']' | '#') {
                shown.push('\\');
            }
            shown.push(c);
        }
        shown
    });
    parts.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shown_as_they_are() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(""), "an empty text");
        assert_eq!(
            escaped("`<+a_b>` is *not* <known>"),
            "`<+a_b>` is \\*not\\* \\<known\\>"
        );
        let value = value(&Known::Value("a\n```\nb".to_owned())).unwrap();
        assert_eq!(value, "````text\na\n```\nb\n````");
    }
}
