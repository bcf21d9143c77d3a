//! A place in the text of a path.

/// Reads a path character by character.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// At the start of `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// What is left.
    pub(crate) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Whether nothing is left.
    pub(crate) fn at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// The next character, without passing it.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The next character.
    pub(crate) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Passes `wanted` if it is next, and says whether it was.
    pub(crate) fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Passes `wanted` if it is next, and says whether it was.
    pub(crate) fn take_str(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Passes `wanted` if it is next and no letter or digit follows it, and says whether it was.
    pub(crate) fn take_word(&mut self, wanted: &str) -> bool {
        let word = self.rest().strip_prefix(wanted);
        word.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            && self.take_str(wanted)
    }

    /// The characters up to the first that does not fit.
    pub(crate) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Passes blanks.
    pub(crate) fn skip_blanks(&mut self) {
        self.take_while(char::is_whitespace);
    }

    /// A text in single or double quotes; a backslash keeps the next character from ending it.
    pub(crate) fn quoted(&mut self) -> Result<String, String> {
        let Some(quote @ ('\'' | '"')) = self.next() else {
            return Err(self.unexpected("a text in quotes is missing"));
        };
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err("a text in quotes does not end".to_owned()),
                Some(c) if c == quote => return Ok(text),
                Some('\\') => text.push(self.next().map_or('\\', unescaped)),
                Some(c) => text.push(c),
            }
        }
    }

    /// A whole number with or without sign; `None` where no digit is next.
    pub(crate) fn integer(&mut self) -> Result<Option<i64>, String> {
        let sign = if self.take('-') { "-" } else { "" };
        let digits = self.take_while(|c| c.is_ascii_digit());
        if digits.is_empty() {
            return if sign.is_empty() {
                Ok(None)
            } else {
                Err(self.unexpected("digits are missing"))
            };
        }
        format!("{sign}{digits}")
            .parse()
            .map(Some)
            .map_err(|_| format!("{sign}{digits} is too large for an index"))
    }

    /// A message that names the place.
    pub(crate) fn unexpected(&self, what: &str) -> String {
        format!(
            "{what} at character {} of the path",
            self.text[..self.at].chars().count() + 1
        )
    }
}

/// The character a backslash and `c` stand for.
fn unescaped(c: char) -> char {
    match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        other => other,
    }
}
