//! The functions of XPath 1.0 (§4). Lengths and places count UTF-16 units, as Java's do.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use pipewright_jexl::{OpResult, charge_reading};

use crate::xml::document::{Name, NodeId};
use crate::xml::evaluate::Scope;
use crate::xml::found::{Found, number_of};
use crate::xml::path::{Axis, Expr};

/// A function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Function {
    Boolean,
    Ceiling,
    Concat,
    Contains,
    Count,
    False,
    Floor,
    Lang,
    Last,
    LocalName,
    Name,
    NamespaceUri,
    NormalizeSpace,
    Not,
    Number,
    Position,
    Round,
    StartsWith,
    String,
    StringLength,
    Substring,
    SubstringAfter,
    SubstringBefore,
    Sum,
    Translate,
    True,
}

/// Name, least and most arguments. `id` is none of them: only a document type could say what an identifier is.
const FUNCTIONS: &[(&str, usize, usize, Function)] = &[
    ("boolean", 1, 1, Function::Boolean),
    ("ceiling", 1, 1, Function::Ceiling),
    ("concat", 2, usize::MAX, Function::Concat),
    ("contains", 2, 2, Function::Contains),
    ("count", 1, 1, Function::Count),
    ("false", 0, 0, Function::False),
    ("floor", 1, 1, Function::Floor),
    ("lang", 1, 1, Function::Lang),
    ("last", 0, 0, Function::Last),
    ("local-name", 0, 1, Function::LocalName),
    ("name", 0, 1, Function::Name),
    ("namespace-uri", 0, 1, Function::NamespaceUri),
    ("normalize-space", 0, 1, Function::NormalizeSpace),
    ("not", 1, 1, Function::Not),
    ("number", 0, 1, Function::Number),
    ("position", 0, 0, Function::Position),
    ("round", 1, 1, Function::Round),
    ("starts-with", 2, 2, Function::StartsWith),
    ("string", 0, 1, Function::String),
    ("string-length", 0, 1, Function::StringLength),
    ("substring", 2, 3, Function::Substring),
    ("substring-after", 2, 2, Function::SubstringAfter),
    ("substring-before", 2, 2, Function::SubstringBefore),
    ("sum", 1, 1, Function::Sum),
    ("translate", 3, 3, Function::Translate),
    ("true", 0, 0, Function::True),
];

impl Function {
    /// The function of this name, and how many arguments it takes.
    pub(super) fn named(name: &str) -> Option<(Self, RangeInclusive<usize>)> {
        let (_, least, most, function) = FUNCTIONS.iter().find(|(known, ..)| *known == name)?;
        Some((*function, *least..=*most))
    }
}

