//! Lone surrogates in JSON: programs whose strings are UTF-16 may write `\ud800` alone, which the JSON reader here
//! refuses.

/// The line with U+FFFD for every escaped surrogate without its partner; `None` if there is none.
pub(super) fn replaced(line: &str) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut found = false;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                found = true;
                out.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            // The character behind a backslash belongs to it.
            _ => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push_str(rest);
    found.then_some(out)
}

/// The UTF-16 unit that an escape at the start of a text writes.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn only_surrogates_without_partner_are_replaced() {
        for (line, mended) in [
            (r#""\ud800""#, Some(r#""\ufffd""#)),
            (r#""\udc00\ud83d\ude00""#, Some(r#""\ufffd\ud83d\ude00""#)),
            (r#""\ud83d\ud83d\ude00""#, Some(r#""\ufffd\ud83d\ude00""#)),
            (r#""\ud83dé\\""#, Some(r#""\ufffdé\\""#)),
            (r#""\ud83d\ude00""#, None),
            (r#""\\ud800""#, None),
            (r#""é\n""#, None),
            (r"\", None),
            (r"\ud80", None),
        ] {
            assert_eq!(replaced(line).as_deref(), mended, "{line}");
        }
    }
}
