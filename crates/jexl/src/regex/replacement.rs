//! Replacement strings: `$1`, `${name}` and `\` (`Matcher.appendReplacement`).

use super::{Match, Pattern};
use crate::value::TextBuilder;
use crate::{Failure, OpResult};

/// A replacement taken apart.
#[derive(Debug)]
pub(super) struct Replacement(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Group(usize),
}

impl Replacement {
    /// Takes a replacement apart; `found` says how many groups there are. What Java refuses is a `method-failed`.
    pub(super) fn parse(text: &str, pattern: &Pattern, found: &Match) -> OpResult<Self> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => literal.push(
                    chars
                        .next()
                        .ok_or_else(|| wrong("a \\ must be followed by a character"))?,
                ),
                '$' => {
                    let group = match chars.next() {
                        Some('{') => {
                            let name: String = (&mut chars).take_while(|c| *c != '}').collect();
                            pattern
                                .group_number(&name)
                                .ok_or_else(|| wrong(&format!("there is no group named {name}")))?
                        }
                        Some(digit) if digit.is_ascii_digit() => {
                            let mut number = digit.to_digit(10).unwrap_or(0) as usize;
                            if number > found.group_count() {
                                return Err(wrong(&format!("there is no group {number}")));
                            }
                            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                                let longer = number * 10 + digit as usize;
                                if longer > found.group_count() {
                                    break;
                                }
                                number = longer;
                                chars.next();
                            }
                            number
                        }
                        _ => return Err(wrong("a $ must be followed by the number of a group")),
                    };
                    if !literal.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut literal)));
                    }
                    parts.push(Part::Group(group));
                }
                _ => literal.push(c),
            }
        }
        if !literal.is_empty() {
            parts.push(Part::Text(literal));
        }
        Ok(Self(parts))
    }

    /// Writes the replacement of one match; a group that took no part is empty.
    pub(super) fn write(&self, source: &str, found: &Match, out: &mut TextBuilder) -> OpResult<()> {
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push(text)?,
                Part::Group(number) => {
                    if let Some(range) = found.group(*number) {
                        out.push(&source[range])?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn wrong(message: &str) -> Failure {
    Failure::method(format!("the replacement is not valid: {message}"))
}
