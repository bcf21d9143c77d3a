//! One call of the engine: what it works with, and the budget it is paid from (`spec/engine.md` §2.3 and §3.1).
//!
//! Evaluating a text writes its program (`compose`), for which the islands in it are looked up (`island`, `names`), and
//! runs it (`execute`); what comes out may be a text or collection with islands again (`evaluate`, `collection`).

mod budget;
mod cel;
mod collection;
mod compose;
mod decided;
mod evaluate;
mod execute;
mod hidden;
mod island;
mod names;
mod program;
mod variables;

pub(crate) use budget::{Budget, spend};
pub use hidden::has_hidden_name;

use std::cell::{Cell, RefCell};

use foldhash::HashMap;
use pipewright_jexl::Value;
use pipewright_syntax::Languages;

use crate::context::Context;
use crate::core::Core;
use crate::profile::{Flags, Mode, Settings};
use crate::run::hidden::HiddenNames;
use crate::trace::Event;
use crate::tracer::Tracer;

/// One call of the engine.
pub(crate) struct Run<'c> {
    core: &'c Core,
    pub(crate) flags: Flags,
    pub(crate) mode: Mode,
    /// What the expressions of its text, and of texts that come up on the way, are written in.
    pub(crate) languages: Languages,
    context: &'c dyn Context,
    /// What programs assign, and the values of islands under their hidden names. Wins over the context.
    scratch: RefCell<HashMap<Box<str>, Value>>,
    hidden: HiddenNames,
    budget: &'c Budget,
    /// How many collections are being resolved inside each other.
    collections: Cell<u32>,
    /// Whether one of them leads back to itself; this ends the call.
    leads_to_itself: Cell<bool>,
    tracer: Option<&'c Tracer>,
}

impl<'c> Run<'c> {
    /// A try to answer a question within what is left of its budget.
    pub(crate) fn new(
        core: &'c Core,
        settings: Settings,
        context: &'c dyn Context,
        budget: &'c Budget,
        tracer: Option<&'c Tracer>,
    ) -> Self {
        Self {
            core,
            flags: settings.flags,
            mode: settings.mode,
            languages: core.languages,
            context,
            scratch: RefCell::new(HashMap::default()),
            hidden: HiddenNames::default(),
            budget,
            collections: Cell::new(0),
            leads_to_itself: Cell::new(false),
            tracer,
        }
    }

    /// Begins a step of the trace.
    fn enter(&self) {
        if let Some(tracer) = self.tracer {
            tracer.enter();
        }
    }

    /// Ends the step of the trace begun last.
    fn leave(&self, event: impl FnOnce() -> Event) {
        if let Some(tracer) = self.tracer {
            tracer.leave(event());
        }
    }

    /// Adds a step without inside to the trace.
    fn note(&self, event: impl FnOnce() -> Event) {
        if let Some(tracer) = self.tracer {
            tracer.note(event());
        }
    }
}
