//! New entries of mappings and new items of lists, in front of those that are there.

use pipewright_source::Edit;

use super::scalar::{begins_plain, breaks_plain, single_quoted};
use super::{Editor, blanks};
use crate::resolve::plain;
use crate::{NodeId, Resolved};

/// Columns between a collection and the one around it.
const STEP: usize = 2;

/// What is put in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum New<'a> {
    /// A scalar that is read as this text.
    Text(&'a str),
    /// Keys with values, at least one.
    Mapping(Vec<(&'a str, Self)>),
    /// Items, at least one.
    List(Vec<Self>),
}

/// How a collection around new nodes is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    /// By indentation.
    Block,
    /// In brackets.
    Flow,
    /// In brackets, and every text in double quotes, as in JSON.
    Json,
}

impl Editor<'_> {
    /// Puts `key: value` in front of the entries of a mapping. `None` where the mapping is none of this file, and where
    /// its first line begins with something that the new entry could not take along.
    pub fn insert_entry(self, mapping: NodeId, key: &str, value: &New<'_>) -> Option<Edit> {
        let range = self.own_range(mapping)?;
        if !self.tree.is_mapping(mapping) {
            return None;
        }
        let start = range.start() as usize;
        if range.slice(self.text).starts_with('{') {
            let entry = |style| entry(key, value, style, 0);
            return self.insert_into_flow(start, '}', entry);
        }
        let line = self.line_before(start);
        let is_first_on_line = line.trim_matches([' ', '-']).is_empty();
        let entry = entry(key, value, Style::Block, line.len());
        is_first_on_line.then(|| self.insertion(start, format!("{entry}\n{}", blanks(line.len()))))
    }

    /// Puts an item in front of those of a list. `None` as for [`Editor::insert_entry`], and where nothing is in a list
    /// that is not in brackets.
    pub fn insert_item(self, list: NodeId, item: &New<'_>) -> Option<Edit> {
        let range = self.own_range(list)?;
        if !self.tree.is_sequence(list) {
            return None;
        }
        if range.slice(self.text).starts_with('[') {
            let start = range.start() as usize;
            return self.insert_into_flow(start, ']', |style| written(item, style, 0));
        }
        let first = self.own_range(*self.tree.items(list).first()?)?;
        let start = first.start() as usize;
        let line = self.line_before(start);
        let up_to_dash = line.trim_end_matches(' ').strip_suffix('-')?;
        let gap = &line[up_to_dash.len() + 1..];
        if !up_to_dash.trim_matches([' ', '-']).is_empty() {
            return None;
        }
        let item = written(item, Style::Block, line.len());
        let next = format!("{item}\n{}-{gap}", blanks(up_to_dash.len()));
        Some(self.insertion(start, next))
    }

    /// Puts something behind the bracket at `start`, with the same gap that what follows has.
    fn insert_into_flow(
        self,
        start: usize,
        closing: char,
        new: impl Fn(Style) -> String,
    ) -> Option<Edit> {
        let inside = &self.text[start + 1..];
        let first = inside.trim_start();
        let gap = &inside[..inside.len() - first.len()];
        let style = if first.starts_with('"') {
            Style::Json
        } else {
            Style::Flow
        };
        match first.chars().next()? {
            // A comment ends with its line.
            '#' => None,
            next if next == closing => Some(self.insertion(start + 1, new(style))),
            _ => {
                let gap = if gap.is_empty() { " " } else { gap };
                let at = start + 1 + inside.len() - first.len();
                Some(self.insertion(at, format!("{},{gap}", new(style))))
            }
        }
    }
}

/// `key: value`, of a mapping that begins at a column.
fn entry(key: &str, value: &New<'_>, style: Style, column: usize) -> String {
    let key = scalar(key, style);
    match value {
        New::Mapping(_) | New::List(_) if style == Style::Block => {
            let column = column + STEP;
            let value = written(value, style, column);
            format!("{key}:\n{}{value}", blanks(column))
        }
        _ => format!("{key}: {}", written(value, style, column)),
    }
}

