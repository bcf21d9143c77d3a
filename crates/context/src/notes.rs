//! What a look-up has to say beyond its value: why something is null, and what would have to be given.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use pipewright_engine::has_hidden_name;
use pipewright_jexl::value::Unknown;
use pipewright_resolve::{paths_in, paths_in_expression};
use pipewright_syntax::{
    ExprKind, InfixOp, Languages, Template, parse_predicate, parse_template_of,
};

use crate::{NotKnown, Nowhere, NullCause, UnknownCause};

/// A remark on one name. Shown as the fact: for a name that is null the end of a sentence about it, for one that is
/// unknown a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Note {
    /// The name: fully qualified where it is part of the pipeline.
    pub name: String,
    /// What there is to say of it.
    pub cause: NoteCause,
}

/// What there is to say of a name that has no value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoteCause {
    /// It is null, as the engine would find.
    Null(NullCause),
    /// It is known to a run only, unless its value is given.
    Unknown(UnknownCause),
}

impl Note {
    /// A remark on `name`.
    pub(crate) fn new(name: &str, cause: NoteCause) -> Self {
        Self {
            name: name.to_owned(),
            cause,
        }
    }

    /// The same for a caller who takes for null what only a run knows.
    #[must_use]
    pub fn without_run(self) -> Self {
        let cause = match self.cause {
            NoteCause::Unknown(_) => NoteCause::Null(NullCause::NotGiven),
            cause @ NoteCause::Null(_) => cause,
        };
        Self { cause, ..self }
    }

    /// Whether the name is null; else only a run knows it.
    pub const fn is_null(&self) -> bool {
        matches!(self.cause, NoteCause::Null(_))
    }

    /// Whether it is said of a first name that nothing has. A program that is made from the parts of a text reads such
    /// names, too.
    pub(crate) const fn is_of_first_name(&self) -> bool {
        matches!(
            self.cause,
            NoteCause::Null(
                NullCause::Nowhere(Nowhere::NoRoot)
                    | NullCause::NothingCalled { .. }
                    | NullCause::RuntimeInput
            )
        )
    }

    /// Why the path leads nowhere, if that is why it is null.
    pub const fn nowhere(&self) -> Option<&Nowhere> {
        match &self.cause {
            NoteCause::Null(NullCause::Nowhere(why)) => Some(why),
            _ => None,
        }
    }

    /// What was probably meant.
    pub fn meant(&self) -> Option<&str> {
        match &self.cause {
            NoteCause::Null(why) => why.meant(),
            NoteCause::Unknown(_) => None,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            NoteCause::Null(why) => why.fmt(f),
            NoteCause::Unknown(cause @ UnknownCause::Platform(_)) => {
                write!(f, "`{}` is not known: {cause}", self.name)
            }
            NoteCause::Unknown(cause) => NotKnown {
                name: self.name.clone(),
                cause: cause.clone(),
            }
            .fmt(f),
        }
    }
}

/// How many notes are kept; a text may read more names than anyone wants to hear of.
pub(crate) const MAX_NOTES: usize = 200;

/// Collects notes from every object of a context.
#[derive(Debug, Default)]
pub(crate) struct Notes(Mutex<Vec<Note>>);

impl Notes {
    /// Adds a remark, unless it is there already.
    pub(crate) fn add(&self, name: &str, cause: NoteCause) {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |notes: &[Note]| {
            notes
                .iter()
                .all(|note| note.name != name || note.cause != cause)
        };
        if takes(&notes, name) && is_new(&notes) {
            notes.push(Note::new(name, cause));
        }
    }

    /// Whether a remark on a name would be kept, so that it is worth finding out what was meant.
    pub(crate) fn takes(&self, name: &str) -> bool {
        takes(&self.0.lock().unwrap_or_else(PoisonError::into_inner), name)
    }

    /// The value of a name, unknown for some cause, and a remark that says so.
    pub(crate) fn unknown(&self, name: &str, cause: UnknownCause) -> Unknown {
        self.add(name, NoteCause::Unknown(cause.clone()));
        cause.of(name)
    }

    /// Forgets them.
    pub(crate) fn clear(&self) {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notes.clear();
    }

