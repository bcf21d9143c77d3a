//! Collecting the story of a running evaluation.

use std::cell::RefCell;

use crate::error::Error;
use crate::trace::{Event, Step, Trace};

/// How many steps the trace keeps; later ones are counted only.
const MAX_STEPS: usize = 20_000;

/// Runs `action` with a tracer and gives what it collected.
pub(crate) fn traced<T>(action: impl FnOnce(&Tracer) -> T) -> (T, Trace) {
    let tracer = Tracer::new();
    let answer = action(&tracer);
    (answer, tracer.finish())
}

/// Collects the steps of a running evaluation.
#[derive(Debug)]
pub(crate) struct Tracer {
    /// The lists of steps that are still growing, the outermost first; never empty.
    open: RefCell<Vec<Vec<Step>>>,
    kept: RefCell<usize>,
    omitted: RefCell<usize>,
}

impl Tracer {
    pub(crate) fn new() -> Self {
        Self {
            open: RefCell::new(vec![Vec::new()]),
            kept: RefCell::new(0),
            omitted: RefCell::new(0),
        }
    }

    /// Begins a step whose inside comes first.
    pub(crate) fn enter(&self) {
        self.open.borrow_mut().push(Vec::new());
    }

    /// Ends the step begun last.
    pub(crate) fn leave(&self, event: Event) {
        let inside = self.open.borrow_mut().pop().unwrap_or_default();
        self.add(Step { event, inside });
    }

    /// Adds a step without inside.
    pub(crate) fn note(&self, event: Event) {
        self.add(Step {
            event,
            inside: Vec::new(),
        });
    }

    /// Notes that everything is done again without string concatenation.
    pub(crate) fn without_concatenation(&self, error: &Error) {
        self.note(Event::WithoutConcatenation {
            because: format!("{}: {}", error.kind, error.message),
        });
    }

    fn add(&self, step: Step) {
        if *self.kept.borrow() >= MAX_STEPS {
            *self.omitted.borrow_mut() += 1;
            return;
        }
        *self.kept.borrow_mut() += 1;
        if let Some(steps) = self.open.borrow_mut().last_mut() {
            steps.push(step);
        }
    }

    /// What was collected.
    pub(crate) fn finish(self) -> Trace {
        Trace {
            steps: self
                .open
                .into_inner()
                .into_iter()
                .next()
                .unwrap_or_default(),
            omitted: self.omitted.into_inner(),
        }
    }
}
