//! From the Java dialect of regular expressions to that of `fancy-regex`.
//!
//! A recursive-descent reader of the documented syntax of `java.util.regex.Pattern`. It emits constructs whose meaning
//! is the same in both dialects: flags are resolved here, so that the output carries none but `(?i:…)` around Unicode
//! letters.

use super::program::Case;
use super::reader::{Input, Reader};
use super::{class, syntax};
use crate::OpResult;

/// Java's line terminators, as the inside of a class.
pub(super) const LINE_TERMINATORS: &str = r"\n\r\x{85}\x{2028}\x{2029}";

/// What comes out.
#[derive(Debug)]
pub(super) struct Translated {
    /// The pattern for `fancy-regex`.
    pub(super) source: String,
    /// Which letters are the same where a reference to a group is read in any case.
    pub(super) reference_case: Case,
    /// The named groups.
    pub(super) names: Vec<(String, usize)>,
}

/// Translates a pattern; `whole` says that it will be anchored at both ends, where a final `$` is the end itself.
pub(super) fn translate(pattern: &str, whole: bool) -> OpResult<Translated> {
    let mut reader = Reader::new(pattern, whole);
    let source = reader.alternation()?.source;
    if reader.at < reader.input.len() {
        return Err(syntax("a ) closes nothing"));
    }
    Ok(Translated {
        source,
        reference_case: if reader.unicode_references {
            Case::Any
        } else {
            Case::Ascii
        },
        names: reader.names,
    })
}

/// A piece of the output that a quantifier takes as one.
pub(super) struct Atom {
    pub(super) source: String,
    /// Whether it is known to match only the empty text, such as `^` and look-around.
    pub(super) is_empty: bool,
}

impl Atom {
    pub(super) fn of(source: String) -> Self {
        Self {
            source,
            is_empty: false,
        }
    }

    pub(super) fn empty(source: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            is_empty: true,
        }
    }

    /// The same between an opening parenthesis and the one that closes it.
    pub(super) fn inside(self, opening: &str) -> Self {
        Self {
            source: format!("{opening}{})", self.source),
            ..self
        }
    }
}

impl Reader {
    pub(super) fn alternation(&mut self) -> OpResult<Atom> {
        let mut out = self.sequence()?;
        while self.eat('|') {
            let branch = self.sequence()?;
            out.source.push('|');
            out.source.push_str(&branch.source);
            out.is_empty &= branch.is_empty;
        }
        Ok(out)
    }

    fn sequence(&mut self) -> OpResult<Atom> {
        let mut out = Atom::empty("");
        loop {
            self.skip_comments();
            if matches!(self.peek(), None | Some(Input::Char('|' | ')'))) {
                return Ok(out);
            }
            let Some(atom) = self.atom()? else { continue };
            self.skip_comments();
            out.is_empty &= atom.is_empty;
            match self.quantifier()? {
                Some(quantifier) => quantifier.write(&atom, &mut out.source),
                None => out.source.push_str(&atom.source),
            }
        }
    }

    /// One atom; `None` for what matches nothing by itself, such as `(?i)`.
    fn atom(&mut self) -> OpResult<Option<Atom>> {
        let Some(input) = self.bump() else {
            return Ok(None);
        };
        let c = match input {
            Input::Quoted(c) => return Ok(Some(Atom::of(self.literal(c)))),
            Input::Char(c) => c,
        };
        Ok(Some(match c {
            '(' => return self.group(),
            '[' => Atom::of(class::bracketed(self)?),
            '\\' => self.escaped()?,
            '.' => Atom::of(self.dot()),
            '^' => Atom::empty(self.caret()),
            '$' => Atom::empty(self.dollar()),
            '*' | '+' | '?' => {
                return Err(syntax(format_args!("the {c} has nothing to repeat")));
            }
            // A count where an atom is due, as behind another count, repeats nothing.
            '{' => {
                self.at -= 1;
                self.quantifier()?;
                return Ok(None);
            }
            _ => Atom::of(self.literal(c)),
        }))
    }

    pub(super) fn literal(&self, c: char) -> String {
        let mut out = String::new();
        if !self.flags.ignore_case {
            push_literal(&mut out, c);
        } else if c.is_ascii_alphabetic() && !self.flags.unicode_case {
            out = format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase());
        } else if self.flags.unicode_case && c.is_alphabetic() {
            out.push_str("(?i:");
            push_literal(&mut out, c);
            out.push(')');
        } else {
            push_literal(&mut out, c);
        }
        out
    }

    fn dot(&self) -> String {
        if self.flags.dot_all {
            r"(?s:.)".to_owned()
        } else if self.flags.unix_lines {
            r"[^\n]".to_owned()
        } else {
            format!("[^{LINE_TERMINATORS}]")
        }
    }

    fn caret(&self) -> String {
        match (self.flags.multi_line, self.flags.unix_lines) {
            (false, _) => r"\A".to_owned(),
            (true, true) => r"(?:(?!\z)(?:\A|(?<=\n)))".to_owned(),
            (true, false) => {
                r"(?:(?!\z)(?:\A|(?<=\n)|(?<=\r)(?!\n)|(?<=[\x{85}\x{2028}\x{2029}])))".to_owned()
            }
        }
    }

    fn dollar(&self) -> String {
        if self.flags.multi_line {
            return if self.flags.unix_lines {
                r"(?=\n|\z)".to_owned()
            } else {
                r"(?:(?=\r)|(?<!\r)(?=\n)|(?=[\x{85}\x{2028}\x{2029}])|\z)".to_owned()
            };
        }
        if self.whole && self.depth == 0 && self.at == self.input.len() {
            return r"\z".to_owned();
        }
        self.end_of_input()
    }

    /// Before the end, or before a line terminator at the end.
    pub(super) fn end_of_input(&self) -> String {
        if self.flags.unix_lines {
            r"(?=\n?\z)".to_owned()
        } else {
            r"(?:(?=\r\n\z)|(?<!\r)(?=\n\z)|(?=[\r\x{85}\x{2028}\x{2029}]?\z))".to_owned()
        }
    }
}

/// Writes a character that stands for itself.
pub(super) fn push_literal(out: &mut String, c: char) {
    if c.is_ascii_punctuation() {
        out.push('\\');
        out.push(c);
    } else if c.is_ascii_alphanumeric() || !c.is_ascii() {
        out.push(c);
    } else {
        out.extend([r"\x", &format!("{:02X}", u32::from(c))]);
    }
}