    pub(crate) fn all(&self) -> Vec<Note> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Whether there is room for a remark on a name. What an expression leaves as a part of a name was written by nobody.
fn takes(notes: &[Note], name: &str) -> bool {
    notes.len() < MAX_NOTES && !has_hidden_name(name)
}

/// The longest texts, taken together, whose expressions are looked at for what is said of names, in bytes.
pub(crate) const LONGEST: usize = 256 * 1024;

/// A text that was evaluated.
#[derive(Clone, Copy, Debug)]
pub enum AskedText<'t> {
    /// One expression as a whole, in which expressions in delimiters may stand.
    Expression(&'t str),
    /// One that failed: its error tells of names that nothing has.
    Failed(&'t str),
    /// Text with expressions in delimiters in it.
    Template(&'t str),
}

impl<'t> AskedText<'t> {
    /// The text.
    pub const fn as_str(self) -> &'t str {
        match self {
            Self::Expression(text) | Self::Failed(text) | Self::Template(text) => text,
        }
    }

    /// The paths that its expressions name, from left to right.
    pub fn paths(self) -> impl Iterator<Item = String> {
        let found = match self {
            Self::Expression(text) | Self::Failed(text) => paths_in_expression(text),
            Self::Template(text) => paths_in(text),
        };
        found.into_iter().map(|(path, _)| path)
    }
}

/// Where names stand in a few texts, as they are written: the outermost expressions in delimiters, and the first names
/// outside of them where the text is an expression as a whole.
pub(crate) struct Written<'t> {
    /// `None` where the texts are too long to be looked at.
    expressions: Option<Vec<&'t str>>,
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The names of an expression that stand outside of delimiters, but those behind a dot. Those that are calculated with
/// are left out: without a value they fail, or the whole is a text in which they are words (`values-<+env.name>.yaml`).
fn names_outside<'t>(text: &'t str, template: &Template) -> Vec<&'t str> {
    let mut names = Vec::new();
    let mut calculated = HashSet::new();
    if let Ok(Some(expression)) = parse_predicate(text, template) {
        expression.walk(&mut |part| match &part.kind {
            ExprKind::Infix { first, rest } if rest.iter().any(|tail| calculates(tail.op)) => {
                let operands = [&**first]
                    .into_iter()
                    .chain(rest.iter().map(|tail| &tail.operand));
                calculated.extend(operands.map(|operand| operand.range.start()));
            }
            ExprKind::Name(name) if !calculated.contains(&name.range.start()) => {
                names.push(name.range.slice(text));
            }
            _ => {}
        });
    }
    names
}

const fn calculates(op: InfixOp) -> bool {
    use InfixOp::{Add, Divide, Modulo, Multiply, Range, Subtract};
    matches!(op, Add | Subtract | Multiply | Divide | Modulo | Range)
}

impl<'t> Written<'t> {
    /// The expressions of these texts.
    pub(crate) fn of(texts: &[AskedText<'t>]) -> Self {
        let length: usize = texts.iter().map(|text| text.as_str().len()).sum();
        let expressions = |asked: &AskedText<'t>| {
            let text = asked.as_str();
            // In v0 the names between `${{` and `}}` are none, and nothing is said of them.
            let template = parse_template_of(text, Languages::JexlAndCel);
            let outermost = template.roots().map(|(_, range)| range.slice(text));
            let mut written: Vec<&str> = outermost.collect();
            if let AskedText::Expression(text) = asked {
                written.extend(names_outside(text, &template));
            }
            written
        };
        Self {
            expressions: (length <= LONGEST).then(|| texts.iter().flat_map(expressions).collect()),
        }
    }

    /// Whether a first name stands inside one of them, and not only as a function that is called: of that is told by
    /// itself. One that is not looked for may.
    pub(crate) fn holds(&self, name: &str) -> bool {
        let Some(expressions) = &self.expressions else {
            return true;
        };
        let mut long = expressions.iter().filter(|text| text.len() >= name.len());
        long.any(|text| {
            let mut places = text
                .match_indices(name)
                .map(|(at, _)| (&text[..at], &text[at + name.len()..]));
            places.any(|(before, behind)| {
                let is_part = before.ends_with(is_word) || behind.starts_with(is_word);
                !is_part && !behind.starts_with('(')
            })
        })
    }
}
