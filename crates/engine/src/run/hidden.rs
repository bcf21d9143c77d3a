//! Names of the variables that stand for islands.

use std::cell::{Cell, OnceCell};
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
pub(crate) struct HiddenNames {
    /// What the names follow from besides their number: the first text that asks.
    seed: OnceCell<u64>,
    used: Cell<u32>,
}

impl HiddenNames {
    /// The next name, for an island of `text`.
    pub(crate) fn next(&self, text: &str) -> String {
        let number = self.used.get() + 1;
        self.used.set(number);
        let seed = *self.seed.get_or_init(|| hash(text));
        format!(
            "VAR{}{number}VAR{}",
            word((seed, number, 0)),
            word((seed, number, 1))
        )
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
    let word = |text: &str| {
        text.bytes()
            .take_while(|byte| ALPHABET.contains(byte))
            .count()
            >= WORD
    };
    text.match_indices("VAR").any(|(at, _)| {
        let rest = &text[at + 3..];
        let number = rest
            .get(WORD..)
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        let second = number.and_then(|rest| rest.strip_prefix("VAR"));
        word(rest) && second.is_some_and(word)
    })
}

/// Sixteen letters and digits that look random.
fn word(from: (u64, u32, u8)) -> String {
    let bits = u128::from(hash(from)) | u128::from(hash((from, 0))) << 64;
    (0..WORD)
        .map(|index| char::from(ALPHABET[(bits >> (5 * index)) as usize % 32]))
        .collect()
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
        let (first, second) = (names.next("<+a>"), names.next("<+a>"));
        assert_ne!(first, second);
        assert!(first.starts_with("VAR") && first.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!(HiddenNames::default().next("<+a>"), first);
    }
}
