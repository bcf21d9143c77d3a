//! A position in a pipeline, from which names are read.

use std::sync::Arc;

use pipewright_analysis::Prepared;
use pipewright_context::{Moment, Note, PipelineContext, RunPlace};
use pipewright_engine::{Context, Template};
use pipewright_jexl::{OpResult, Value as JexlValue};

use crate::evaluation::{Names, decide, evaluate_with, render_with};
use crate::{Condition, Decision, Error, Rendered, Value, Values};

/// A node or setting of a pipeline: expressions see what they would see there in a run, with given values for what only
/// a run can tell.
#[derive(Clone, Debug)]
pub struct Scope {
    prepared: Arc<Prepared>,
    place: RunPlace,
}

/// The names at a position.
struct AtPlace(PipelineContext);

impl Context for AtPlace {
    fn get(&self, name: &str) -> OpResult<Option<JexlValue>> {
        self.0.get(name)
    }

    fn begin(&self) {
        self.0.begin();
    }
}

impl Names for AtPlace {
    fn notes_on(&self, _: &str) -> Vec<Note> {
        self.0.notes()
    }
}

impl Scope {
    pub(crate) fn new(prepared: Arc<Prepared>, place: RunPlace) -> Self {
        Self { prepared, place }
    }

    /// The value of an expression that is read here.
    ///
    /// # Errors
    /// As [`evaluate`](crate::evaluate); `not-found` for an iteration that the loops around do not have.
    pub fn evaluate(&self, text: &str, values: &Values) -> Result<Value, Error> {
        evaluate_with(
            text,
            &self.prepared.pipeline().engine(),
            &self.names(values, Moment::Running)?,
        )
    }

    /// Whether a `when` with this condition lets the node run, whatever happened before.
    ///
    /// # Errors
    /// As [`condition`](crate::condition).
    pub fn condition(&self, text: &str, values: &Values) -> Result<Decision, Error> {
        let names = self.names(values, Moment::Starting)?;
        Condition::new(text)?.decide_with(&self.prepared.pipeline().engine(), &names)
    }

    /// A text with its expressions replaced, read here.
    ///
    /// # Errors
    /// As [`render`](crate::render).
    pub fn render(&self, text: &str, values: &Values) -> Result<Rendered, Error> {
        render_with(
            text,
            &self.prepared.pipeline().engine(),
            &self.names(values, Moment::Running)?,
        )
    }

    /// Whether the node's own `when` lets it run, once what is around it runs.
    ///
    /// # Errors
    /// `input` where Harness refuses the `when` or the file does not tell it; else as [`condition`](crate::condition).
    pub fn runs(&self, values: &Values) -> Result<Decision, Error> {
        let predicate = self.prepared.pipeline().predicate(&self.place);
        let predicate = predicate.map_err(|error| Error::input(error.to_string()))?;
        let names = self.names(values, Moment::Starting)?;
        decide(
            &Template::new(&predicate),
            &self.prepared.pipeline().engine(),
            &names,
        )
    }

    fn names(&self, values: &Values, moment: Moment) -> Result<AtPlace, Error> {
        let mut place = self.place.clone();
        place.given = values.given().clone();
        let moment = place.moment.unwrap_or(moment);
        let names = self.prepared.pipeline().at_moment(&place, moment);
        let names = names.map_err(|error| Error::not_found(error.to_string(), &[]))?;
        Ok(AtPlace(names))
    }
}
