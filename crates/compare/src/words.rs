//! Texts in which words are other ones.

/// A text in which a word is another one. The number of a turn may stand behind it: `A_0`.
pub(crate) fn with_word(text: &str, from: &str, to: &str) -> String {
    if from.is_empty() {
        return text.to_owned();
    }
    let is_inside = |letter: Option<char>| {
        letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    };
    let (mut done, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(from) {
        let behind = &rest[at + from.len()..];
        done.push_str(&rest[..at]);
        let turn = behind.strip_prefix('_');
        let is_turn =
            turn.is_some_and(|turn| turn.starts_with(|digit: char| digit.is_ascii_digit()));
        let ends = is_turn || !is_inside(behind.chars().next());
        let is_word = ends && !is_inside(done.chars().next_back());
        done.push_str(if is_word { to } else { from });
        rest = behind;
    }
    done + rest
}

/// The same of several words, one after the other.
pub(crate) fn with_words(text: &str, words: &[(String, String)]) -> String {
    let mut text = text.to_owned();
    for (from, to) in words {
        text = with_word(&text, from, to);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_exchanged_as_a_whole() {
        let cases = [
            ("<+steps.A.output.A1>", "<+steps.B.output.A1>"),
            ("<+A.AA.A>", "<+B.AA.B>"),
            ("<+steps.A_0.A_more>", "<+steps.B_0.A_more>"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(with_word(text, "A", "B"), expected);
        }
    }
}
