//! What is wrong where a text is no TOML, told by the tokens at that place.
//!
//! The reader of TOML says what its grammar would have taken next. People want to hear which quote, bracket or `=` they
//! forgot, and where.

use toml_parser::lexer::TokenKind;

use super::ConfigurationError;
use super::line::Line;

/// The mistake at the byte `at`, where the reader of TOML stopped, if it is one of the usual ones.
pub(super) fn usual(text: &str, at: usize) -> Option<ConfigurationError> {
    let line = Line::around(text, at)?;
    in_quotes(&line, text, at)
        .or_else(|| in_a_header(&line))
        .or_else(|| in_a_key(&line))
        .or_else(|| in_an_inline_key(&line))
        .or_else(|| in_a_value(&line))
}

fn told(line: &Line<'_>, index: usize, message: impl Into<String>) -> Option<ConfigurationError> {
    Some(ConfigurationError::new(line.place(index)?, message))
}

fn in_quotes(line: &Line<'_>, text: &str, at: usize) -> Option<ConfigurationError> {
    let here = line.here;
    // A text that is not closed ends with its line, and that is where the reader stops.
    let mut ends_here = here.checked_sub(1).into_iter().chain([here]);
    if let Some(index) = ends_here.find(|index| line.is_unclosed(*index)) {
        let message = format!(
            "this text is never closed: `{}` is missing",
            line.quotes(index)
        );
        return told(line, index, message);
    }
    if line.kind(here) == TokenKind::Atom && line.written(here).contains(['"', '\'']) {
        let message = "the quotes of this line do not come in pairs: each text has one in front and one behind it";
        return told(line, here, message);
    }
    if !line.is_quoted(here) || line.place(here)?.start == at {
        return None;
    }
    let before = text.get(..at)?.chars().next_back()?;
    let wrong = text.get(at..)?.chars().next()?;
    let end = at + wrong.len_utf8();
    if before == '\\' {
        let message = format!(
            "`\\{wrong}` means nothing between double quotes: write `\\\\` for a backslash, or use single quotes"
        );
        return Some(ConfigurationError::new(at - 1..end, message));
    }
    let message = format!("the character {} cannot stand in a text", code_point(wrong));
    wrong
        .is_control()
        .then(|| ConfigurationError::new(at..end, message))
}

fn in_a_header(line: &Line<'_>) -> Option<ConfigurationError> {
    let (first, here) = (line.first, line.here);
    if line.kind(first) != TokenKind::LeftSquareBracket {
        return None;
    }
    let of_list = line.kind(first + 1) == TokenKind::LeftSquareBracket;
    let (name, closing) = if of_list {
        (first + 2, "]]")
    } else {
        (first + 1, "]")
    };
    if line.kind(name) == TokenKind::RightSquareBracket {
        return told(
            line,
            here,
            "the name of the table is missing between the brackets",
        );
    }
    if here < name || line.ends(name) {
        return None;
    }
    let header = line.written_between(first, here - 1);
    if header.ends_with(closing) {
        return told(line, here, alone(line.written(here)));
    }
    if here > name && (line.ends(here) || line.kind(here) == TokenKind::RightSquareBracket) {
        let bare = header.trim_end_matches(']');
        let place = line.between(first, here - 1)?;
        let message = format!("`{closing}` is missing: write `{bare}{closing}`");
        return Some(ConfigurationError::new(place, message));
    }
    twice(line, here)
}

/// In front of the `=` of a line.
fn in_a_key(line: &Line<'_>) -> Option<ConfigurationError> {
    if line.equals.is_some() {
        return None;
    }
    let (key, here) = (line.first, line.here);
    let written = line.written(key);
    if ["//", ";", "--"]
        .iter()
        .any(|start| written.starts_with(start))
    {
        return told(line, key, "a comment begins with `#`");
    }
    if line.kind(key) != TokenKind::Atom && !line.is_quoted(key) {
        let message = format!("`{written}` cannot begin a line: write `key = value` or `[table]`");
        return (!line.ends(key)).then(|| told(line, key, message))?;
    }
    if let Some(wrong) = in_a_name(line, key) {
        return Some(wrong);
    }
    if line.kind_before(here) == TokenKind::Dot {
        return told(line, here - 1, "a name is missing behind this `.`");
    }
    if here == key || matches!(line.kind(here), TokenKind::Dot | TokenKind::Equals) {
        return twice(line, here);
    }
    if line.kind(here) == TokenKind::Atom && line.kind(here + 1) == TokenKind::Equals {
        let place = line.between(key, here)?;
        let words = line.written_between(key, here);
        let message = format!("a key of more than one word stands in quotes: `\"{words}\"`");
        return Some(ConfigurationError::new(place, message));
    }
    told(
        line,
        key,
        format!("`{written}` has no value: write `{written} = …`"),
    )
}

/// In front of a `=` between braces.
fn in_an_inline_key(line: &Line<'_>) -> Option<ConfigurationError> {
    let innermost = *line.open.last()?;
    let begins = |index| {
        matches!(
            line.kind_before(index),
            TokenKind::LeftCurlyBracket | TokenKind::Comma
        )
    };
    if line.kind(innermost) != TokenKind::LeftCurlyBracket {
        return None;
    }
    let here = line.here;
    let key = [here, here - 1].into_iter().find(|key| begins(*key))?;
    if let Some(wrong) = in_a_name(line, key) {
        return Some(wrong);
    }
    if key == here {
        return twice(line, here);
    }
    let written = line.written(key);
    let message = format!("`{written}` has no value: write `{written} = …`");
    line.is_key(key).then(|| told(line, key, message))?
}

