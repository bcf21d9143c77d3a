//! Questions whose answers hang on names: what comes of an expression or text, and what there is to say of it.

use std::borrow::Cow;
use std::sync::Arc;

use pipewright_context::{AskedText, Note, ValuesContext};
use pipewright_engine::{Context, Engine, Flags, Languages, Trace};
use pipewright_jexl::value::Order;
use pipewright_jexl::{Json, Value};

use super::as_json::as_json;
use super::context::SharedContext;
use super::known_texts::KnownTexts;
use super::lazy_context::LazyContext;
use super::names::Source;
use super::request::{Operation, Request, Tracing};
use super::{Defaults, Protocol, context, engine, of_engine};
use crate::advice;
use crate::answer::{Answer, Fault};
use crate::notes::{self, TextNotes};
use crate::position::Position;
use crate::shown::Shown;
use crate::story;

impl Protocol {
    /// What comes of an expression or text.
    pub(super) fn ask(&mut self, request: &Request) -> Result<Json, Fault> {
        let context = context(&self.defaults, &self.contexts, &request.context)?;
        let source = Source::of(request, &self.defaults)?;
        let engine = of_engine(&mut self.engines, request, &self.defaults, source)?;
        let texts = &mut self.texts;
        let detail = match request.trace {
            Some(Tracing::On(detail)) => Some(detail),
            Some(Tracing::Off) => None,
            None => self.defaults.trace,
        };
        let is_missing = request.expr.is_none() && request.op == Operation::Condition;
        if is_missing && source != Source::Pipeline {
            return Err(Fault::bad_request("`expr` is missing"));
        }
        if request.op == Operation::Condition && !is_missing && request.text().trim().is_empty() {
            return Err(Fault::bad_request("the condition is empty"));
        }
        let reading = match source {
            Source::Bare => Reading::Bare(context),
            Source::Values => Reading::Values(ValuesContext::new(Arc::clone(context.given()?))),
            Source::Pipeline => {
                Reading::Position(self.positions.find(request, &self.defaults, context)?)
            }
        };
        let engine = match &reading {
            Reading::Position(position) if position.languages() != Languages::Jexl => {
                Cow::Owned(engine.clone().languages(position.languages()))
            }
            _ => Cow::Borrowed(engine),
        };
        let question = Question {
            engine,
            request,
            own: reading.predicate(is_missing)?,
            reading,
        };
        let (outcome, trace) = question.outcome(texts, detail.is_some())?;
        let mut answer = Answer::from(outcome);
        let notes = question.notes(texts, &answer);
        let of_text = question.of_text(texts, &self.defaults, &mut answer, trace.as_ref())?;
        let mut members = answer.members();
        if let Json::Object(members) = &mut members {
            if let Some(notes) = notes {
                members.insert("notes".to_owned(), notes::as_json(&notes, &of_text));
            }
            if let (Some(detail), Some(trace)) = (detail, trace) {
                let trace = as_json(&story::for_program(trace, detail));
                members.insert("trace".to_owned(), trace.unwrap_or_default());
            }
        }
        Ok(members)
    }
}

/// Where a line reads its names.
enum Reading<'a> {
    /// In values: what is not among them is null.
    Bare(&'a SharedContext),
    /// In values, and what a run has beside them is unknown.
    Values(ValuesContext),
    /// At a place of a pipeline.
    Position(&'a Position),
}

impl Reading<'_> {
    /// The predicate of the node that reads, if the line asks for it.
    fn predicate(&self, is_asked_for: bool) -> Result<Option<String>, Fault> {
        match self {
            Self::Position(position) if is_asked_for => match position.predicate() {
                Ok(predicate) => Ok(Some(predicate)),
                Err(failure) => Err(Fault::bad_request(failure.to_string())),
            },
            _ => Ok(None),
        }
    }
}

