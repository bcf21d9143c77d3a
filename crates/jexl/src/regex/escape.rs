//! What stands behind a backslash.

use super::reader::{Input, Reader};
use super::translate::Atom;
use super::{property, syntax};
use crate::{Failure, OpResult};

/// An escape that stands for one character or for a set.
pub(super) enum Escape {
    Char(char),
    /// The inside of a class.
    Set(String),
    /// A set of everything else.
    NotSet(String),
}

impl Reader {
    /// What stands behind a backslash outside a class.
    pub(super) fn escaped(&mut self) -> OpResult<Atom> {
        match self.peek() {
            Some(Input::Char('b')) => {
                self.at += 1;
                let is_grapheme = self.peek_second() == Some(Input::Char('g'));
                if is_grapheme && self.peek() == Some(Input::Char('{')) {
                    return Err(Failure::refused(
                        r"\b{g} is not offered in regular expressions",
                    ));
                }
                return Ok(Atom::empty(self.boundary()));
            }
            Some(Input::Char('B')) => {
                self.at += 1;
                return Ok(Atom::empty(self.no_boundary()));
            }
            Some(Input::Char(c @ ('A' | 'G' | 'z'))) => {
                self.at += 1;
                return Ok(Atom::empty(format!("\\{c}")));
            }
            Some(Input::Char('Z')) => {
                self.at += 1;
                return Ok(Atom::empty(self.end_of_input()));
            }
            Some(Input::Char('R')) => {
                self.at += 1;
                let source = r"(?:\r\n|[\n\x0B\x0C\r\x{85}\x{2028}\x{2029}])";
                return Ok(Atom::of(source.to_owned()));
            }
            Some(Input::Char('X')) => {
                self.at += 1;
                return Ok(Atom::of(r"(?:\r\n|(?s:.)[\p{M}\x{200D}]*)".to_owned()));
            }
            Some(Input::Char('k')) => {
                self.at += 1;
                return self.named_reference().map(Atom::of);
            }
            Some(Input::Char(c @ '1'..='9')) => {
                self.at += 1;
                return self.numbered_reference(c).map(Atom::of);
            }
            _ => {}
        }
        Ok(Atom::of(match self.escape()? {
            Escape::Char(c) => self.literal(c),
            Escape::Set(set) => format!("[{set}]"),
            Escape::NotSet(set) => format!("[^{set}]"),
        }))
    }

    /// A boundary of words; with `(?U)` they are those of `\w`.
    fn boundary(&self) -> &'static str {
        if self.flags.unicode_class {
            r"(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))"
        } else {
            r"\b"
        }
    }

    fn no_boundary(&self) -> &'static str {
        if self.flags.unicode_class {
            r"(?:(?<=\w)(?=\w)|(?<!\w)(?!\w))"
        } else {
            r"\B"
        }
    }

    fn named_reference(&mut self) -> OpResult<String> {
        if !self.eat('<') {
            return Err(syntax(r"\k must be followed by <name>"));
        }
        let name = self.group_name()?;
        let number = self
            .names
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, number)| *number)
            .ok_or_else(|| syntax(format_args!("there is no group named {name}")))?;
        self.reference(number)
    }

    /// More digits belong to the number as long as there are that many groups so far.
    fn numbered_reference(&mut self, first: char) -> OpResult<String> {
        let mut number = first.to_digit(10).unwrap_or(0) as usize;
        while let Some(Input::Char(c)) = self.peek()
            && let Some(digit) = c.to_digit(10)
            && number * 10 + digit as usize <= self.groups
        {
            number = number * 10 + digit as usize;
            self.at += 1;
        }
        self.reference(number)
    }

    fn reference(&mut self, number: usize) -> OpResult<String> {
        self.unbounded()?;
        self.unicode_references |= self.flags.ignore_case && self.flags.unicode_case;
        Ok(if number > self.total_groups {
            // A group that does not exist never matches.
            "(?!)".to_owned()
        } else if self.flags.ignore_case {
            format!(r"(?i:\{number})")
        } else {
            format!(r"(?:\{number})")
        })
    }

    /// The escapes that mean the same inside and outside a class; the backslash is behind us.
    pub(super) fn escape(&mut self) -> OpResult<Escape> {
        let Some(c) = self.any_char() else {
            return Err(syntax(r"a \ stands at the end"));
        };
        let set = |set: &str| Ok(Escape::Set(set.to_owned()));
        let not_set = |set: &str| Ok(Escape::NotSet(set.to_owned()));
        let unicode = self.flags.unicode_class;
        let digits = if unicode { r"\p{Nd}" } else { "0-9" };
        let words = if unicode { r"\w" } else { "a-zA-Z_0-9" };
        let spaces = if unicode {
            r"\p{White_Space}"
        } else {
            r"\x20\t\n\x0B\x0C\r"
        };
        let blanks = r"\x20\t\x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}";
        let vertical = r"\n\x0B\x0C\r\x{85}\x{2028}\x{2029}";
        match c {
            't' => Ok(Escape::Char('\t')),
            'n' => Ok(Escape::Char('\n')),
            'r' => Ok(Escape::Char('\r')),
            'f' => Ok(Escape::Char('\u{C}')),
            'a' => Ok(Escape::Char('\u{7}')),
            'e' => Ok(Escape::Char('\u{1B}')),
            'c' => match self.any_char() {
                Some(c) => char::from_u32(u32::from(c) ^ 64)
                    .map(Escape::Char)
                    .ok_or_else(|| syntax(r"\c must be followed by a letter")),
                None => Err(syntax(r"\c must be followed by a letter")),
            },
            '0' => self.octal(),
            'x' => self.hexadecimal(),
            'u' => self.utf16(),
            'd' => set(digits),
            'D' => not_set(digits),
            'w' => set(words),
            'W' => not_set(words),
            's' => set(spaces),
            'S' => not_set(spaces),
            'h' => set(blanks),
            'H' => not_set(blanks),
            'v' => set(vertical),
            'V' => not_set(vertical),
            'p' => self.property().map(Escape::Set),
            'P' => self.property().map(Escape::NotSet),
            'N' => Err(Failure::refused(
                r"\N{name} is not offered in regular expressions",
            )),
            _ if c.is_ascii_alphanumeric() => Err(syntax(format_args!(r"there is no escape \{c}"))),
            _ => Ok(Escape::Char(c)),
        }
    }

    fn property(&mut self) -> OpResult<String> {
        let name: String = if self.eat('{') {
            let mut name = String::new();
            loop {
                match self.any_char() {
                    Some('}') => break name,
                    Some(c) => name.push(c),
                    None => return Err(syntax(r"a \p{ is not closed")),
                }
            }
        } else {
            self.any_char().map(String::from).unwrap_or_default()
        };
        let any_case = self.flags.ignore_case;
        property::property(&name, self.flags.unicode_class, any_case)
            .ok_or_else(|| syntax(format_args!(r"there is no property \p{{{name}}}")))
    }
}
