//! The one error of this crate.

use std::fmt;
use std::ops::Range;

use pipewright_jexl::ErrorKind;
use pipewright_source::TextRange;
use pipewright_syntax::SyntaxError;

/// Why there is no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error(Box<Details>);

#[derive(Clone, PartialEq, Eq, Debug)]
struct Details {
    kind: &'static str,
    message: String,
    range: Option<Range<usize>>,
    help: Option<String>,
}

impl Error {
    pub(crate) fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            message: message.into(),
            range: None,
            help: None,
        }))
    }

    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::new("input", message)
    }

    pub(crate) fn not_found(message: impl Into<String>, nearest: &[String]) -> Self {
        let mut error = Self::new("not-found", message);
        let names: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
        error.0.help = (!names.is_empty()).then(|| format!("did you mean {}?", names.join(" or ")));
        error
    }

    /// An error with what to do about it.
    pub(crate) fn told(kind: &'static str, message: String, help: Option<String>) -> Self {
        let mut error = Self::new(kind, message);
        error.0.help = help;
        error
    }

    pub(crate) fn syntax(mistake: &SyntaxError) -> Self {
        let mut error = Self::new("syntax", mistake.message.clone());
        error.0.range = Some(mistake.range.to_usize());
        error.0.help.clone_from(&mistake.hint);
        error
    }

    /// The same error, at a place in what the caller gave.
    pub(crate) fn at(mut self, range: TextRange) -> Self {
        self.0.range = Some(range.to_usize());
        self
    }

    /// The same error, whose place in another text is told as one in what the caller gave, where it is there.
    pub(crate) fn within(mut self, place: impl Fn(TextRange) -> Option<TextRange>) -> Self {
        let range = self
            .0
            .range
            .map(|range| TextRange::of(range.start, range.end));
        self.0.range = range.and_then(place).map(TextRange::to_usize);
        self
    }

    /// The kind: `syntax` (the text is no expression), `evaluation` (it is one, and fails), `unresolved` (a name
    /// without value where one is needed), `budget` (it takes too much time or memory), `not-found` (no such file,
    /// pipeline, name or position), `input` (what was given is not valid).
    pub fn kind(&self) -> &'static str {
        self.0.kind
    }

    /// Where in the given text, in bytes.
    pub fn range(&self) -> Option<Range<usize>> {
        self.0.range.clone()
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        self.0.help.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}

impl From<pipewright_engine::Error> for Error {
    fn from(error: pipewright_engine::Error) -> Self {
        let mut ours = Self::new(kind_of(error.kind), error.message);
        ours.0.range = error.range.map(TextRange::to_usize);
        ours
    }
}

pub(crate) const fn kind_of(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Syntax | ErrorKind::BlankSource => "syntax",
        ErrorKind::Unresolved => "unresolved",
        ErrorKind::Limit => "budget",
        ErrorKind::BadRequest => "input",
        _ => "evaluation",
    }
}
