//! The same program, written differently.

use std::fmt::Write as _;

use super::bytes::Bytes;
use crate::{TokenKind, tokens};

/// Writes `program` again with other blanks, comments, words for signs, signs for words, and escapes in strings.
/// The result parses to an equal tree, if `program` parses and holds no island.
pub fn restyle(program: &str, bytes: &mut Bytes<'_>) -> String {
    let mut out = String::new();
    let mut after_dot = false;
    for token in tokens(program) {
        let text = token.range.slice(program);
        match token.kind {
            TokenKind::Blank | TokenKind::Comment => {
                out.push_str(text);
                out.push_str(blank(bytes));
                continue;
            }
            TokenKind::Operator | TokenKind::Keyword if !after_dot => {
                respell(text, bytes, &mut out);
            }
            TokenKind::String => escape(text, bytes, &mut out),
            _ => out.push_str(text),
        }
        after_dot = token.kind == TokenKind::Dot;
        // A number before a dot must not run into it, and a blank there is in the text already.
        if !after_dot {
            out.push_str(blank(bytes));
        }
    }
    out
}

fn blank(bytes: &mut Bytes<'_>) -> &'static str {
    // A blank before a comment, so that no `/` runs into it.
    let choices = [
        "", "", "", "", " ", "\n", "\t", " /* ; */", " // }\n", " ## '\n", "\r\n", " /**/",
    ];
    bytes.pick(&choices)
}

/// Another way to write an operator, with blanks where it becomes a word.
fn respell(text: &str, bytes: &mut Bytes<'_>, out: &mut String) {
    let other = match text {
        "&&" => " and ",
        "and" => " && ",
        "||" => " or ",
        "or" => " || ",
        "==" => " eq ",
        "eq" => " == ",
        "!=" => " ne ",
        "ne" => " != ",
        "<" => " lt ",
        "lt" => " < ",
        "gt" => " > ",
        "<=" => " le ",
        "le" => " <= ",
        "ge" => " >= ",
        "/" => " div ",
        "%" => " mod ",
        "!" => " not ",
        _ => text,
    };
    out.push_str(if bytes.chance(100) { other } else { text });
}

/// A string literal with its first character as an escape, where it is a plain one.
fn escape(text: &str, bytes: &mut Bytes<'_>, out: &mut String) {
    let (quote, rest) = text.split_at(1);
    let plain = rest.chars().next().filter(char::is_ascii_alphanumeric);
    let Some(first) = plain.filter(|_| bytes.chance(60)) else {
        return out.push_str(text);
    };
    // Writing to a string cannot fail.
    let _ = write!(out, "{quote}\\u{:04x}{}", u32::from(first), &rest[1..]);
}