/// A bare key that holds what stands in quotes only.
fn in_a_name(line: &Line<'_>, key: usize) -> Option<ConfigurationError> {
    if line.kind(key) != TokenKind::Atom || line.is_key(key) {
        return None;
    }
    let (written, start) = (line.written(key), line.place(key)?.start);
    if let Some(colon) = written.find(':') {
        let place = start + colon..start + colon + 1;
        let message = "`=` stands between a key and its value, not `:`";
        return Some(ConfigurationError::new(place, message));
    }
    if let Some((at, blank)) = written.char_indices().find(|(_, c)| c.is_whitespace()) {
        let place = start + at..start + at + blank.len_utf8();
        let message = format!("the character {} is no blank here", code_point(blank));
        return Some(ConfigurationError::new(place, message));
    }
    let message = format!(
        "a key of other characters than letters, digits, `-` and `_` stands in quotes: `\"{written}\"`"
    );
    told(line, key, message)
}

/// Behind the `=` of a line.
fn in_a_value(line: &Line<'_>) -> Option<ConfigurationError> {
    let (equals, here, written) = (line.equals?, line.here, line.written(line.here));
    let value_begins = matches!(
        line.kind_before(here),
        TokenKind::Comma | TokenKind::LeftSquareBracket | TokenKind::Equals
    );
    if value_begins && line.kind(here) == TokenKind::Atom {
        return told(line, here, bare_text(written));
    }
    if line.kind_before(here) == TokenKind::Equals {
        let key = here.checked_sub(2)?;
        return match line.kind(here) {
            TokenKind::Equals => told(line, here, "one `=` is enough"),
            TokenKind::Newline
            | TokenKind::Eof
            | TokenKind::Comma
            | TokenKind::RightCurlyBracket => {
                told(line, key, format!("`{}` has no value", line.written(key)))
            }
            _ => told(line, here, format!("`{written}` is no value")),
        };
    }
    match line.open.last() {
        Some(bracket) => in_brackets(line, *bracket, value_begins),
        None if line.ends(here) || here == equals + 1 => None,
        None => told(line, here, alone(written)),
    }
}

/// Between the bracket of a list or table and what should close it.
fn in_brackets(line: &Line<'_>, bracket: usize, value_begins: bool) -> Option<ConfigurationError> {
    let (here, written) = (line.here, line.written(line.here));
    let (noun, closing) = match line.kind(bracket) {
        TokenKind::LeftCurlyBracket => ("table", "}"),
        _ => ("list", "]"),
    };
    let next = line.next();
    let begins_a_setting = noun == "list" && line.kind(next + 1) == TokenKind::Equals;
    if line.kind(next) == TokenKind::Eof || begins_a_setting {
        let message = format!("this {noun} is never closed: `{closing}` is missing");
        return told(line, bracket, message);
    }
    match line.kind(here) {
        TokenKind::Comma => told(line, here, "a value is missing in front of this `,`"),
        TokenKind::RightCurlyBracket | TokenKind::RightSquareBracket if written != closing => told(
            line,
            here,
            format!("`{closing}` is missing in front of this `{written}`"),
        ),
        _ if value_begins || line.ends(here) => None,
        _ => told(
            line,
            here,
            format!("`,` is missing in front of `{written}`"),
        ),
    }
}

/// What to say of a text without quotes, or with others than TOML has.
fn bare_text(written: &str) -> String {
    let bare = written.trim_matches(['“', '”', '„', '‘', '’', '«', '»']);
    if bare == written {
        format!("`{written}` is no value: a text stands in quotes, `\"{written}\"`")
    } else {
        format!("these are not the quotes of TOML: write `\"{bare}\"`")
    }
}

/// What to say of something behind a value or header.
fn alone(written: &str) -> String {
    format!("`{written}` does not belong on this line: one setting is one line")
}

/// A key or table that is there already.
fn twice(line: &Line<'_>, index: usize) -> Option<ConfigurationError> {
    let name = line.written(index);
    let message = match line.first_line_of(index) {
        Some(first) => format!("`{name}` stands here a second time; the first is on line {first}"),
        None => format!("`{name}` stands here a second time"),
    };
    line.is_key(index).then(|| told(line, index, message))?
}

fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::super::Configuration;

    #[derive(Deserialize)]
    struct Case {
        text: String,
        place: String,
        says: String,
    }

    #[test]
    fn usual_mistakes_are_told_at_their_places() {
        for line in include_str!("../../tests/data/configuration.jsonl").lines() {
            let case: Case = serde_json::from_str(line).unwrap();
            let error = Configuration::read(&case.text).unwrap_err();
            assert_eq!(error.message, case.says, "{line}");
            assert_eq!(error.range.slice(&case.text), case.place, "{line}");
        }
    }

    /// The reader of TOML stops at each of them somewhere.
    #[test]
    fn whatever_is_missing_has_a_place_in_the_text() {
        let text = "\
# ä
with = [\"a\", 'b']
[rules]
unknown-step = \"off\" # ö
[[overrides]]
paths = [\"\"\"é
\"\"\"]
rules = { ALL = \"info\", \"security\" = \"off\" }
";
        Configuration::read(text).unwrap();
        let mut wrong = 0;
        for (at, c) in text.char_indices() {
            let after = &text[at + c.len_utf8()..];
            let changed = ["", "\"", "=", "[", "]", "}", ".", ",", "\n", "é", "\u{1}"];
            let changed = changed.map(|new| format!("{}{new}{after}", &text[..at]));
            for text in changed.iter().map(String::as_str).chain([&text[..at]]) {
                let Err(error) = Configuration::read(text) else {
                    continue;
                };
                let range = error.range.start() as usize..error.range.end() as usize;
                assert!(text.get(range).is_some(), "{text}: {error:?}");
                wrong += 1;
            }
        }
        assert!(wrong > 1_000, "{wrong}");
    }
}