/// A node that begins at a column.
fn written(new: &New<'_>, style: Style, column: usize) -> String {
    let between = match style {
        Style::Block => format!("\n{}", blanks(column)),
        Style::Flow | Style::Json => ", ".to_owned(),
    };
    match new {
        New::Text(text) => scalar(text, style),
        New::Mapping(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| entry(key, value, style, column));
            let entries = entries.collect::<Vec<_>>().join(&between);
            match style {
                Style::Block => entries,
                Style::Flow | Style::Json => format!("{{ {entries} }}"),
            }
        }
        New::List(items) => {
            let items = items.iter().map(|item| match style {
                Style::Block => format!("- {}", written(item, style, column + STEP)),
                Style::Flow | Style::Json => written(item, style, column),
            });
            let items = items.collect::<Vec<_>>().join(&between);
            match style {
                Style::Block => items,
                Style::Flow | Style::Json => format!("[{items}]"),
            }
        }
    }
}

/// A scalar that is read as a text, in the fewest quotes that do.
fn scalar(text: &str, style: Style) -> String {
    if style == Style::Json || text.chars().any(char::is_control) {
        return double_quoted(text);
    }
    let is_text = plain(text) == Resolved::Text;
    let is_trimmed = text.trim() == text;
    // Quotes and colons are nothing in the middle of a plain scalar, and puzzle those who read it.
    let puzzles = text.contains([':', '#', '"', '\'']);
    let breaks = breaks_plain(text, || style == Style::Flow);
    if is_text && is_trimmed && begins_plain(text) && !puzzles && !breaks {
        text.to_owned()
    } else {
        single_quoted(text)
    }
}

