//! Template strings: `` `text ${expression}` `` (`spec/jexl.md` §2.9).

use std::sync::Arc;

use pipewright_source::TextRange;
use pipewright_syntax::TemplateString;

use super::code::{Op, TemplatePart};
use super::embedded;
use super::lower::Lowering;
use crate::value::JavaString;
use crate::{ErrorKind, Value};

/// Lowers a template string. The library reads its inside only when it runs, so what is wrong in it is an error of the
/// run: of the string where a piece is not closed, and a syntax error where the piece is no expression.
pub(super) fn lower(template: &TemplateString, range: TextRange, lowering: &mut Lowering) -> Op {
    match parts(&template.text) {
        Ok(parts) => program(&parts, range, lowering),
        Err(message) => Op::Fails(ErrorKind::TemplateString, message),
    }
}

/// A piece of a template as written.
enum Part {
    Text(String),
    Expression(String),
}

fn program(parts: &[Part], range: TextRange, lowering: &mut Lowering) -> Op {
    let mut lowered = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Part::Text(text) => lowered.push(TemplatePart::Text(JavaString::from(text.as_str()))),
            Part::Expression(source) => match embedded(source, range, lowering) {
                Ok(Some(code)) => lowered.push(TemplatePart::Program(code)),
                Ok(None) => {
                    let null = super::code::Code {
                        range,
                        op: Op::Constant(Value::Null),
                    };
                    lowered.push(TemplatePart::Program(null));
                }
                Err(message) => return Op::Fails(ErrorKind::Syntax, message),
            },
        }
    }
    match lowered.as_slice() {
        [] => Op::Constant(Value::from("")),
        [TemplatePart::Text(text)] => Op::Constant(Value::String(text.clone())),
        _ => Op::Template(Arc::from(lowered)),
    }
}

/// Cuts a template at `${…}` and `#{…}`. A backslash before `$` or `#` keeps it as text, and so does a `$` or `#`
/// directly before it.
fn parts(text: &str) -> Result<Vec<Part>, String> {
    let text = text.replace(r"\\", r"\");
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let next = after.chars().next();
        match (c, next) {
            ('$' | '#', Some('{')) => {
                let inside = &after[1..];
                let end = end_of_expression(inside, c == '#')
                    .ok_or_else(|| format!("a {c}{{ of the template string is not closed"))?;
                if !literal.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut literal)));
                }
                parts.push(Part::Expression(inside[..end].to_owned()));
                rest = &inside[end + 1..];
            }
            ('\\', Some(escaped @ ('$' | '#'))) => {
                literal.push(escaped);
                rest = &after[1..];
            }
            ('$' | '#', None) => {
                return Err(format!("the template string ends in a lone {c}"));
            }
            ('\\' | '$' | '#', Some(next)) => {
                literal.extend([c, next]);
                rest = &after[next.len_utf8()..];
            }
            _ => {
                literal.push(c);
                rest = after;
            }
        }
    }
    if !literal.is_empty() {
        parts.push(Part::Text(literal));
    }
    Ok(parts)
}

/// The place of the brace that closes an expression. Braces count; quotes only in `#{…}`.
fn end_of_expression(text: &str, quotes: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote: Option<char> = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                chars.next();
            }
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') if quotes => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth == 0 => return Some(at),
            (None, '}') => depth -= 1,
            _ => {}
        }
    }
    None
}
