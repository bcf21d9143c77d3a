//! The parts of a format: what stands behind a `%`, and which argument it shows.

use crate::{Failure, OpResult, Value};

/// Which argument comes next.
#[derive(Default)]
pub(super) struct Cursor {
    ordinary: usize,
    last: Option<usize>,
}

impl Cursor {
    pub(super) fn next<'a>(&mut self, spec: &Spec, arguments: &'a [Value]) -> OpResult<&'a Value> {
        let index = match spec.argument {
            Position::Next => {
                self.ordinary += 1;
                self.ordinary - 1
            }
            Position::At(index) => index,
            Position::Same => self.last.ok_or_else(missing)?,
        };
        self.last = Some(index);
        arguments.get(index).ok_or_else(missing)
    }
}

fn missing() -> Failure {
    Failure::method("the format asks for more arguments than there are")
}

enum Position {
    Next,
    At(usize),
    Same,
}

/// One `%…`.
pub(super) struct Spec {
    argument: Position,
    flags: String,
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
    pub(super) conversion: char,
    pub(super) upper: bool,
}

impl Spec {
    /// Reads what stands behind a `%`, and gives the rest.
    pub(super) fn parse(text: &str) -> OpResult<(Self, &str)> {
        let wrong = || Failure::method("the format has a % that is none");
        let mut rest = text;
        let mut argument = Position::Next;
        if let Some(after) = rest.strip_prefix('<') {
            (argument, rest) = (Position::Same, after);
        } else {
            let (number, after) = digits(rest)?;
            if let (Some(number), Some(after)) = (number, after.strip_prefix('$')) {
                (argument, rest) = (
                    Position::At(number.checked_sub(1).ok_or_else(wrong)?),
                    after,
                );
            }
        }
        let end = rest.find(|c| !"-#+ 0,(".contains(c)).ok_or_else(wrong)?;
        let flags = rest[..end].to_owned();
        let (width, after) = digits(&rest[end..])?;
        let (precision, after) = match after.strip_prefix('.') {
            Some(after) => match digits(after)? {
                (Some(precision), after) => (Some(precision), after),
                _ => return Err(wrong()),
            },
            None => (None, after),
        };
        let conversion = after.chars().next().ok_or_else(wrong)?;
        let lower = conversion.to_ascii_lowercase();
        if !"bhscdoxefgan%".contains(lower)
            || (conversion != lower && "don".contains(lower))
            || conversion == 'F'
        {
            return Err(wrong());
        }
        let left = flags.contains('-');
        if (left || flags.contains('0')) && width.is_none() || (left && flags.contains('0')) {
            return Err(wrong());
        }
        let no_precision = precision.is_some() && "cdox%n".contains(lower);
        let no_groups = flags.contains(',') && lower == 'e';
        let no_alternate = flags.contains('#') && lower == 'g';
        if no_precision || no_groups || no_alternate {
            return Err(wrong());
        }
        let spec = Self {
            argument,
            flags,
            width,
            precision,
            conversion: lower,
            upper: conversion != lower,
        };
        Ok((spec, &after[conversion.len_utf8()..]))
    }

    pub(super) fn has(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }
}

/// The number at the start of a text; one that begins with 0 is a flag.
fn digits(text: &str) -> OpResult<(Option<usize>, &str)> {
    let (digits, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
    if digits.is_empty() {
        return Ok((None, rest));
    }
    match digits.parse::<i32>().map(usize::try_from) {
        Ok(Ok(number)) => Ok((Some(number), rest)),
        _ => Err(Failure::method("the format has a number beyond an int")),
    }
}
