//! One call of the engine: what it works with, and the budget it is paid from (`spec/engine.md` §2.3 and §3.1).
//!
//! Evaluating a text writes its program (`compose`), for which the islands in it are looked up (`island`, `names`), and
//! runs it (`execute`); what comes out may be a text or collection with islands again (`evaluate`, `collection`).

mod collection;
mod compose;
mod evaluate;
mod execute;
mod hidden;
mod island;
mod names;
mod program;
mod variables;

pub use hidden::has_hidden_name;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use pipewright_jexl::{ErrorKind, Value, charge_shared};

use crate::context::Context;
use crate::core::Core;
use crate::error::Error;
use crate::limits::{MAX_STEPS, MAX_WORK, WORK_FACTOR};
use crate::profile::{Flags, Mode, Settings};
use crate::run::hidden::HiddenNames;
use crate::trace::Event;
use crate::tracer::Tracer;

/// One call of the engine.
pub(crate) struct Run<'c> {
    core: &'c Core,
    pub(crate) flags: Flags,
    pub(crate) mode: Mode,
    context: &'c dyn Context,
    /// What programs assign, and the values of islands under their hidden names. Wins over the context.
    scratch: RefCell<HashMap<Box<str>, Value>>,
    hidden: HiddenNames,
    /// What is left of the bytes this call may read and write.
    work: Cell<u64>,
    /// How many steps programs may still take.
    steps: Cell<u64>,
    /// How many collections are being resolved inside each other.
    collections: Cell<u32>,
    /// Whether one of them leads back to itself; this ends the call.
    leads_to_itself: Cell<bool>,
    tracer: Option<&'c Tracer>,
}

impl<'c> Run<'c> {
    /// A call that works on `size` bytes of text.
    pub(crate) fn new(
        core: &'c Core,
        settings: Settings,
        context: &'c dyn Context,
        size: usize,
        tracer: Option<&'c Tracer>,
    ) -> Self {
        Self {
            core,
            flags: settings.flags,
            mode: settings.mode,
            context,
            scratch: RefCell::new(HashMap::new()),
            hidden: HiddenNames::default(),
            work: Cell::new(MAX_WORK + size as u64 * WORK_FACTOR),
            steps: Cell::new(MAX_STEPS),
            collections: Cell::new(0),
            leads_to_itself: Cell::new(false),
            tracer,
        }
    }

    /// Takes `bytes` from the budget of this call.
    fn spend(&self, bytes: u64) -> Result<(), Error> {
        match self.work.get().checked_sub(bytes) {
            Some(left) => {
                self.work.set(left);
                charge_shared(bytes).map_err(Error::of_failure)
            }
            None => Err(Error::new(
                ErrorKind::Limit,
                "the expressions lead to each other too often: the evaluation was stopped",
            )),
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
