//! Boundaries of words, as Java 17 finds them: letters and digits of every script, the underscore, and marks on letters
//! and digits, although `\w` is ASCII.

use std::sync::LazyLock;

use super::set::Set;

static LETTERS_AND_DIGITS: LazyLock<Set> = LazyLock::new(|| set(r"[\p{L}\p{Nd}]"));

static NON_SPACING_MARKS: LazyLock<Set> = LazyLock::new(|| set(r"\p{Mn}"));

fn set(class: &str) -> Set {
    Set::of_class(class, false).unwrap_or_default()
}

/// Whether one side of the byte `at` belongs to a word and the other does not, and how many characters were
/// read to find what the marks before it stand on.
pub(super) fn boundary(text: &str, at: usize) -> (bool, usize) {
    let mut marked = None;
    let mut is_word = |c: Option<char>| {
        c.is_some_and(|c| {
            c == '_'
                || LETTERS_AND_DIGITS.contains(c)
                || (NON_SPACING_MARKS.contains(c)
                    && marked.get_or_insert_with(|| ends_marked(&text[..at])).0)
        })
    };
    let before = is_word(text[..at].chars().next_back());
    let behind = is_word(text[at..].chars().next());
    (before != behind, marked.map_or(0, |(_, read)| read))
}

/// Whether a text ends with a letter or digit and the marks on it, and how many characters were read for it.
fn ends_marked(text: &str) -> (bool, usize) {
    let mut read = 0;
    for c in text.chars().rev() {
        read += 1;
        // Java walks by UTF-16 units here, and knows no half of a surrogate pair.
        if c.len_utf16() == 2 || !NON_SPACING_MARKS.contains(c) {
            return (c.len_utf16() == 1 && LETTERS_AND_DIGITS.contains(c), read);
        }
    }
    (false, read)
}
