//! Bracketed character classes: unions, ranges, nested classes, intersections.

use super::escape::Escape;
use super::reader::{Input, Reader};
use super::syntax;
use super::translate::push_literal;
use crate::OpResult;

/// Reads a class whose `[` is behind the reader, and writes it with its brackets.
pub(super) fn bracketed(reader: &mut Reader) -> OpResult<String> {
    reader.enter()?;
    let negated = reader.eat('^');
    let mut operands: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut first = true;
    loop {
        reader.skip_comments();
        match reader.peek() {
            None => return Err(syntax("a class is not closed")),
            // The first ] of a class stands for itself.
            Some(Input::Char(']')) if !first => {
                reader.bump();
                break;
            }
            Some(Input::Char('[')) => {
                reader.bump();
                current.push_str(&bracketed(reader)?);
            }
            Some(Input::Char('&')) if reader.peek_second() == Some(Input::Char('&')) => {
                while reader.eat('&') {}
                if !current.is_empty() {
                    operands.push(std::mem::take(&mut current));
                }
            }
            Some(_) => item(reader, &mut current)?,
        }
        first = false;
    }
    reader.leave();
    if !current.is_empty() {
        operands.push(current);
    }
    if operands.is_empty() {
        return Err(syntax("a class has nothing in it"));
    }
    let sign = if negated { "^" } else { "" };
    Ok(match operands.as_slice() {
        [only] => format!("[{sign}{only}]"),
        several => {
            let nested: Vec<String> = several.iter().map(|part| format!("[{part}]")).collect();
            format!("[{sign}{}]", nested.join("&&"))
        }
    })
}

/// A character, a range or a predefined set.
fn item(reader: &mut Reader, out: &mut String) -> OpResult<()> {
    let start = match element(reader)? {
        Escape::Char(c) => c,
        Escape::Set(set) => {
            out.extend(["[", &set, "]"]);
            return Ok(());
        }
        Escape::NotSet(set) => {
            out.extend(["[^", &set, "]"]);
            return Ok(());
        }
    };
    reader.skip_comments();
    let range = reader.peek() == Some(Input::Char('-'))
        && !matches!(reader.peek_second(), None | Some(Input::Char(']' | '[')));
    if !range {
        push_range(reader, out, start, start);
        return Ok(());
    }
    reader.bump();
    reader.skip_comments();
    match element(reader)? {
        Escape::Char(end) if start <= end => {
            push_range(reader, out, start, end);
            Ok(())
        }
        _ => Err(syntax("a range in a class ends before it begins")),
    }
}

fn element(reader: &mut Reader) -> OpResult<Escape> {
    match reader.bump() {
        Some(Input::Char('\\')) => reader.escape(),
        Some(Input::Char(c) | Input::Quoted(c)) => Ok(Escape::Char(c)),
        None => Err(syntax("a class is not closed")),
    }
}

/// Writes a range, in both letter cases where case does not count.
fn push_range(reader: &Reader, out: &mut String, start: char, end: char) {
    let flags = reader.flags;
    if flags.ignore_case && flags.unicode_case {
        out.push_str(&every_case(start, end));
    }
    write_range(out, start, end);
    if !flags.ignore_case {
        return;
    }
    for (low, high, shift) in [('a', 'z', -32), ('A', 'Z', 32)] {
        let (low, high) = (low.max(start), high.min(end));
        if low <= high
            && let (Some(low), Some(high)) = (shifted(low, shift), shifted(high, shift))
        {
            write_range(out, low, high);
        }
    }
}

/// The other cases of the letters of a range; ranges over most of Unicode hold both cases anyway.
fn every_case(start: char, end: char) -> String {
    const MOST: usize = 512;
    let mut out = String::new();
    for c in (start..=end).take(MOST) {
        for other in c.to_lowercase().chain(c.to_uppercase()) {
            if other != c {
                push_literal(&mut out, other);
            }
        }
    }
    out
}

fn shifted(c: char, by: i32) -> Option<char> {
    u32::from(c).checked_add_signed(by).and_then(char::from_u32)
}

fn write_range(out: &mut String, start: char, end: char) {
    push_literal(out, start);
    if start != end {
        out.push('-');
        push_literal(out, end);
    }
}
