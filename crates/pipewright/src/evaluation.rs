//! Conditions, predicates, expressions and texts.

use std::ops::Range;

use pipewright_context::{AskedText, Note, ValuesContext};
use pipewright_engine::{
    Context, Engine, ErrorKind, Remark, RemarkCause, Template, Truth, not_joined,
};
use pipewright_model::SiteKind;
use pipewright_resolve::SiteText;
use pipewright_source::TextRange;
use pipewright_syntax::parse_template;

use crate::{Error, Unknown, Value, Values};

/// What a condition comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// It holds.
    True,
    /// It does not.
    False,
    /// Only a run can tell.
    Unknown(Unknown),
}

/// A rendered text.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Rendered {
    /// The text. An expression that is null stands in it as `null`, one that only a run can tell as it was written.
    pub text: String,
    /// The expressions that are null, from left to right.
    pub missing: Vec<Unresolved>,
    /// The expressions that only a run can tell, from left to right.
    pub unknown: Vec<Unresolved>,
}

/// An expression without value.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Unresolved {
    /// The expression with its delimiters.
    pub expression: String,
    /// Where it stands in the text that was given, in bytes.
    pub range: Range<usize>,
    /// Why it has no value, as a sentence without a full stop.
    pub reason: String,
    /// Names that were probably meant.
    pub suggestions: Vec<String>,
}

/// A path that an expression names.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NamedPath {
    /// The path: names joined by dots, parts that only a run knows as `*`.
    pub path: String,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
}

/// A condition that is parsed once and decided many times.
#[derive(Clone, Debug)]
pub struct Condition {
    whole: pipewright_engine::Condition,
    /// The condition as it was given.
    bare: Template,
    /// Keeps what it has parsed.
    engine: Engine,
}

/// Where names are looked up, and what was found to have no value.
pub(crate) trait Names: Context + Sized {
    /// The names without value that the last evaluation read, which was of `text`.
    fn notes_on(&self, text: &str) -> Vec<Note>;
}

impl Names for ValuesContext {
    fn notes_on(&self, text: &str) -> Vec<Note> {
        Self::notes_on(self, AskedText::Expression(text))
    }
}

/// Whether a `when` with this condition lets its node run, whatever happened before: the text `true` is true, as is any
/// other that is not empty, `false` and the empty text are false, an unfilled runtime input is false.
///
/// # Errors
/// `input` for a condition of blanks, `syntax`, `evaluation` (also for a name alone that is null), `budget`.
pub fn condition(text: &str, values: &Values) -> Result<Decision, Error> {
    Condition::new(text)?.decide(values)
}

/// Whether an expression is true. Anything but a Boolean is an error.
///
/// # Errors
/// `input` for blanks, `syntax`, `evaluation`, `budget`.
pub fn predicate(text: &str, values: &Values) -> Result<Decision, Error> {
    refuse_blank(text)?;
    decide(&Template::new(text), &Engine::new(), &values.context())
}

/// The value of an expression: `<+…>` in it are names and expressions.
///
/// # Errors
/// `syntax`, `evaluation`, `budget`. A name without value is none: the value then is null, or unknown.
pub fn evaluate(text: &str, values: &Values) -> Result<Value, Error> {
    evaluate_with(text, &Engine::new(), &values.context())
}

/// A text with its expressions replaced.
///
/// # Errors
/// `syntax`, `evaluation`, `budget`, with the place of the expression that fails.
pub fn render(text: &str, values: &Values) -> Result<Rendered, Error> {
    render_with(text, &Engine::new(), &values.context())
}

/// The paths that the expressions of a text name, from left to right. Where an expression is broken it names nothing.
pub fn names(text: &str) -> Vec<NamedPath> {
    let found = pipewright_resolve::paths_in(text).into_iter();
    found
        .map(|(path, range)| NamedPath {
            path,
            range: range.to_usize(),
        })
        .collect()
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// `input` for blanks or an execution-time input, `syntax` where it is no expression.
    pub fn new(text: &str) -> Result<Self, Error> {
        refuse_blank(text)?;
        let condition = pipewright_engine::Condition::new(text);
        let whole = condition.map_err(|error| Error::input(error.to_string()))?;
        let bare = Template::new(text);
        let engine = Engine::new();
        Ok(Self {
            whole,
            bare,
            engine,
        })
    }

    /// Whether it holds with these values.
    ///
    /// # Errors
    /// As [`condition`].
    pub fn decide(&self, values: &Values) -> Result<Decision, Error> {
        self.decide_with(&self.engine, &values.context())
    }

    pub(crate) fn decide_with(
        &self,
        engine: &Engine,
        names: &impl Names,
    ) -> Result<Decision, Error> {
        decide(self.whole.predicate(), engine, names).map_err(|error| {
            // An error of the whole predicate quotes what nobody wrote.
            match decide(&self.bare, engine, names) {
                Err(bare) => bare,
                Ok(_) if self.whole.ends_in_comment() => Error::told(
                    "syntax",
                    "the comment at the end of the condition also hides the `)` that Harness puts behind it".to_owned(),
                    Some("leave the comment out".to_owned()),
                ),
                Ok(_) => error.within(|range| self.whole.range(range)),
            }
        })
    }
}

