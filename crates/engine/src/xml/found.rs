//! What an XPath gives, and how it becomes a text, a number or a truth value (XPath 1.0, §4.2–4.4).

use crate::xml::document::{Document, NodeId};

/// The value of an expression.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Found {
    /// Nodes in document order, each once.
    Nodes(Vec<NodeId>),
    Number(f64),
    Text(String),
    Truth(bool),
}

impl Found {
    /// Its text: of nodes, that of the first.
    pub(super) fn into_text(self, document: &Document) -> String {
        match self {
            Self::Nodes(nodes) => nodes
                .first()
                .map_or("", |first| document.text(*first))
                .to_owned(),
            Self::Number(number) => number_text(number),
            Self::Text(text) => text,
            Self::Truth(truth) => truth.to_string(),
        }
    }

    /// Its number; NaN for a text that is none.
    pub(super) fn number(&self, document: &Document) -> f64 {
        match self {
            Self::Nodes(nodes) => {
                number_of(nodes.first().map_or("", |first| document.text(*first)))
            }
            Self::Number(number) => *number,
            Self::Text(text) => number_of(text),
            Self::Truth(truth) => f64::from(u8::from(*truth)),
        }
    }

    /// Whether there is something: a node, a number but 0, a text but "".
    pub(super) fn truth(&self) -> bool {
        match self {
            Self::Nodes(nodes) => !nodes.is_empty(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Text(text) => !text.is_empty(),
            Self::Truth(truth) => *truth,
        }
    }
}

/// A number as XPath writes it: without exponent, and without sign for zero.
pub(super) fn number_text(number: f64) -> String {
    if number.is_nan() {
        "NaN".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned()
    } else if number == 0.0 {
        "0".to_owned()
    } else {
        number.to_string()
    }
}

/// The number that a text is: digits with a point and a minus, blanks around; else NaN.
pub(super) fn number_of(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    if plain {
        text.parse().unwrap_or(f64::NAN)
    } else {
        f64::NAN
    }
}
