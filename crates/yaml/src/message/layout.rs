//! Sentences about keys, dashes, colons and indentation.

use crate::lines::{line_at, line_number, written_line_before};

/// A colon where no key may end.
pub(super) fn colon(text: &str, at: usize) -> String {
    let line = line_at(text, at);
    let before = &text[line.start..at];
    if before.contains(": ") {
        return "the unquoted value has a colon and a blank in it, which would make it a key; put the value in quotes"
            .to_owned();
    }
    let above = written_line_before(text, line.start);
    let keyless = above.filter(|above| {
        let above = text[above.clone()].trim();
        !above.contains(": ") && !above.ends_with(':') && !above.starts_with('#')
    });
    if let Some(above) = keyless {
        return format!(
            "a key cannot stand here, because line {} is no key and value: a `:` with a space behind it is missing there",
            line_number(text, above.start)
        );
    }
    "a key cannot stand here: the line is indented deeper than the one above, which already has a value; \
     indent both alike"
        .to_owned()
}

/// A line in a mapping that is no entry.
pub(super) fn key_expected(text: &str, at: usize) -> String {
    let line = line_at(text, at);
    let rest = text[at..line.end].trim_end();
    if rest.starts_with("- ") || rest == "-" {
        return "a list item stands where a key is expected; indent it below the key whose list it belongs to"
            .to_owned();
    }
    if !rest.contains(": ") && !rest.ends_with(':') {
        return no_key(text, at);
    }
    misfit(text, at)
}

/// A line without a key.
pub(super) fn no_key(text: &str, at: usize) -> String {
    let written = text[line_at(text, at)].trim();
    if let Some(dash) = glued_dash(written) {
        return dash;
    }
    let glued = written.split_once(':').filter(|(key, value)| {
        !key.is_empty() && !key.contains(' ') && !value.is_empty() && !value.starts_with("//")
    });
    if let Some((key, value)) = glued {
        return format!(
            "a space is missing behind the colon; write `{key}: {}`",
            value.trim()
        );
    }
    "this line is no key and value: a `:` with a space behind it is missing, or it continues a text above and wants deeper indentation"
        .to_owned()
}

/// `-name` for `- name`.
fn glued_dash(written: &str) -> Option<String> {
    let item = written.strip_prefix('-')?;
    let glued =
        item.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\'' | '<'));
    glued.then(|| format!("a space is missing behind the dash of a list item; write `- {item}`"))
}

/// A line whose indentation is that of no line above.
pub(super) fn misfit(text: &str, at: usize) -> String {
    let line = line_at(text, at);
    let indent = indentation(&text[line.clone()]);
    let above = enclosing_indentations(text, line.start);
    if let Some(dash) = glued_dash(text[line.clone()].trim()) {
        return dash;
    }
    let is_item = text[line.clone()].trim_start().starts_with("- ");
    if is_item && above.contains(&indent) {
        return format!(
            "a list item indented by {indent} stands where a key is expected; indent it like the items of its list, deeper than their key"
        );
    }
    if above.is_empty() || above.contains(&indent) {
        return "this line fits nothing above it; indent it as deep as the lines it belongs to"
            .to_owned();
    }
    let above: Vec<String> = above.iter().map(ToString::to_string).collect();
    format!(
        "this line is indented by {indent}, and the lines above that it could belong to by {}; indent it like one of them",
        above.join(", ")
    )
}

/// The indentations of the last line above and of those around it, at most four, the deepest first.
fn enclosing_indentations(text: &str, start: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut start = start;
    while let Some(line) = written_line_before(text, start) {
        let written = &text[line.clone()];
        let indent = indentation(written);
        if !written.trim_start().starts_with('#') && found.last().is_none_or(|last| indent < *last)
        {
            found.push(indent);
        }
        if indent == 0 || found.len() == 4 {
            break;
        }
        start = line.start;
    }
    found
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
