//! Names of the variables that stand for islands.

use std::cell::{Cell, OnceCell};
use std::fmt::{self, Write as _};
use std::hash::{DefaultHasher, Hash, Hasher as _};

/// The letters and digits of a hidden name.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The length of a word of a hidden name.
const WORD: usize = 16;

/// Makes names no text would have by chance, such as `VARQ7J…3VARX2K…`.
///
/// Harness draws them at random. Here they follow from the text and a counter, so that the same text gives the same
/// program and a compiled one is found again; and so that answers in which a name shows are the same every time.
#[derive(Debug, Default)]
pub(super) struct HiddenNames {
    /// What the names follow from besides their number: the first text that asks.
    seed: OnceCell<u64>,
    used: Cell<u32>,
}

impl HiddenNames {
    /// The next name, for an island of `text`.
    pub(super) fn next(&self, text: &str) -> HiddenName {
        let number = self.used.get() + 1;
        self.used.set(number);
        let seed = *self.seed.get_or_init(|| hash(text));
        HiddenName { seed, number }
    }
}

/// A name on its way to its letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct HiddenName {
    seed: u64,
    number: u32,
}

impl fmt::Display for HiddenName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, number } = *self;
        f.write_str("VAR")?;
        write_word(f, (seed, number, 0))?;
        write!(f, "{number}VAR")?;
        write_word(f, (seed, number, 1))
    }
}

/// Whether a text has the internal name of an expression in it, which no text has by chance.
///
/// ```
/// use pipewright_engine::has_hidden_name;
///
/// assert!(has_hidden_name("steps.VARCUOTWPDISK2YJC7A1VARPGRO2P373OJKWVKG.x"));
/// assert!(!has_hidden_name("VARIABLES.VAR1VARX"));
/// ```
pub fn has_hidden_name(text: &str) -> bool {
    hidden_names_in(text).next().is_some()
}

/// What may be a hidden name in a text, and where.
pub(super) fn hidden_names_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = text.match_indices("VAR");
    starts.filter_map(|(at, _)| Some((at, hidden_name_at(&text[at..])?)))
}

/// The hidden name that a text begins with.
fn hidden_name_at(text: &str) -> Option<&str> {
    let number = after_word(text)?;
    let second = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = after_word(second)?;
    Some(&text[..text.len() - rest.len()])
}

/// What follows the `VAR` and the word that a text begins with.
fn after_word(text: &str) -> Option<&str> {
    let (word, rest) = text.strip_prefix("VAR")?.split_at_checked(WORD)?;
    word.bytes()
        .all(|byte| ALPHABET.contains(&byte))
        .then_some(rest)
}

/// Sixteen letters and digits that look random.
fn write_word(f: &mut fmt::Formatter<'_>, from: (u64, u32, u8)) -> fmt::Result {
    let bits = u128::from(hash(from)) | u128::from(hash((from, 0))) << 64;
    (0..WORD).try_for_each(|index| {
        f.write_char(char::from(ALPHABET[(bits >> (5 * index)) as usize % 32]))
    })
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_single_words_that_differ_and_repeat() {
        let names = HiddenNames::default();
        let next = |names: &HiddenNames| names.next("<+a>").to_string();
        let (first, second) = (next(&names), next(&names));
        assert_ne!(first, second);
        assert!(first.starts_with("VAR") && first.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!(next(&HiddenNames::default()), first);
    }
}
