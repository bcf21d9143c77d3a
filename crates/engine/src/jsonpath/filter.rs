//! Filters: `[?(@.price < 10 && @.kind in ['a', 'b'])]`.

use pipewright_jexl::{Json, Value};

use crate::jsonpath::cursor::Cursor;
use crate::jsonpath::parse::read_path;
use crate::jsonpath::path::{Filter, Operand, Operator};

/// How deep parentheses and filters may stand inside each other.
const MAX_DEPTH: usize = 32;

/// Operators by their spelling; a longer spelling stands before its beginning.
const SYMBOLS: &[(&str, Operator)] = &[
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("=~", Operator::Match),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

/// Operators that are words.
const WORDS: &[(&str, Operator)] = &[
    ("in", Operator::In),
    ("nin", Operator::NotIn),
    ("contains", Operator::Contains),
    ("all", Operator::All),
    ("size", Operator::Size),
    ("empty", Operator::Empty),
];

/// Reads `( condition )` after the `?`.
pub(crate) fn read(cursor: &mut Cursor<'_>, depth: usize) -> Result<Filter, String> {
    cursor.skip_blanks();
    if !cursor.take('(') {
        return Err(cursor.unexpected("`(` must follow `?`"));
    }
    let filter = read_any(cursor, depth)?;
    close(cursor)?;
    Ok(filter)
}

fn close(cursor: &mut Cursor<'_>) -> Result<(), String> {
    cursor.skip_blanks();
    if cursor.take(')') {
        Ok(())
    } else {
        Err(cursor.unexpected("`)` is missing"))
    }
}

fn read_any(cursor: &mut Cursor<'_>, depth: usize) -> Result<Filter, String> {
    let parts = read_list(cursor, depth, "||", read_all)?;
    Ok(single_or(parts, Filter::Any))
}

fn read_all(cursor: &mut Cursor<'_>, depth: usize) -> Result<Filter, String> {
    let parts = read_list(cursor, depth, "&&", read_term)?;
    Ok(single_or(parts, Filter::All))
}

/// Reads parts with `separator` between them.
fn read_list(
    cursor: &mut Cursor<'_>,
    depth: usize,
    separator: &str,
    read_part: fn(&mut Cursor<'_>, usize) -> Result<Filter, String>,
) -> Result<Vec<Filter>, String> {
    let mut parts = vec![read_part(cursor, depth)?];
    loop {
        cursor.skip_blanks();
        if !cursor.take_str(separator) {
            return Ok(parts);
        }
        parts.push(read_part(cursor, depth)?);
    }
}

fn single_or(mut parts: Vec<Filter>, join: fn(Vec<Filter>) -> Filter) -> Filter {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}

fn read_term(cursor: &mut Cursor<'_>, depth: usize) -> Result<Filter, String> {
    if depth > MAX_DEPTH {
        return Err(format!("the filter is nested deeper than {MAX_DEPTH}"));
    }
    cursor.skip_blanks();
    if cursor.take('!') {
        return Ok(Filter::Not(Box::new(read_term(cursor, depth + 1)?)));
    }
    if cursor.take('(') {
        let inner = read_any(cursor, depth + 1)?;
        close(cursor)?;
        return Ok(inner);
    }
    let left = read_operand(cursor, depth)?;
    cursor.skip_blanks();
    let Some(operator) = read_operator(cursor) else {
        return match left {
            Operand::Path(path) => Ok(Filter::Exists(path)),
            Operand::Literal(_) | Operand::Regex(_) => {
                Err(cursor.unexpected("an operator is missing"))
            }
        };
    };
    let right = read_operand(cursor, depth)?;
    Ok(Filter::Compare(left, operator, right))
}

fn read_operator(cursor: &mut Cursor<'_>) -> Option<Operator> {
    let symbol = SYMBOLS.iter().find(|(text, _)| cursor.take_str(text));
    symbol
        .or_else(|| WORDS.iter().find(|(text, _)| cursor.take_word(text)))
        .map(|(_, operator)| *operator)
}

fn read_operand(cursor: &mut Cursor<'_>, depth: usize) -> Result<Operand, String> {
    cursor.skip_blanks();
    match cursor.peek() {
        Some('@' | '$') => read_path(cursor, depth).map(Operand::Path),
        Some('\'' | '"') => cursor.quoted().map(|text| Operand::Literal(text.into())),
        Some('/') => read_regex(cursor).map(Operand::Regex),
        Some('[' | '{') => read_json(cursor),
        _ => read_word(cursor),
    }
}

/// Reads `/pattern/flags` to a pattern that carries its flags.
fn read_regex(cursor: &mut Cursor<'_>) -> Result<String, String> {
    cursor.next();
    let mut pattern = String::new();
    loop {
        match cursor.next() {
            None => return Err("a regular expression does not end".to_owned()),
            Some('/') => break,
            Some('\\') if cursor.take('/') => pattern.push('/'),
            Some('\\') => {
                pattern.push('\\');
                pattern.extend(cursor.next());
            }
            Some(c) => pattern.push(c),
        }
    }
    let flags = cursor.take_while(|c| c.is_ascii_alphabetic());
    Ok(if flags.is_empty() {
        pattern
    } else {
        format!("(?{flags}){pattern}")
    })
}

/// Reads a JSON list or object; texts in it may also stand in single quotes.
fn read_json(cursor: &mut Cursor<'_>) -> Result<Operand, String> {
    let mut json = String::new();
    let mut open = 0_usize;
    while let Some(c) = cursor.peek() {
        match c {
            '\'' | '"' => {
                let text = Json::String(cursor.quoted()?);
                json.push_str(&text.to_string());
                continue;
            }
            '[' | '{' => open += 1,
            ']' | '}' => open -= 1,
            _ => {}
        }
        json.push(c);
        cursor.next();
        if open == 0 {
            break;
        }
    }
    let value = Json::read(&json).map_err(|error| format!("the filter's JSON: {error}"))?;
    Ok(Operand::Literal(Value::from(&value)))
}

/// Reads a number, `true`, `false` or `null`.
fn read_word(cursor: &mut Cursor<'_>) -> Result<Operand, String> {
    let place = cursor.clone();
    let word = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+'));
    let value = Json::read(word)
        .map_err(|_| place.unexpected("a path, a number, a text in quotes or a list is missing"))?;
    Ok(Operand::Literal(Value::from(&value)))
}
