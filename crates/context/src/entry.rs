//! A position as the engine's context.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use pipewright_engine::Context;
use pipewright_jexl::{OpResult, Value};
use pipewright_model::Moment;

use crate::notes::Written;
use crate::state::{MAX_RESOLVED, PositionState};
use crate::{AskedText, AtError, Note, PreparedPipeline, RunPlace};

/// What an expression sees from one node of a pipeline.
///
/// Made for [`engine`](crate::engine): names are searched with the prefixes of a pipeline run.
#[derive(Clone, Debug)]
pub struct PipelineContext(pub(crate) Arc<PositionState>);

impl PreparedPipeline {
    /// What an expression sees at `place`: at the moment of the place, if it has one, or else while its node runs.
    ///
    /// # Errors
    /// If the iteration that the place asks for does not exist.
    pub fn at(&self, place: &RunPlace) -> Result<PipelineContext, AtError> {
        self.at_moment(place, place.moment.unwrap_or(Moment::Running))
    }

    /// What an expression sees at `place` at some moment.
    ///
    /// # Errors
    /// If the iteration that the place asks for does not exist.
    pub fn at_moment(&self, place: &RunPlace, moment: Moment) -> Result<PipelineContext, AtError> {
        let state = PositionState::at(self.contents(), place, moment)?;
        Ok(PipelineContext(Arc::new(state)))
    }
}

impl PipelineContext {
    /// What the last evaluation found about names while they were read, each once, in order. A name may have been read
    /// without being part of the answer.
    pub fn notes(&self) -> Vec<Note> {
        self.0.notes.all()
    }

    /// The notes, without those on names that nobody wrote: the text was put together from parts, and the engine looked
    /// it up, or asked for what an alias stands for.
    pub fn notes_on(&self, text: AskedText<'_>) -> Vec<Note> {
        let mut notes = self.notes();
        if notes.iter().any(Note::is_of_first_name) {
            let written = Written::of(&[text]);
            notes.retain(|note| !note.is_of_first_name() || written.holds(&note.name));
        }
        notes
    }
}

impl Context for PipelineContext {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        Ok(self.0.root(name))
    }

    fn begin(&self) {
        self.0.budget.store(MAX_RESOLVED, Ordering::Relaxed);
        self.0.notes.clear();
    }
}