fn refuse_blank(text: &str) -> Result<(), Error> {
    if text.trim().is_empty() {
        return Err(Error::input("the condition is empty"));
    }
    Ok(())
}

pub(crate) fn decide(
    predicate: &Template,
    engine: &Engine,
    names: &impl Names,
) -> Result<Decision, Error> {
    let truth = engine.condition(predicate, names);
    let truth = truth.map_err(|error| {
        let remarks = || engine.trace_condition(predicate, names).1.remarks();
        explained(error, (predicate.text(), true), remarks)
    })?;
    Ok(match truth {
        Truth::True => Decision::True,
        Truth::False => Decision::False,
        Truth::Unknown(unknown) => Decision::Unknown(Unknown::new(&unknown)),
    })
}

pub(crate) fn evaluate_with(
    text: &str,
    engine: &Engine,
    names: &impl Names,
) -> Result<Value, Error> {
    let remarks = || engine.trace_evaluate(text, names).1.remarks();
    let value = engine.evaluate(text, names);
    let value = value.map_err(|error| explained(error, (text, false), remarks))?;
    if !value.is_null() {
        return Ok(Value::new(value, &[]));
    }
    let value = Value::new(value, &names.notes_on(text));
    Ok(match value.reason() {
        Some(_) => value,
        None => value.because(failure(remarks()).map(|(reason, _)| reason)),
    })
}

pub(crate) fn render_with(
    text: &str,
    engine: &Engine,
    names: &impl Names,
) -> Result<Rendered, Error> {
    let rendered = engine.render(text, names)?;
    let mut all = Rendered {
        text: rendered.text,
        missing: Vec::new(),
        unknown: Vec::new(),
    };
    for range in outer_islands(text) {
        let expression = range.slice(text);
        let Ok(value) = engine.evaluate(expression, names) else {
            continue;
        };
        let is_unknown = matches!(value, pipewright_jexl::Value::Unknown(_));
        if !is_unknown && !value.is_null() {
            continue;
        }
        let notes = names.notes_on(expression);
        let why = notes.iter().rfind(|note| note.is_null() != is_unknown);
        let value = Value::new(value, &notes);
        let failed = match value.reason() {
            Some(_) => None,
            None => failure(engine.trace_evaluate(expression, names).1.remarks()),
        };
        let reason = match (value.reason(), &failed) {
            (Some(reason), _) => reason.to_owned(),
            (None, Some((reason, _))) => reason.clone(),
            (None, None) => "the expression is null".to_owned(),
        };
        let meant = why
            .and_then(Note::meant)
            .map(|meant| vec![meant.to_owned()]);
        let unresolved = Unresolved {
            expression: expression.to_owned(),
            range: range.to_usize(),
            reason,
            suggestions: meant
                .or(failed.map(|(_, instead)| instead))
                .unwrap_or_default(),
        };
        let list = if is_unknown {
            &mut all.unknown
        } else {
            &mut all.missing
        };
        list.push(unresolved);
    }
    Ok(all)
}

/// Why an expression is null that failed, and the names that were probably meant.
fn failure(remarks: Vec<Remark>) -> Option<(String, Vec<String>)> {
    remarks.into_iter().find_map(|remark| match remark.cause {
        RemarkCause::Failed {
            message, instead, ..
        } => {
            let names = instead.names().into_iter().map(str::to_owned).collect();
            Some((format!("{message}{instead}"), names))
        }
        _ => None,
    })
}

/// An error of the engine about a text, or the mistake in it that is behind the error: the engine only says that
/// something is wrong. `remarks` are those on its evaluation.
fn explained(
    error: pipewright_engine::Error,
    (text, is_condition): (&str, bool),
    remarks: impl FnOnce() -> Vec<Remark>,
) -> Error {
    if error.kind != ErrorKind::Hint {
        return error.into();
    }
    if let Some(told) = told_by_rules(text, is_condition) {
        return told;
    }
    let parsed = SiteText::parse(text, SiteKind::Condition);
    let mut all = parsed.islands.into_iter().chain(parsed.whole);
    if let Some(mistake) = all.find_map(Result::err) {
        return Error::syntax(&mistake);
    }
    match not_joined(&remarks()) {
        Some(message) => Error::from(pipewright_engine::Error { message, ..error }),
        None => error.into(),
    }
}

/// What `check` says of a text that cannot be read as it was meant.
#[cfg(feature = "check")]
fn told_by_rules(text: &str, is_condition: bool) -> Option<Error> {
    let mistakes = pipewright_lint::text_mistakes(text, is_condition).into_iter();
    let mistake = mistakes
        .into_iter()
        .find(pipewright_lint::TextMistake::tells_why)?;
    Some(Error::told("syntax", mistake.message, mistake.help).at(mistake.range))
}

/// Without the rules nobody says more.
#[cfg(not(feature = "check"))]
const fn told_by_rules(_: &str, _: bool) -> Option<Error> {
    None
}

/// The islands of a text that stand in no other.
fn outer_islands(text: &str) -> Vec<TextRange> {
    let template = parse_template(text);
    let mut outer: Vec<TextRange> = Vec::new();
    for island in &template.islands {
        let range = island.range;
        if outer.iter().all(|known| !known.contains_range(range)) {
            outer.push(range);
        }
    }
    outer.sort_unstable();
    outer
}
