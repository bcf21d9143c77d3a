//! From the Java dialect of regular expressions to that of `fancy-regex`.
//!
//! A recursive-descent reader of the documented syntax of `java.util.regex.Pattern`. It emits constructs whose meaning is the same
//! in both dialects: flags are resolved here, so that the output carries none but `(?i:…)` around Unicode letters.

use super::{class, property, syntax};
use crate::{Failure, Outcome};

/// How deep groups and classes may nest.
const MAX_NESTING: usize = 100;

/// Java's line terminators, as the inside of a class.
pub(super) const LINE_TERMINATORS: &str = r"\n\r\x{85}\x{2028}\x{2029}";

/// What comes out.
#[derive(Debug)]
pub(super) struct Translated {
    /// The pattern for `fancy-regex`.
    pub(super) source: String,
    /// The named groups.
    pub(super) names: Vec<(String, usize)>,
}

/// Translates a pattern; `whole` says that it will be anchored at both ends, where a final `$` is the end itself.
pub(super) fn translate(pattern: &str, whole: bool) -> Outcome<Translated> {
    let input = unquote(pattern);
    let mut reader = Reader {
        total_groups: count_groups(&input),
        input,
        at: 0,
        flags: Flags::default(),
        names: Vec::new(),
        groups: 0,
        depth: 0,
        look_behind: 0,
        whole,
    };
    let source = reader.alternation()?;
    if reader.at < reader.input.len() {
        return Err(syntax("a ) closes nothing"));
    }
    Ok(Translated {
        source,
        names: reader.names,
    })
}

/// A character of the pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Input {
    /// As written.
    Char(char),
    /// Between `\Q` and `\E`: stands for itself.
    Quoted(char),
}

/// Takes out `\Q…\E`; a `\Q` that never ends quotes the rest.
fn unquote(pattern: &str) -> Vec<Input> {
    let mut input = Vec::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix(r"\Q") {
            let (inside, after) = quoted.split_once(r"\E").unwrap_or((quoted, ""));
            input.extend(inside.chars().map(Input::Quoted));
            rest = after;
            continue;
        }
        let escape = if c == '\\' { 2 } else { 1 };
        let end = rest
            .char_indices()
            .nth(escape)
            .map_or(rest.len(), |(at, _)| at);
        input.extend(rest[..end].chars().map(Input::Char));
        rest = &rest[end..];
    }
    input
}

