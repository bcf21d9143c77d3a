//! The text of an island without the backslashes that the islands around it use up.

/// A text from which backslashes were taken.
#[derive(Debug)]
pub(crate) struct Unescaped {
    pub(crate) text: String,
    /// Each `>` that backslashes were taken from: where it stands in the text with them, and how many bytes were taken
    /// up to it.
    taken: Vec<(u32, u32)>,
}

impl Unescaped {
    /// Takes a backslash for each of `levels` islands from before each `>`, as far as there are so many.
    pub(crate) fn new(escaped: &str, levels: usize) -> Self {
        let mut text = String::with_capacity(escaped.len());
        let mut taken = Vec::new();
        let mut copied = 0;
        for (at, _) in escaped.match_indices('>') {
            let before = &escaped[copied..at];
            let backslashes = before.len() - before.trim_end_matches('\\').len();
            let kept = &before[..before.len() - backslashes.min(levels)];
            text.push_str(kept);
            if kept.len() < before.len() {
                taken.push((offset(at), offset(at - text.len())));
            }
            copied = at;
        }
        text.push_str(&escaped[copied..]);
        Self { text, taken }
    }

    /// Where what stood at the byte `offset` stands now.
    pub(crate) fn place(&self, offset: u32) -> u32 {
        let behind = self.taken.partition_point(|(at, _)| *at <= offset);
        let taken = behind.checked_sub(1).map_or(0, |last| self.taken[last].1);
        offset - taken
    }
}

/// An offset in a text, none of which is longer than 4 GiB.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_takes_one_backslash_and_places_follow() {
        const ESCAPED: &str = r"a\>b\\\>\>>\c";
        let unescaped = Unescaped::new(ESCAPED, 2);
        assert_eq!(unescaped.text, r"a>b\>>>\c");
        for (escaped, place) in [
            (0, 0),
            (2, 1),
            (3, 2),
            (7, 4),
            (9, 5),
            (10, 6),
            (11, 7),
            (12, 8),
        ] {
            assert_eq!(unescaped.place(escaped), place, "{escaped}");
        }
        assert_eq!(Unescaped::new(ESCAPED, 0).text, ESCAPED);
    }
}