impl Scope<'_> {
    /// What `function` gives here.
    pub(super) fn call(self, function: Function, arguments: &[Expr]) -> OpResult<Found> {
        let text = |index: usize| match arguments.get(index) {
            Some(argument) => self.read(argument),
            None => self.own_text(),
        };
        let number = |index: usize| self.number(&arguments[index]);
        Ok(match function {
            Function::Boolean => Found::Truth(self.value(&arguments[0])?.truth()),
            Function::Not => Found::Truth(!self.value(&arguments[0])?.truth()),
            Function::True => Found::Truth(true),
            Function::False => Found::Truth(false),
            Function::Ceiling => Found::Number(number(0)?.ceil()),
            Function::Floor => Found::Number(number(0)?.floor()),
            Function::Round => Found::Number((number(0)? + 0.5).floor()),
            Function::Last => Found::Number(count(self.size)),
            Function::Position => Found::Number(count(self.position)),
            Function::Count => Found::Number(count(self.nodes(&arguments[0])?.len())),
            Function::Sum => Found::Number(self.sum(&arguments[0])?),
            Function::Number if arguments.is_empty() => Found::Number(number_of(&self.own_text()?)),
            Function::Number => Found::Number(number(0)?),
            Function::LocalName => self.naming(arguments, |name| name.local().to_owned())?,
            Function::Name => self.naming(arguments, |name| name.written.clone())?,
            Function::NamespaceUri => {
                self.naming(arguments, |name| self.document.namespace(name).to_owned())?
            }
            Function::Lang => Found::Truth(self.speaks(&text(0)?)?),
            Function::String => Found::Text(text(0)?),
            Function::StringLength => Found::Number(count(text(0)?.encode_utf16().count())),
            Function::NormalizeSpace => {
                let text = text(0)?;
                let words: Vec<&str> = text
                    .split([' ', '\t', '\r', '\n'])
                    .filter(|word| !word.is_empty())
                    .collect();
                Found::Text(words.join(" "))
            }
            Function::Concat => {
                let texts: Vec<String> = (0..arguments.len()).map(text).collect::<OpResult<_>>()?;
                Found::Text(texts.concat())
            }
            Function::Contains => {
                let (text, part) = (text(0)?, text(1)?);
                Found::Truth(memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some())
            }
            Function::StartsWith => Found::Truth(text(0)?.starts_with(&text(1)?)),
            Function::SubstringBefore => {
                let (text, part) = (text(0)?, text(1)?);
                let at = memchr::memmem::find(text.as_bytes(), part.as_bytes());
                Found::Text(
                    at.and_then(|at| text.get(..at))
                        .unwrap_or_default()
                        .to_owned(),
                )
            }
            Function::SubstringAfter => {
                let (text, part) = (text(0)?, text(1)?);
                let at = memchr::memmem::find(text.as_bytes(), part.as_bytes());
                Found::Text(
                    at.and_then(|at| text.get(at + part.len()..))
                        .unwrap_or_default()
                        .to_owned(),
                )
            }
            Function::Substring => {
                let length = if arguments.len() > 2 {
                    number(2)?
                } else {
                    f64::INFINITY
                };
                Found::Text(substring(&text(0)?, number(1)?, length))
            }
            Function::Translate => Found::Text(translate(&text(0)?, &text(1)?, &text(2)?)),
        })
    }

    /// The text of an argument; paid for once more, because something is made of it.
    fn read(self, argument: &Expr) -> OpResult<String> {
        let text = self.text(argument)?;
        charge_reading(text.len().saturating_mul(2))?;
        Ok(text)
    }

    /// The text of the node itself.
    fn own_text(self) -> OpResult<String> {
        let text = self.document.text(self.node);
        charge_reading(text.len().saturating_mul(2))?;
        Ok(text.to_owned())
    }

    fn sum(self, argument: &Expr) -> OpResult<f64> {
        let mut sum = 0.0;
        for node in self.nodes(argument)? {
            let text = self.document.text(node);
            charge_reading(text.len() + 1)?;
            sum += number_of(text);
        }
        Ok(sum)
    }

    /// Something of the name of the first node, or of the node itself.
    fn naming(self, arguments: &[Expr], part: impl Fn(&Name) -> String) -> OpResult<Found> {
        let node = match arguments.first() {
            Some(argument) => self.nodes(argument)?.first().copied(),
            None => Some(self.node),
        };
        let text = node
            .and_then(|node| self.document.name_of(node))
            .map_or_else(String::new, part);
        charge_reading(text.len())?;
        Ok(Found::Text(text))
    }

    /// Whether the nearest `xml:lang` is this language, or one that it has parts of.
    fn speaks(self, language: &str) -> OpResult<bool> {
        for node in self.document.axis(Axis::AncestorOrSelf, self.node) {
            let attributes: Vec<NodeId> = self.document.axis(Axis::Attribute, node).collect();
            charge_reading((attributes.len() + 1).saturating_mul(32))?;
            let said = attributes.into_iter().find(|id| {
                self.document
                    .name_of(*id)
                    .is_some_and(|name| name.written == "xml:lang")
            });
            if let Some(said) = said {
                let said = self.document.text(said).to_lowercase();
                charge_reading(said.len() + language.len())?;
                let rest = said.strip_prefix(&language.to_lowercase());
                return Ok(rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-')));
            }
        }
        Ok(false)
    }
}

/// A count as a number; no document has more nodes than a double can count.
fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// The characters whose place, from 1, is at least `start` and less than `start + length`, both rounded.
fn substring(text: &str, start: f64, length: f64) -> String {
    let round = |number: f64| {
        if number.is_finite() {
            (number + 0.5).floor()
        } else {
            number
        }
    };
    let (from, to) = (round(start), round(start) + round(length));
    let mut place = 1.0;
    let kept = text.chars().filter(|c| {
        let here = place;
        place += if c.len_utf16() == 2 { 2.0 } else { 1.0 };
        here >= from && here < to
    });
    kept.collect()
}

/// The text with each character of `from` as the one at the same place of `to`, or without it.
fn translate(text: &str, from: &str, to: &str) -> String {
    let mut becomes: HashMap<char, Option<char>> = HashMap::new();
    let mut to = to.chars();
    for c in from.chars() {
        let new = to.next();
        becomes.entry(c).or_insert(new);
    }
    text.chars()
        .filter_map(|c| becomes.get(&c).copied().unwrap_or(Some(c)))
        .collect()
}
