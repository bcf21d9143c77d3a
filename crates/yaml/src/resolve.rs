//! What an unquoted scalar means under YAML 1.1: the server reads pipelines with a parser of that version.
//!
//! The patterns are those of the YAML 1.1 type repository (`yaml.org/type/bool.html` and its siblings) in the selection
//! that the resolver of the server's parser (`SnakeYAML`) has: `y` and `n` are texts, `0o17` is a text, `017` is
//! fifteen, `1:30` is ninety. Dates stay texts.

use crate::{NodeId, Resolved, Scalar, ScalarStyle, Tree};

/// The prefix of the tags that `!!` stands for.
const CORE: &str = "tag:yaml.org,2002:";

impl Scalar {
    /// What the scalar means without a tag.
    pub fn resolve(&self) -> Resolved {
        match self.style {
            ScalarStyle::Plain => plain(&self.value),
            _ => Resolved::Text,
        }
    }
}

impl Tree {
    /// What a scalar node means, its tag included: `!!str` and `!` make everything a text, `!!int` and its like read
    /// even quoted text, and other tags say nothing here. `None` for a node that is no scalar.
    pub fn resolve(&self, id: NodeId) -> Option<Resolved> {
        let scalar = self.scalar(id)?;
        let tag = self.get(id).tag.as_deref().map(core_name);
        let resolved = match tag {
            Some("!" | "str") => Resolved::Text,
            Some("null") => Resolved::Null,
            Some("bool") => boolean(&scalar.value).map_or(Resolved::Text, Resolved::Bool),
            Some("int") => integer(&scalar.value).map_or(Resolved::Text, Resolved::Int),
            Some("float") => float(&scalar.value)
                .or_else(|| number_of_integer(&scalar.value))
                .map_or(Resolved::Text, Resolved::Float),
            _ => scalar.resolve(),
        };
        Some(resolved)
    }
}

/// `!!str` and `!<tag:yaml.org,2002:str>` give `str`; other tags stay as they are.
fn core_name(tag: &str) -> &str {
    let verbatim = tag.strip_prefix("!<").and_then(|tag| tag.strip_suffix('>'));
    let core = verbatim.and_then(|tag| tag.strip_prefix(CORE));
    core.or_else(|| tag.strip_prefix("!!")).unwrap_or(tag)
}

