//! The functions of XPath 1.0 (§4). Lengths and places count UTF-16 units, as Java's do.

use std::ops::RangeInclusive;

use pipewright_jexl::{OpResult, charge_reading};

use crate::xml::document::Name;
use crate::xml::evaluate::Scope;
use crate::xml::found::{Found, number_of};
use crate::xml::path::Expr;
use crate::xml::texts;

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
    Id,
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

/// Name, least and most arguments.
const FUNCTIONS: &[(&str, usize, usize, Function)] = &[
    ("boolean", 1, 1, Function::Boolean),
    ("ceiling", 1, 1, Function::Ceiling),
    ("concat", 2, usize::MAX, Function::Concat),
    ("contains", 2, 2, Function::Contains),
    ("count", 1, 1, Function::Count),
    ("false", 0, 0, Function::False),
    ("floor", 1, 1, Function::Floor),
    ("id", 1, 1, Function::Id),
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
            Function::Position => Found::Number(self.position.map_or(-1.0, count)),
            Function::Count => Found::Number(count(self.nodes(&arguments[0])?.len())),
            Function::Sum => Found::Number(self.sum(&arguments[0])?),
            Function::Number if arguments.is_empty() => Found::Number(number_of(&self.own_text()?)),
            Function::Number => Found::Number(number(0)?),
            // Only a document type could say what an identifier is, and that is not read.
            Function::Id => self
                .value(&arguments[0])
                .map(|_| Found::Nodes(Vec::new()))?,
            Function::LocalName => {
                self.naming(arguments, |name| self.document.local(name).to_owned())?
            }
            Function::Name => self.naming(arguments, |name| name.written.clone())?,
            // Nothing has a namespace, not even the attribute that would tell the language.
            Function::NamespaceUri => self.naming(arguments, |_| String::new())?,
            Function::Lang => self.value(&arguments[0]).map(|_| Found::Truth(false))?,
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
                let length = (arguments.len() > 2).then(|| number(2)).transpose()?;
                Found::Text(texts::substring(&text(0)?, number(1)?, length)?)
            }
            Function::Translate => Found::Text(texts::translate(&text(0)?, &text(1)?, &text(2)?)),
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
}

/// A count as a number; no document has more nodes than a double can count.
fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
