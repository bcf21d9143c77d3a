//! Quoting for shells, for the `shell` functor.

use pipewright_jexl::limits::MAX_RESULT_BYTES;
use pipewright_jexl::{Failure, OpResult, charge_reading};

/// The characters `escape` puts a backslash before. The backslash itself is none of them.
const SPECIAL: &str = "'`$&()|;\"";

/// What looking for one character costs besides the text, as bytes of it.
const ROUND: usize = 32;

/// `text` with a backslash before every character a shell gives a meaning.
pub(crate) fn escape(text: &str) -> OpResult<String> {
    escape_chars(text, SPECIAL)
}

/// `text` with a backslash before each of `chars`: for one after the other, so that a backslash among them doubles
/// those that were put before.
pub(crate) fn escape_chars(text: &str, chars: &str) -> OpResult<String> {
    let mut escaped = text.to_owned();
    for c in chars.chars() {
        charge_reading(escaped.len() + ROUND)?;
        escaped = escaped.replace(c, &format!("\\{c}"));
        if escaped.len() > MAX_RESULT_BYTES {
            return Err(Failure::limit(format!(
                "the escaped text is longer than {MAX_RESULT_BYTES} bytes"
            )));
        }
    }
    Ok(escaped)
}

/// `text` with `around` on both sides.
pub(crate) fn enclose(around: &str, text: &str) -> String {
    format!("{around}{text}{around}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping_is_harness_own() {
        assert_eq!(escape("a'b\"c`d$e~f!g").unwrap(), "a\\'b\\\"c\\`d\\$e~f!g");
        assert_eq!(
            escape_chars("Use `host.name` it", "`U").unwrap(),
            "\\Use \\`host.name\\` it"
        );
        assert_eq!(enclose("'", "a b"), "'a b'");
    }

    #[test]
    fn backslashes_that_double_end_at_the_limit() {
        assert!(escape_chars("\\", &"\\".repeat(64)).is_err());
    }
}