/// A line that asks for what comes of a text.
struct Question<'a> {
    /// That of the line, which at a place of a pipeline reads the languages of its file.
    engine: Cow<'a, Engine>,
    request: &'a Request,
    /// What the node that reads has as its own condition, where the line has none.
    own: Option<String>,
    reading: Reading<'a>,
}

impl Question<'_> {
    fn text(&self) -> &str {
        self.own.as_deref().unwrap_or(self.request.text())
    }

    fn asked(&self, answer: &Answer) -> AskedText<'_> {
        if self.is_expression() {
            answer.asked(self.text())
        } else {
            AskedText::Template(self.text())
        }
    }

    fn is_expression(&self) -> bool {
        matches!(self.request.op, Operation::Evaluate | Operation::Condition)
    }

    fn decides(&self) -> bool {
        self.request.op == Operation::Condition
    }

    /// What comes of the text, and how if that is wanted.
    fn outcome(&self, texts: &mut KnownTexts, is_traced: bool) -> Result<Outcome, Fault> {
        match &self.reading {
            Reading::Bare(context) => {
                let names = LazyContext::new(context.json(), Order::Insertion)?;
                Ok(self.ask(&names, texts, is_traced))
            }
            Reading::Values(names) => Ok(self.ask(names, texts, is_traced)),
            Reading::Position(position) => Ok(self.ask(&position.names, texts, is_traced)),
        }
    }

    fn ask(&self, names: &dyn Context, texts: &mut KnownTexts, is_traced: bool) -> Outcome {
        match &self.own {
            Some(own) => engine::predicate(&self.engine, own, names, is_traced),
            None => engine::perform(&self.engine, self.request, texts, names, is_traced),
        }
    }

    /// What was found about names; `None` where nothing is known of them but their values.
    fn notes(&self, texts: &mut KnownTexts, answer: &Answer) -> Option<Vec<Note>> {
        match &self.reading {
            Reading::Bare(_) => None,
            Reading::Values(names) => {
                let asked = self.asked(answer);
                let paths = texts.paths(asked);
                Some(names.notes_with(asked, paths.iter().map(String::as_str)))
            }
            Reading::Position(position) => {
                Some(position.notes(self.asked(answer), Shown::of(answer)))
            }
        }
    }

    /// What there is to say of a text that has no value, told in its error if that is one of the text.
    fn of_text(
        &self,
        texts: &mut KnownTexts,
        defaults: &Defaults,
        answer: &mut Answer,
        trace: Option<&Trace>,
    ) -> Result<TextNotes, Fault> {
        let fails = matches!(answer, Answer::Fault(fault) if fault.is_of_text());
        let is_null = Shown::of(answer) == Shown::Null;
        let is_noted = !matches!(self.reading, Reading::Bare(_));
        if !self.is_expression() || !(fails || is_null && is_noted) {
            return Ok(TextNotes::default());
        }
        // Only a trace has remarks, and most lines need none.
        let remarks = if let Some(trace) = trace {
            trace.remarks()
        } else {
            let (_, trace) = self.outcome(texts, true)?;
            trace.as_ref().map_or_else(Vec::new, Trace::remarks)
        };
        let text = self.text();
        let mistakes = texts.mistakes(text, self.decides()).to_vec();
        let flags = self.flags(defaults);
        let advice = advice::on_answer(text, flags, self.decides(), answer);
        let mut of_text = TextNotes::of(mistakes, remarks).with_advice(advice);
        if let Answer::Fault(fault) = answer {
            of_text.explain(fault, text, self.decides());
        }
        Ok(of_text)
    }

    /// The flags of the line.
    fn flags(&self, defaults: &Defaults) -> Flags {
        let settings = &self.request.settings;
        let profile = settings.profile.as_deref().map(str::parse);
        let profile = profile.and_then(Result::ok).or(defaults.profile);
        match (settings.flags.as_deref(), profile) {
            (None, Some(profile)) => profile.flags(),
            (list, _) => Flags::from_names(list.unwrap_or_default()),
        }
    }
}

type Outcome = (Result<Value, Fault>, Option<Trace>);
