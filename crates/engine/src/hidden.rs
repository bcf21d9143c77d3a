//! Names of the variables that stand for islands.

use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The letters and digits of a hidden name.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Makes names no text would have by chance, such as `VARQ7J…3VARX2K…`.
///
/// Harness draws them at random. Here they follow from the text and a counter, so that the same text gives the same
/// program and a compiled one is found again; and so that answers in which a name shows are the same every time.
#[derive(Debug, Default)]
pub(crate) struct HiddenNames {
    used: Cell<u32>,
}

impl HiddenNames {
    /// The next name, for an island of `text`.
    pub(crate) fn next(&self, text: &str) -> String {
        let number = self.used.get() + 1;
        self.used.set(number);
        format!(
            "VAR{}{number}VAR{}",
            word(text, number, 0),
            word(text, number, 1)
        )
    }
}

/// Sixteen letters and digits that look random.
fn word(text: &str, number: u32, half: u8) -> String {
    let mut hasher = DefaultHasher::new();
    (text, number, half).hash(&mut hasher);
    let mut bits = u128::from(hasher.finish());
    half.hash(&mut hasher);
    bits |= u128::from(hasher.finish()) << 64;
    (0..16)
        .map(|index| char::from(ALPHABET[(bits >> (5 * index)) as usize % 32]))
        .collect()
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
