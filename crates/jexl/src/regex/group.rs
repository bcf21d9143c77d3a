//! What stands in parentheses: groups, look-around and flags.

use super::reader::{Input, Reader};
use super::syntax;
use super::translate::Atom;
use crate::OpResult;

impl Reader {
    /// What stands behind an opening parenthesis.
    pub(super) fn group(&mut self) -> OpResult<Option<Atom>> {
        if !self.eat('?') {
            self.groups += 1;
            return self.group_body("(").map(Some);
        }
        let opening = match self.bump() {
            Some(Input::Char(':')) => "(?:",
            Some(Input::Char('=')) => return self.look_ahead("(?=").map(Some),
            Some(Input::Char('!')) => return self.look_ahead("(?!").map(Some),
            Some(Input::Char('>')) => "(?>",
            Some(Input::Char('<')) => {
                if self.eat('=') {
                    return self.look_behind("(?<=").map(Some);
                }
                if self.eat('!') {
                    return self.look_behind("(?<!").map(Some);
                }
                let name = self.group_name()?;
                self.groups += 1;
                if self.names.iter().any(|(known, _)| *known == name) {
                    return Err(syntax(format_args!("two groups are named {name}")));
                }
                self.names.push((name, self.groups));
                "("
            }
            _ => {
                self.at -= 1;
                return self.inline_flags();
            }
        };
        self.group_body(opening).map(Some)
    }

    fn look_ahead(&mut self, opening: &str) -> OpResult<Atom> {
        Ok(Atom::empty(self.group_body(opening)?.source))
    }

    fn look_behind(&mut self, opening: &str) -> OpResult<Atom> {
        self.look_behind += 1;
        let body = self.group_body(opening)?;
        self.look_behind -= 1;
        Ok(Atom::empty(body.source))
    }

    fn group_body(&mut self, opening: &str) -> OpResult<Atom> {
        self.enter()?;
        let flags = self.flags;
        let body = self.alternation()?;
        if !self.eat(')') {
            return Err(syntax("a group is not closed"));
        }
        self.flags = flags;
        self.leave();
        Ok(body.inside(opening))
    }

    pub(super) fn group_name(&mut self) -> OpResult<String> {
        let mut name = String::new();
        loop {
            match self.any_char() {
                Some('>') if !name.is_empty() => return Ok(name),
                Some(c) if c.is_ascii_alphabetic() || (c.is_ascii_digit() && !name.is_empty()) => {
                    name.push(c);
                }
                _ => return Err(syntax("the name of a group is not valid")),
            }
        }
    }

    /// `(?i-s)` for the rest of the group, or `(?i-s:…)`.
    fn inline_flags(&mut self) -> OpResult<Option<Atom>> {
        let before = self.flags;
        let mut on = true;
        loop {
            match self.bump() {
                Some(Input::Char('-')) if on => on = false,
                Some(Input::Char(')')) => return Ok(None),
                Some(Input::Char(':')) => {
                    let inside = self.flags;
                    self.flags = before;
                    // The flags hold inside; `group_body` restores those around it.
                    self.enter()?;
                    self.flags = inside;
                    let body = self.alternation()?;
                    if !self.eat(')') {
                        return Err(syntax("a group is not closed"));
                    }
                    self.flags = before;
                    self.leave();
                    return Ok(Some(body.inside("(?:")));
                }
                Some(Input::Char(c)) => self.set_flag(c, on)?,
                _ => return Err(syntax("a group is not closed")),
            }
        }
    }

    fn set_flag(&mut self, flag: char, on: bool) -> OpResult<()> {
        match flag {
            'i' => self.flags.ignore_case = on,
            'd' => self.flags.unix_lines = on,
            'm' => self.flags.multi_line = on,
            's' => self.flags.dot_all = on,
            'u' => self.flags.unicode_case = on,
            'x' => self.flags.comments = on,
            'U' => {
                self.flags.unicode_class = on;
                self.flags.unicode_case = on;
            }
            _ => return Err(syntax(format_args!("(?{flag} is no flag or group"))),
        }
        Ok(())
    }
}