pub(crate) fn plain(text: &str) -> Resolved {
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Resolved::Null;
    }
    if let Some(value) = boolean(text) {
        return Resolved::Bool(value);
    }
    if let Some(value) = integer(text) {
        return Resolved::Int(value);
    }
    // An integer too large for 64 bits is a number all the same.
    float(text)
        .or_else(|| number_of_integer(text))
        .map_or(Resolved::Text, Resolved::Float)
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Some(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

/// The ways to write an integer, without its sign and underscores.
enum Integer {
    Digits { radix: u32, digits: String },
    Sexagesimal(Vec<u32>),
}

/// Takes an integer apart; `None` where the text is none.
fn integer_parts(text: &str) -> Option<(bool, Integer)> {
    let (negative, body) = sign(text);
    let digits = |body: &str, radix| {
        let digits: String = body.chars().filter(|c| *c != '_').collect();
        let fits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
        fits.then_some(Integer::Digits { radix, digits })
    };
    let integer = if let Some(body) = body.strip_prefix("0b") {
        digits(body, 2)
    } else if let Some(body) = body.strip_prefix("0x") {
        digits(body, 16)
    } else if body.len() > 1 && body.starts_with('0') {
        digits(body, 8)
    } else if !body.starts_with(|c: char| c.is_ascii_digit()) {
        None
    } else if body.contains(':') {
        sexagesimal(body)
    } else {
        digits(body, 10)
    };
    integer.map(|integer| (negative, integer))
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// `190:20:30`; every part but the first is below sixty.
fn sexagesimal(body: &str) -> Option<Integer> {
    let mut parts = body.split(':');
    let first = parts.next()?.replace('_', "").parse().ok()?;
    let mut values = vec![first];
    for part in parts {
        let fits = matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
        values.push(part.parse().ok().filter(|value| fits && *value < 60)?);
    }
    (!body.starts_with('0')).then_some(Integer::Sexagesimal(values))
}

fn integer(text: &str) -> Option<i64> {
    let (negative, integer) = integer_parts(text)?;
    let magnitude = match integer {
        Integer::Digits { radix, digits } => i128::from_str_radix(&digits, radix).ok()?,
        Integer::Sexagesimal(parts) => parts.into_iter().try_fold(0_i128, |sum, part| {
            sum.checked_mul(60)?.checked_add(i128::from(part))
        })?,
    };
    i64::try_from(if negative { -magnitude } else { magnitude }).ok()
}

/// An integer as a floating-point number, for those that do not fit 64 bits.
fn number_of_integer(text: &str) -> Option<f64> {
    let (negative, integer) = integer_parts(text)?;
    let fold = |sum: f64, digit: u32, radix: u32| sum * f64::from(radix) + f64::from(digit);
    let magnitude = match integer {
        Integer::Digits { radix: 10, digits } => digits.parse().ok()?,
        Integer::Digits { radix, digits } => digits
            .chars()
            .filter_map(|c| c.to_digit(radix))
            .fold(0.0, |sum, digit| fold(sum, digit, radix)),
        Integer::Sexagesimal(parts) => parts.into_iter().fold(0.0, |sum, part| fold(sum, part, 60)),
    };
    Some(if negative { -magnitude } else { magnitude })
}

fn float(text: &str) -> Option<f64> {
    let (negative, body) = sign(text);
    let magnitude = match body {
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        ".nan" | ".NaN" | ".NAN" if body.len() == text.len() => return Some(f64::NAN),
        _ => fraction(body)?,
    };
    Some(if negative { -magnitude } else { magnitude })
}

/// `1.5`, `1.`, `.5`, `1e3`, `1_000.0`: a point or an exponent must be there.
fn fraction(body: &str) -> Option<f64> {
    let first = body.bytes().next()?;
    let is_number = first.is_ascii_digit()
        || (first == b'.' && body.as_bytes().get(1).is_some_and(u8::is_ascii_digit));
    let known =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'e' | b'E' | b'+' | b'-');
    let marked = body.contains(['.', 'e', 'E']);
    if !(is_number && marked && body.bytes().all(known)) {
        return None;
    }
    body.replace('_', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_mean_what_yaml_1_1_says() {
        let float = Resolved::Float;
        let cases = [
            ("", Resolved::Null),
            ("~", Resolved::Null),
            ("NULL", Resolved::Null),
            ("nULL", Resolved::Text),
            ("yes", Resolved::Bool(true)),
            ("Off", Resolved::Bool(false)),
            ("oN", Resolved::Text),
            ("y", Resolved::Text),
            ("n", Resolved::Text),
            ("0", Resolved::Int(0)),
            ("-0", Resolved::Int(0)),
            ("+12_000", Resolved::Int(12_000)),
            ("017", Resolved::Int(15)),
            ("018", Resolved::Text),
            ("0o17", Resolved::Text),
            ("0x_FF", Resolved::Int(255)),
            ("0b101", Resolved::Int(5)),
            ("1:30", Resolved::Int(90)),
            ("-1:30", Resolved::Int(-90)),
            ("1:60", Resolved::Text),
            ("01:30", Resolved::Text),
            ("9223372036854775807", Resolved::Int(i64::MAX)),
            ("9223372036854775808", float(9_223_372_036_854_775_808.0)),
            ("1.5", float(1.5)),
            ("-.5", float(-0.5)),
            ("1.", float(1.0)),
            ("1e3", float(1000.0)),
            ("1_0.5", float(10.5)),
            ("-.inf", float(f64::NEG_INFINITY)),
            ("1.2.3", Resolved::Text),
            ("1e", Resolved::Text),
            (".", Resolved::Text),
            ("_1", Resolved::Text),
            ("1 0", Resolved::Text),
            ("inf", Resolved::Text),
            ("2024-01-02", Resolved::Text),
            ("<+input>", Resolved::Text),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text:?}");
        }
        assert!(matches!(plain(".NaN"), Resolved::Float(value) if value.is_nan()));
        assert_eq!(plain("-.nan"), Resolved::Text);
    }
}
