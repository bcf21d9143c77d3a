//! The reader of paths: the Jayway dialect, which also takes paths without `$`.

use crate::jsonpath::cursor::Cursor;
use crate::jsonpath::filter;
use crate::jsonpath::path::{Path, Step};

/// How long a path may be, in bytes.
const MAX_PATH_BYTES: usize = 16 * 1024;

/// Reads a path. One without `$` starts with `$.`, so that `.name` becomes `$..name` and looks at every depth.
pub(crate) fn parse(text: &str) -> Result<Path, String> {
    if text.len() > MAX_PATH_BYTES {
        return Err(format!("the path is longer than {MAX_PATH_BYTES} bytes"));
    }
    let text = text.trim();
    let rooted = if text.starts_with(['$', '@']) {
        text.to_owned()
    } else {
        format!("$.{text}")
    };
    if rooted.ends_with('.') {
        return Err("the path ends with a dot".to_owned());
    }
    let mut cursor = Cursor::new(&rooted);
    let path = read_path(&mut cursor, 0)?;
    if cursor.at_end() {
        Ok(path)
    } else {
        Err(cursor.unexpected("the path goes on"))
    }
}

/// Reads `$` or `@` and the steps after it, as far as they go. `depth` counts the filters around it.
pub(crate) fn read_path(cursor: &mut Cursor<'_>, depth: usize) -> Result<Path, String> {
    let relative = match cursor.next() {
        Some('$') => false,
        Some('@') => true,
        _ => return Err("a path starts with `$` or `@`".to_owned()),
    };
    let mut steps = Vec::new();
    loop {
        match cursor.peek() {
            Some('[') => steps.push(read_bracket(cursor, depth)?),
            Some('.') => read_dot(cursor, &mut steps, depth)?,
            _ => return Ok(Path { steps, relative }),
        }
    }
}

/// Reads `.name`, `.*`, `.[…]`, or the same after `..`.
fn read_dot(cursor: &mut Cursor<'_>, steps: &mut Vec<Step>, depth: usize) -> Result<(), String> {
    cursor.next();
    if cursor.take('.') {
        steps.push(Step::Scan);
    }
    match cursor.peek() {
        Some('[') => steps.push(read_bracket(cursor, depth)?),
        Some('*') => {
            cursor.next();
            steps.push(Step::Wildcard);
        }
        _ => {
            let name = cursor.take_while(|c| !matches!(c, '.' | '[') && !ends_name(c, depth));
            if name.is_empty() {
                return Err(cursor.unexpected("a name is missing"));
            }
            if depth == 0 && name.contains(' ') {
                return Err(format!("`{name}` has a blank in it: write ['{name}']"));
            }
            steps.push(Step::Properties(vec![name.to_owned()]));
        }
    }
    Ok(())
}

/// Whether `c` ends a name: inside a filter, names end where operators may follow.
fn ends_name(c: char, depth: usize) -> bool {
    depth > 0
        && (c.is_whitespace() || matches!(c, ')' | '=' | '!' | '<' | '>' | '&' | '|' | ',' | ']'))
}

/// Reads `[ … ]`.
fn read_bracket(cursor: &mut Cursor<'_>, depth: usize) -> Result<Step, String> {
    cursor.next();
    cursor.skip_blanks();
    let step = match cursor.peek() {
        Some('*') => {
            cursor.next();
            Step::Wildcard
        }
        Some('?') => {
            cursor.next();
            Step::Filter(filter::read(cursor, depth + 1)?)
        }
        Some('\'' | '"') => Step::Properties(read_names(cursor)?),
        Some('-' | ':' | '0'..='9') => read_indexes(cursor)?,
        _ => {
            return Err(cursor.unexpected("a name in quotes, an index, `*` or `?` must follow `[`"));
        }
    };
    cursor.skip_blanks();
    if cursor.take(']') {
        Ok(step)
    } else {
        Err(cursor.unexpected("`]` is missing"))
    }
}

/// Reads `'a', 'b'`.
fn read_names(cursor: &mut Cursor<'_>) -> Result<Vec<String>, String> {
    let mut names = vec![cursor.quoted()?];
    loop {
        cursor.skip_blanks();
        if !cursor.take(',') {
            return Ok(names);
        }
        cursor.skip_blanks();
        names.push(cursor.quoted()?);
    }
}

/// Reads `1`, `0, 2` or `1:3`.
fn read_indexes(cursor: &mut Cursor<'_>) -> Result<Step, String> {
    let first = cursor.integer()?;
    cursor.skip_blanks();
    if cursor.take(':') {
        cursor.skip_blanks();
        let to = cursor.integer()?;
        return match (first, to) {
            (None, None) => Err(cursor.unexpected("a slice needs a bound")),
            (from, to) => Ok(Step::Slice { from, to }),
        };
    }
    let mut indexes = vec![first.ok_or_else(|| cursor.unexpected("an index is missing"))?];
    while cursor.take(',') {
        cursor.skip_blanks();
        indexes.push(
            cursor
                .integer()?
                .ok_or_else(|| cursor.unexpected("an index is missing"))?,
        );
        cursor.skip_blanks();
    }
    Ok(Step::Indexes(indexes))
}
