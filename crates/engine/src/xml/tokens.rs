//! The tokens of an XPath (XPath 1.0, §3.7).

/// A token.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    /// A sign such as `//`, or an operator written as a word such as `and`.
    Sign(&'static str),
    /// A name; prefixes keep their colon.
    Name(String),
    /// A text in quotes.
    Literal(String),
    /// A number.
    Number(f64),
}

/// Longer ones first.
const SIGNS: [&str; 22] = [
    "::", "//", "..", "!=", "<=", ">=", "(", ")", "[", "]", ".", "@", ",", "/", "|", "+", "-", "=",
    "<", ">", "*", "$",
];

const WORDS: [&str; 4] = ["and", "or", "div", "mod"];

/// Whether an operator may stand behind the token, so that `*` multiplies and `div` divides.
fn ends_operand(token: Option<&Token>) -> bool {
    match token {
        None => false,
        Some(Token::Sign(sign)) => [")", "]", ".", "..", "name *"].contains(sign),
        Some(Token::Name(_) | Token::Literal(_) | Token::Number(_)) => true,
    }
}

/// The tokens of `path`; a `*` that stands for any name is the sign `name *`.
///
/// # Errors
/// A sentence for a text that has no tokens.
pub(super) fn tokens(path: &str) -> Result<Vec<Token>, String> {
    let mut found: Vec<Token> = Vec::new();
    let mut rest = path;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let Some(first) = rest.chars().next() else {
            return Ok(found);
        };
        let (token, length) = if let quote @ ('"' | '\'') = first {
            let end = rest[1..]
                .find(quote)
                .ok_or("a text in quotes does not end")?;
            (Token::Literal(rest[1..=end].to_owned()), end + 2)
        } else if rest
            .trim_start_matches('.')
            .starts_with(|c: char| c.is_ascii_digit())
            && !rest.starts_with("..")
        {
            number(rest)
        } else if is_name_start(first) {
            name(rest, found.last())
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
            let sign = sign.ok_or_else(|| format!("`{first}` is not understood"))?;
            let any = sign == "*" && !ends_operand(found.last());
            (Token::Sign(if any { "name *" } else { sign }), sign.len())
        };
        found.push(token);
        rest = &rest[length..];
    }
}

fn number(text: &str) -> (Token, usize) {
    let whole = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let behind = text[whole..].strip_prefix('.').map_or(0, |digits| {
        1 + digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len())
    });
    let length = whole + behind;
    (
        Token::Number(text[..length].parse().unwrap_or(f64::NAN)),
        length,
    )
}

/// A name with its prefix (`a:b`, `a:*`), or an operator where one may stand.
fn name(text: &str, before: Option<&Token>) -> (Token, usize) {
    let mut length = part(text);
    if ends_operand(before)
        && let Some(word) = WORDS.into_iter().find(|word| *word == &text[..length])
    {
        return (Token::Sign(word), length);
    }
    if let Some(local) = text[length..].strip_prefix(':')
        && (local.starts_with('*') || local.starts_with(is_name_start))
    {
        length += 1 + part(local).max(1);
    }
    (Token::Name(text[..length].to_owned()), length)
}

/// The length of the name at the start of `text`.
fn part(text: &str) -> usize {
    text.find(|c: char| !is_name_start(c) && !c.is_numeric() && !"-.\u{b7}".contains(c))
        .unwrap_or(text.len())
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}
