//! Edits of a scalar: a part of its text exchanged, and quotes around it.

use pipewright_source::{Edit, TextRange};

use super::Editor;
use crate::{NodeId, ScalarStyle};

impl Editor<'_> {
    /// Puts `replacement` in place of a range of a scalar's decoded text, in the scalar's style. `None` where the file
    /// does not hold that part of the text as it is, and where the style cannot hold the replacement there.
    pub fn replace(self, id: NodeId, range: TextRange, replacement: &str) -> Option<Edit> {
        let own_range = self.own_range(id)?;
        let scalar = self.tree.scalar(id)?;
        if !scalar.map.is_verbatim(range) {
            return None;
        }
        // What is put between two lines of the scalar belongs to the end of the first.
        let before = scalar.value[..range.start() as usize].chars().next_back();
        let place = match before.filter(|_| range.is_empty()) {
            Some(before) => {
                let start = range.start() as usize - before.len_utf8();
                let before = TextRange::of(start, range.start() as usize);
                TextRange::empty(scalar.map.cover(before).end())
            }
            None => scalar.map.cover(range),
        };
        let is_in_flow = || self.is_in_flow(own_range);
        let replacement = encoded(replacement, scalar.style, is_in_flow)?;
        if scalar.style == ScalarStyle::Plain && range.start() == 0 {
            let rest = &scalar.value[range.end() as usize..];
            let changed = [&*replacement, rest].concat();
            if !begins_plain(&changed) && begins_plain(&scalar.value) {
                return None;
            }
        }
        Some(self.edit(place, replacement))
    }

    /// Puts bytes that are not read as a plain scalar into single quotes, which need no escapes but for the quote
    /// itself.
    pub fn quote(self, range: TextRange) -> Edit {
        self.edit(range, single_quoted(range.slice(self.text)))
    }
}

/// A text in single quotes.
pub(super) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether a scalar without quotes can begin as a text does.
pub(super) fn begins_plain(text: &str) -> bool {
    const INDICATORS: &[char] = &[
        ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`',
    ];
    let mut chars = text.chars();
    match chars.next() {
        None => false,
        Some('-' | '?' | ':') => chars.next().is_some_and(|next| !next.is_whitespace()),
        Some(first) => !INDICATORS.contains(&first) && !first.is_whitespace(),
    }
}

/// Whether a scalar without quotes cannot hold a text, wherever in it that stands.
pub(super) fn breaks_plain(text: &str, is_in_flow: impl Fn() -> bool) -> bool {
    let breaks_block = text.contains(": ") || text.contains(" #") || text.ends_with(':');
    breaks_block || text.contains(['[', ']', '{', '}', ',']) && is_in_flow()
}

/// `text` as it must be written inside a scalar of `style`, if it can be.
fn encoded(text: &str, style: ScalarStyle, is_in_flow: impl Fn() -> bool) -> Option<String> {
    if text.contains(['\n', '\r']) {
        return None;
    }
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => Some(text.to_owned()),
        ScalarStyle::SingleQuoted => Some(text.replace('\'', "''")),
        ScalarStyle::DoubleQuoted => Some(text.replace('\\', "\\\\").replace('"', "\\\"")),
        ScalarStyle::Plain => (!breaks_plain(text, is_in_flow)).then(|| text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use pipewright_source::FileId;

    use super::*;
    use crate::edit::tests::with;

    /// The text with `old` in the value of `a` exchanged, or nothing.
    fn replaced(text: &str, old: &str, new: &str) -> Option<String> {
        let tree = crate::parse(FileId(0), text);
        let value = tree.find(tree.roots()[0], "a").unwrap();
        let start = tree.text(value).unwrap().find(old).unwrap();
        let range = TextRange::of(start, start + old.len());
        let edit = Editor::new(&tree, text).replace(value, range, new)?;
        let text = with(text, &[edit]);
        let tree = crate::parse(FileId(0), &text);
        let value = tree.find(tree.roots()[0], "a").unwrap();
        assert!(tree.problems().is_empty(), "{text}");
        assert!(tree.text(value).unwrap().contains(new), "{text}");
        Some(text)
    }

    #[test]
    fn a_part_of_a_scalar_is_written_in_its_style() {
        let cases = [
            ("a: x y # c\n", "y", "it's", Some("a: x it's # c\n")),
            ("a: 'x y'\n", "y", "it's", Some("a: 'x it''s'\n")),
            ("a: \"x y\"\n", "y", "\"\\", Some("a: \"x \\\"\\\\\"\n")),
            ("a: |\n  x\n  y\n", "y", "# \"", Some("a: |\n  x\n  # \"\n")),
            ("a: x y\n", "y", "k: v", None),
            ("a: x y\n", "x", "*x", None),
            ("a: x y\n", "x y", "- x", None),
            ("a: x y\n", "y", "[z]", Some("a: x [z]\n")),
            ("{ a: x y }\n", "y", "[z]", None),
            ("a: x y\n", "y", "z\n", None),
        ];
        for (text, old, new, expected) in cases {
            assert_eq!(
                replaced(text, old, new).as_deref(),
                expected,
                "{text}: {new}"
            );
        }
    }

    #[test]
    fn quotes_hold_whatever_is_in_them() {
        let text = "a: *it's\n";
        let tree = crate::parse(FileId(0), text);
        let edit = Editor::new(&tree, text).quote(TextRange::of(3, 8));
        assert_eq!(with(text, &[edit]), "a: '*it''s'\n");
    }
}