/// A text in double quotes, as JSON has it.
fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.extend([format!("\\u{:04x}", u32::from(c))]),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use pipewright_source::FileId;

    use super::*;
    use crate::Tree;
    use crate::edit::tests::with;

    /// What a node holds, without how it is written.
    fn value(tree: &Tree, id: NodeId) -> String {
        if tree.is_mapping(id) {
            let entries = tree.entries(id).iter();
            let entries = entries
                .map(|entry| format!("{}={}", value(tree, entry.key), value(tree, entry.value)));
            return format!("{{{}}}", entries.collect::<Vec<_>>().join(" "));
        }
        if let Some(text) = tree.text(id) {
            return text.to_owned();
        }
        let items = tree.items(id).iter().map(|item| value(tree, *item));
        format!("[{}]", items.collect::<Vec<_>>().join(" "))
    }

    /// The text with something new in the value of `a`, the only difference.
    fn inserted(text: &str, new: &New<'_>) -> Option<String> {
        let place = |tree: &Tree| tree.find(tree.roots()[0], "a").unwrap();
        let tree = crate::parse(FileId(0), text);
        let editor = Editor::new(&tree, text);
        let before = value(&tree, place(&tree));
        let (edit, added) = if tree.is_mapping(place(&tree)) {
            let edit = editor.insert_entry(place(&tree), "k", new);
            (edit, format!("k={}", plainly(new)))
        } else {
            (editor.insert_item(place(&tree), new), plainly(new))
        };
        let text = with(text, &[edit?]);
        let tree = crate::parse(FileId(0), &text);
        assert!(tree.problems().is_empty(), "{text}");
        let (opening, rest) = before.split_at(1);
        let gap = if rest.len() > 1 { " " } else { "" };
        let after = value(&tree, place(&tree));
        assert_eq!(after, format!("{opening}{added}{gap}{rest}"), "{text}");
        Some(text)
    }

    fn plainly(new: &New<'_>) -> String {
        match new {
            New::Text(text) => (*text).to_owned(),
            New::Mapping(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| format!("{key}={}", plainly(value)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
            }
            New::List(items) => {
                let items: Vec<_> = items.iter().map(plainly).collect();
                format!("[{}]", items.join(" "))
            }
        }
    }

    #[test]
    fn an_entry_is_written_as_those_behind_it() {
        let text = New::Text("v");
        let cases = [
            ("a:\n  b: 1 # c\n", Some("a:\n  k: v\n  b: 1 # c\n")),
            (
                "x: 0\na: # c\n    b: 1\n",
                Some("x: 0\na: # c\n    k: v\n    b: 1\n"),
            ),
            ("a: {b: 1}\n", Some("a: {k: v, b: 1}\n")),
            ("a: { b: 1 }\n", Some("a: { k: v, b: 1 }\n")),
            ("a: {}\n", Some("a: {k: v}\n")),
            ("a: { }\n", Some("a: {k: v }\n")),
            ("a: {\n  b: 1\n}\n", Some("a: {\n  k: v,\n  b: 1\n}\n")),
            (
                "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n",
                Some("{\n  \"a\": {\n    \"k\": \"v\",\n    \"b\": 1\n  }\n}\n"),
            ),
            ("a: { # c\n  b: 1 }\n", None),
            ("a: &b\n  c: 1\n", Some("a: &b\n  k: v\n  c: 1\n")),
            (
                "b: &b\n  c: 1\na: *b\n",
                Some("b: &b\n  k: v\n  c: 1\na: *b\n"),
            ),
        ];
        for (before, after) in cases {
            assert_eq!(inserted(before, &text).as_deref(), after, "{before}");
        }
        let nested = New::List(vec![New::Mapping(vec![("n", text.clone()), ("m", text)])]);
        let block = "a:\n  k:\n    - n: v\n      m: v\n  b: 1\n";
        assert_eq!(inserted("a:\n  b: 1\n", &nested).as_deref(), Some(block));
        let flow = "a: {k: [{ n: v, m: v }], b: 1}\n";
        assert_eq!(inserted("a: {b: 1}\n", &nested).as_deref(), Some(flow));
    }

    #[test]
    fn an_item_is_written_as_those_behind_it() {
        let item = New::Mapping(vec![("n", New::Text("v")), ("m", New::Text("v"))]);
        let cases = [
            ("a:\n  - b\n", Some("a:\n  - n: v\n    m: v\n  - b\n")),
            (
                "a:\n- b: 1\n  c: 2\n",
                Some("a:\n- n: v\n  m: v\n- b: 1\n  c: 2\n"),
            ),
            (
                "a:\n  -   b: 1\n",
                Some("a:\n  -   n: v\n      m: v\n  -   b: 1\n"),
            ),
            ("a:\n  - - b\n", Some("a:\n  - n: v\n    m: v\n  - - b\n")),
            ("a: [b]\n", Some("a: [{ n: v, m: v }, b]\n")),
            ("a: []\n", Some("a: [{ n: v, m: v }]\n")),
            (
                "a: [\"b\"]\n",
                Some("a: [{ \"n\": \"v\", \"m\": \"v\" }, \"b\"]\n"),
            ),
            ("a:\n  - &x b\n", None),
            ("a:\n  -\n    b: 1\n", None),
        ];
        for (before, after) in cases {
            assert_eq!(inserted(before, &item).as_deref(), after, "{before}");
        }
    }

    #[test]
    fn a_text_stays_a_text() {
        let texts = [
            "",
            " ",
            "x",
            "<+a.b>",
            "<+a ? b : c>",
            "true",
            "017",
            "~",
            "- x",
            "-x",
            "it's",
            "\"",
            "a, b",
            "[",
            "# x",
            "x #",
            "k:",
            "a\nb\t\\\"",
            "\u{7f}",
            "é 日本",
            "*a",
            "<<",
            "=",
        ];
        for text in texts {
            for before in [
                "a:\n  b: 1\n",
                "a: { b: 1 }\n",
                "a: [1]\n",
                "{ \"a\": { \"b\": 1 } }\n",
            ] {
                assert!(
                    inserted(before, &New::Text(text)).is_some(),
                    "{text}: {before}"
                );
            }
        }
    }
}
