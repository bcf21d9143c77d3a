//! Expressions that never close.

use pipewright_source::TextRange;

use crate::Template;

impl Template {
    /// The `<+` that never closes with the path behind it: up to the first character that is no part of a dotted name
    /// or a call with literal arguments. `None` where every island closes, and where it may be no expression: `<+` also
    /// occurs in patterns and programs.
    pub fn unclosed_path(&self, text: &str) -> Option<TextRange> {
        let unclosed = self.unclosed?;
        let rest = unclosed.slice(text);
        let is_all = text[..unclosed.start() as usize].trim().is_empty();
        let is_meant = begins_a_name(&rest[2..]) || is_all || begins_around_another(&rest[2..]);
        is_meant.then(|| TextRange::of(0, path_length(rest, 2)).shift(unclosed.start()))
    }

    /// The same for the `${{` that never closes.
    pub fn unclosed_cel_path(&self, text: &str) -> Option<TextRange> {
        let unclosed = self.unclosed_cel?;
        let rest = unclosed.slice(text);
        let behind = &rest[3..];
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let path = TextRange::of(0, path_length(rest, 3 + blanks));
        begins_a_name(behind).then(|| path.shift(unclosed.start()))
    }

    /// Whether more expressions stand behind the path that never closes, and are lost with it.
    pub fn unclosed_swallows(&self, text: &str) -> bool {
        let path = self.unclosed_path(text);
        path.is_some_and(|path| text[path.end() as usize..].contains("<+"))
    }
}

/// Whether what follows `<+` can be an expression at all; `<+` also occurs in patterns and programs.
fn begins_a_name(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    rest.starts_with("<+") || rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// Whether what follows `<+` begins as an expression with others inside: `<+{"a": <+b>`.
fn begins_around_another(rest: &str) -> bool {
    let is_begun = rest
        .trim_start()
        .starts_with(['{', '[', '(', '"', '\'', '!']);
    let inner = rest.lines().next().and_then(|line| line.split_once("<+"));
    is_begun && inner.is_some_and(|(_, inner)| begins_a_name(inner) && inner.contains('>'))
}

/// The length of a delimiter and the path behind it, which begins after `skipped` bytes: up to the first character that
/// is no part of a dotted name or a call with literal arguments.
fn path_length(rest: &str, skipped: usize) -> usize {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, c) in rest.char_indices().skip(skipped) {
        match (quote, c) {
            (_, '\n' | '\r') => return at,
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if depth > 0 => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') if depth > 0 => depth -= 1,
            (None, ' ' | ',') if depth > 0 => {}
            (None, c) if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '<' | '+') => {}
            (None, _) => return at,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_ends_where_the_text_goes_on() {
        for (text, path) in [
            ("<+pipeline.name", "<+pipeline.name"),
            ("<+pipeline.name/status", "<+pipeline.name"),
            ("<+pipeline.name and more", "<+pipeline.name"),
            (
                "<+secrets.getValue(\"a b\") x",
                "<+secrets.getValue(\"a b\")",
            ),
            ("<+a[\"x y\"]\" \n", "<+a[\"x y\"]"),
        ] {
            assert_eq!(&text[..path_length(text, 2)], path);
        }
    }

    #[test]
    fn patterns_and_programs_are_no_expressions() {
        assert!(begins_a_name("pipeline.name"));
        assert!(begins_a_name(" <+x"));
        for other in ["", "'", "/g", "]+", "1"] {
            assert!(!begins_a_name(other), "{other}");
        }
    }
}