/// How many capturing groups open, for references to groups that come later.
fn count_groups(input: &[Input]) -> usize {
    let mut count = 0;
    let mut class = 0_usize;
    let mut at = 0;
    while at < input.len() {
        match input[at] {
            Input::Char('\\') => at += 1,
            Input::Char('[') => class += 1,
            Input::Char(']') => class = class.saturating_sub(1),
            Input::Char('(') if class == 0 => {
                let named = input.get(at + 1..at + 3)
                    == Some(&[Input::Char('?'), Input::Char('<')])
                    && !matches!(input.get(at + 3), Some(Input::Char('=' | '!')));
                if named || input.get(at + 1) != Some(&Input::Char('?')) {
                    count += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    count
}

/// The flags of `(?idmsuxU)`.
#[derive(Clone, Copy, Default, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "seven independent flags of the dialect"
)]
pub(super) struct Flags {
    pub(super) ignore_case: bool,
    unix_lines: bool,
    multi_line: bool,
    dot_all: bool,
    pub(super) unicode_case: bool,
    pub(super) comments: bool,
    pub(super) unicode_class: bool,
}

/// An escape that stands for one character or for a set.
pub(super) enum Escape {
    Char(char),
    /// The inside of a class.
    Set(String),
    /// A set of everything else.
    NotSet(String),
}

pub(super) struct Reader {
    input: Vec<Input>,
    at: usize,
    pub(super) flags: Flags,
    names: Vec<(String, usize)>,
    groups: usize,
    total_groups: usize,
    depth: usize,
    /// How many look-behinds are open: inside, every repetition needs an upper bound.
    look_behind: usize,
    whole: bool,
}

impl Reader {
    pub(super) fn peek(&self) -> Option<Input> {
        self.input.get(self.at).copied()
    }

    pub(super) fn peek_second(&self) -> Option<Input> {
        self.input.get(self.at + 1).copied()
    }

    pub(super) fn bump(&mut self) -> Option<Input> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(Input::Char(c));
        self.at += usize::from(found);
        found
    }

    /// The next character, quoted or not.
    fn any_char(&mut self) -> Option<char> {
        self.bump().map(|input| match input {
            Input::Char(c) | Input::Quoted(c) => c,
        })
    }

    /// Skips blanks and comments in comments mode.
    pub(super) fn skip_comments(&mut self) {
        if !self.flags.comments {
            return;
        }
        while let Some(Input::Char(c)) = self.peek() {
            if c == '#' {
                while self.any_char().is_some_and(|c| !LINE_ENDS.contains(&c)) {}
            } else if c.is_ascii_whitespace() || c == '\u{B}' {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    pub(super) fn enter(&mut self) -> Outcome<()> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(Failure::limit(format!(
                "a regular expression nests more than {MAX_NESTING} deep"
            )));
        }
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    fn alternation(&mut self) -> Outcome<String> {
        let mut out = self.sequence()?;
        while self.eat('|') {
            out.push('|');
            out.push_str(&self.sequence()?);
        }
        Ok(out)
    }

    fn sequence(&mut self) -> Outcome<String> {
        let mut out = String::new();
        loop {
            self.skip_comments();
            if matches!(self.peek(), None | Some(Input::Char('|' | ')'))) {
                return Ok(out);
            }
            let Some(atom) = self.atom()? else { continue };
            self.skip_comments();
            match self.quantifier()? {
                Some(quantifier) => {
                    out.push_str("(?:");
                    out.push_str(&atom);
                    out.push(')');
                    out.push_str(&quantifier);
                }
                None => out.push_str(&atom),
            }
        }
    }

    /// One atom; `None` for what matches nothing by itself, such as `(?i)`.
    fn atom(&mut self) -> Outcome<Option<String>> {
        let Some(input) = self.bump() else {
            return Ok(None);
        };
        let c = match input {
            Input::Quoted(c) => return Ok(Some(self.literal(c))),
            Input::Char(c) => c,
        };
        Ok(Some(match c {
            '(' => return self.group(),
            '[' => class::bracketed(self)?,
            '\\' => self.escaped()?,
            '.' => self.dot(),
            '^' => self.caret(),
            '$' => self.dollar(),
            '*' | '+' | '?' => {
                return Err(syntax(format_args!("the {c} has nothing to repeat")));
            }
            // A count where an atom is due repeats nothing.
            '{' => {
                self.at -= 1;
                String::new()
            }
            _ => self.literal(c),
        }))
    }

    fn literal(&self, c: char) -> String {
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
    fn end_of_input(&self) -> String {
        if self.flags.unix_lines {
            r"(?=\n?\z)".to_owned()
        } else {
            r"(?:(?=\r\n\z)|(?<!\r)(?=\n\z)|(?=[\r\x{85}\x{2028}\x{2029}]?\z))".to_owned()
        }
    }

    fn quantifier(&mut self) -> Outcome<Option<String>> {
        let Some(Input::Char(c)) = self.peek() else {
            return Ok(None);
        };
        let mut out = match c {
            '*' | '+' | '?' => {
                self.at += 1;
                if c != '?' {
                    self.unbounded()?;
                }
                c.to_string()
            }
            '{' => self.count()?,
            _ => return Ok(None),
        };
        if let Some(Input::Char(mode @ ('?' | '+'))) = self.peek() {
            self.at += 1;
            out.push(mode);
        }
        Ok(Some(out))
    }

    /// `{n}`, `{n,}` or `{n,m}`.
    fn count(&mut self) -> Outcome<String> {
        self.at += 1;
        let Some(least) = self.number()? else {
            return Err(syntax("a { must be followed by a count"));
        };
        let mut out = format!("{{{least}");
        if self.eat(',') {
            out.push(',');
            match self.number()? {
                Some(most) if most < least => {
                    return Err(syntax("the upper count is below the lower"));
                }
                Some(most) => out.push_str(&most.to_string()),
                None => self.unbounded()?,
            }
        }
        if !self.eat('}') {
            return Err(syntax("a count is not closed"));
        }
        out.push('}');
        Ok(out)
    }

    fn number(&mut self) -> Outcome<Option<i32>> {
        let mut number: Option<i32> = None;
        while let Some(Input::Char(c)) = self.peek()
            && let Some(digit) = c.to_digit(10)
        {
            self.at += 1;
            let longer = i64::from(number.unwrap_or(0)) * 10 + i64::from(digit);
            number = Some(i32::try_from(longer).map_err(|_| syntax("a count is too large"))?);
        }
        Ok(number)
    }

    fn unbounded(&self) -> Outcome<()> {
        if self.look_behind > 0 {
            return Err(syntax("a look-behind has no obvious greatest length"));
        }
        Ok(())
    }

    /// What stands behind an opening parenthesis.
    fn group(&mut self) -> Outcome<Option<String>> {
        if !self.eat('?') {
            self.groups += 1;
            return self.group_body("(").map(Some);
        }
        let opening = match self.bump() {
            Some(Input::Char(':')) => "(?:",
            Some(Input::Char('=')) => "(?=",
            Some(Input::Char('!')) => "(?!",
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

    fn look_behind(&mut self, opening: &str) -> Outcome<String> {
        self.look_behind += 1;
        let body = self.group_body(opening)?;
        self.look_behind -= 1;
        Ok(body)
    }

    fn group_body(&mut self, opening: &str) -> Outcome<String> {
        self.enter()?;
        let flags = self.flags;
        let body = self.alternation()?;
        if !self.eat(')') {
            return Err(syntax("a group is not closed"));
        }
        self.flags = flags;
        self.leave();
        Ok(format!("{opening}{body})"))
    }

    fn group_name(&mut self) -> Outcome<String> {
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
    fn inline_flags(&mut self) -> Outcome<Option<String>> {
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
                    return Ok(Some(format!("(?:{body})")));
                }
                Some(Input::Char(c)) => self.set_flag(c, on)?,
                _ => return Err(syntax("a group is not closed")),
            }
        }
    }

    fn set_flag(&mut self, flag: char, on: bool) -> Outcome<()> {
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

    /// What stands behind a backslash outside a class.
    fn escaped(&mut self) -> Outcome<String> {
        match self.peek() {
            Some(Input::Char('b')) => {
                self.at += 1;
                if self.peek() == Some(Input::Char('{')) {
                    return Err(Failure::refused(
                        r"\b{g} is not offered in regular expressions",
                    ));
                }
                return Ok(r"\b".to_owned());
            }
            Some(Input::Char(c @ ('A' | 'B' | 'G' | 'z'))) => {
                self.at += 1;
                return Ok(format!("\\{c}"));
            }
            Some(Input::Char('Z')) => {
                self.at += 1;
                return Ok(self.end_of_input());
            }
            Some(Input::Char('R')) => {
                self.at += 1;
                return Ok(r"(?:\r\n|[\n\x0B\x0C\r\x{85}\x{2028}\x{2029}])".to_owned());
            }
            Some(Input::Char('X')) => {
                self.at += 1;
                return Ok(r"(?:\r\n|(?s:.)[\p{M}\x{200D}]*)".to_owned());
            }
            Some(Input::Char('k')) => {
                self.at += 1;
                return self.named_reference();
            }
            Some(Input::Char(c @ '1'..='9')) => {
                self.at += 1;
                return self.numbered_reference(c);
            }
            _ => {}
        }
        Ok(match self.escape()? {
            Escape::Char(c) => self.literal(c),
            Escape::Set(set) => format!("[{set}]"),
            Escape::NotSet(set) => format!("[^{set}]"),
        })
    }

    fn named_reference(&mut self) -> Outcome<String> {
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
    fn numbered_reference(&mut self, first: char) -> Outcome<String> {
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

    fn reference(&self, number: usize) -> Outcome<String> {
        self.unbounded()?;
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
    pub(super) fn escape(&mut self) -> Outcome<Escape> {
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

    fn property(&mut self) -> Outcome<String> {
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

    fn octal(&mut self) -> Outcome<Escape> {
        let mut value = 0;
        let mut digits = 0;
        while let Some(Input::Char(c)) = self.peek()
            && let Some(digit) = c.to_digit(8)
            && digits < 3
            && value * 8 + digit <= 0o377
        {
            value = value * 8 + digit;
            digits += 1;
            self.at += 1;
        }
        match char::from_u32(value) {
            Some(c) if digits > 0 => Ok(Escape::Char(c)),
            _ => Err(syntax(r"\0 must be followed by octal digits")),
        }
    }

    fn hexadecimal(&mut self) -> Outcome<Escape> {
        let wrong = || syntax(r"\x must be followed by two hexadecimal digits or by {…}");
        if !self.eat('{') {
            let code = self.hex_digits(2).ok_or_else(wrong)?;
            return char::from_u32(code).map(Escape::Char).ok_or_else(wrong);
        }
        let mut code = 0_u32;
        let mut digits = 0;
        while let Some(Input::Char(c)) = self.peek()
            && let Some(digit) = c.to_digit(16)
        {
            code = code.saturating_mul(16).saturating_add(digit);
            digits += 1;
            self.at += 1;
        }
        match char::from_u32(code) {
            Some(c) if digits > 0 && self.eat('}') => Ok(Escape::Char(c)),
            _ => Err(wrong()),
        }
    }

    /// `\uXXXX`, where two that form a surrogate pair are one character.
    fn utf16(&mut self) -> Outcome<Escape> {
        let wrong = || syntax(r"\u must be followed by four hexadecimal digits");
        let first = self.hex_digits(4).ok_or_else(wrong)?;
        if let Some(c) = char::from_u32(first) {
            return Ok(Escape::Char(c));
        }
        let back = self.at;
        if first < 0xDC00
            && self.eat('\\')
            && self.eat('u')
            && let Some(second @ 0xDC00..=0xDFFF) = self.hex_digits(4)
            && let Some(c) = char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        {
            return Ok(Escape::Char(c));
        }
        self.at = back;
        Ok(Escape::Char(char::REPLACEMENT_CHARACTER))
    }

    fn hex_digits(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            let digit = self.any_char()?.to_digit(16)?;
            value = value * 16 + digit;
        }
        Some(value)
    }
}

const LINE_ENDS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

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
