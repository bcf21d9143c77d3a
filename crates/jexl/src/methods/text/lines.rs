//! Methods of strings that look at lines or at escapes.

use super::is_white_space;
use crate::limits::MAX_RESULT_BYTES;
use crate::methods::method::{Method, rows};
use crate::methods::{Arguments, stream};
use crate::value::{JavaString, too_long};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Text as Text:
    lines() -> Any, 1, stream_of_lines, "A stream of the lines.";
    /// Each line with so many spaces more, or with a negative number fewer, and a line feed at the end.
    indent(Integer) -> Text, 1, indent;
    stripIndent() -> Text, 1, strip_indent, "The lines without the white space they have in common.";
    /// The text with escapes such as \n as the characters they stand for.
    translateEscapes() -> Text, 1, translate_escapes;
};

fn stream_of_lines(text: &JavaString, _: Arguments<'_>) -> OpResult {
    stream::of_objects(lines(text).into_iter().map(Value::from).collect())
}

/// The lines as Java's `lines()` cuts them: at `\n`, `\r` and `\r\n`, without an empty one at the end.
fn lines(text: &JavaString) -> Vec<String> {
    let text = text.to_str().replace("\r\n", "\n").replace('\r', "\n");
    text.strip_suffix('\n')
        .unwrap_or(&text)
        .split('\n')
        .filter(|_| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

fn indent(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let by = arguments.int(0)?;
    let lines = lines(text);
    let spaces = usize::try_from(by).unwrap_or(0);
    if spaces.saturating_mul(lines.len()) > MAX_RESULT_BYTES {
        return Err(too_long());
    }
    let mut out = String::new();
    for line in lines {
        let fewer = by.min(0).unsigned_abs() as usize;
        let leading = line.chars().take(fewer).take_while(|c| is_white_space(*c));
        let cut: usize = leading.map(char::len_utf8).sum();
        out.extend([" ".repeat(spaces).as_str(), &line[cut..], "\n"]);
    }
    Ok(Value::from(out))
}

fn strip_indent(text: &JavaString, _: Arguments<'_>) -> OpResult {
    let whole = text.to_str();
    let ends_open = whole.ends_with(['\n', '\r']);
    let lines = lines(text);
    let leading = |line: &String| line.chars().take_while(|c| is_white_space(*c)).count();
    let blank = |line: &String| line.chars().all(is_white_space);
    let least = lines
        .iter()
        .enumerate()
        .filter(|(index, line)| !blank(line) || (index + 1 == lines.len() && !ends_open))
        .map(|(_, line)| leading(line))
        .min()
        .unwrap_or(0);
    let least = if ends_open { 0 } else { least };
    let cut: Vec<String> = lines
        .iter()
        .map(|line| {
            let kept: String = line
                .chars()
                .skip(if blank(line) { line.len() } else { least })
                .collect();
            kept.trim_end_matches(is_white_space).to_owned()
        })
        .collect();
    let end = if ends_open { "\n" } else { "" };
    Ok(Value::from(cut.join("\n") + end))
}

fn translate_escapes(text: &JavaString, _: Arguments<'_>) -> OpResult {
    let text = text.to_str();
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{C}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('s') => out.push(' '),
            Some('t') => out.push('\t'),
            Some(c @ ('\'' | '"' | '\\')) => out.push(c),
            Some(first @ '0'..='7') => {
                let most = if first <= '3' { 2 } else { 1 };
                let mut code = u32::from(first) - u32::from('0');
                for _ in 0..most {
                    let Some(digit) = chars.peek().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    code = code * 8 + digit;
                    chars.next();
                }
                out.extend(char::from_u32(code));
            }
            Some('\n') => {}
            Some('\r') => {
                chars.next_if_eq(&'\n');
            }
            _ => {
                return Err(Failure::method("the text has an escape that is none"));
            }
        }
    }
    Ok(Value::from(out))
}
