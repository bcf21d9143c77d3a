//! Texts in XML.

use std::fmt;

use crate::printable::printable_lines;

/// A text as XML has it, in an attribute or between tags. Characters that XML 1.0 cannot hold, and such as a screen
/// would obey, are written as escapes of ours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Xml<'a>(pub(crate) &'a str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in printable_lines(self.0).chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                // What an attribute would not keep.
                '\t' | '\n' | '\r' => write!(f, "&#{};", u32::from(c))?,
                '\u{FFFE}' | '\u{FFFF}' => write!(f, "{}", c.escape_unicode())?,
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_well_formed_and_comes_back() {
        let text = "<+a> && \"b\"\n\tc";
        assert_eq!(
            Xml(text).to_string(),
            "&lt;+a&gt; &amp;&amp; &quot;b&quot;&#10;&#9;c"
        );
        assert_eq!(
            Xml("\u{0}\u{1B}\u{FFFF}").to_string(),
            r"\u{0}\u{1b}\u{ffff}"
        );
    }
}
