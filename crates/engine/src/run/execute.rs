//! Running programs, and paying for them.

use pipewright_jexl::{ErrorKind, Value, Variables as _, shared_work_left};

use crate::error::Error;
use crate::limits::{PROGRAM_WORK, STEP_WORK};
use crate::parts::Parts;
use crate::run::program::Program;
use crate::run::{Run, spend};
use crate::trace::{Answer, Event};

impl Run<'_> {
    /// Runs the program of a text.
    pub(super) fn execute(&self, program: &Program, parts: &Parts) -> Result<Value, Error> {
        let result = self.run_program(program.text());
        self.note(|| Event::Program {
            program: program.shown(&parts.text),
            answer: match &result {
                Ok(value) => Answer::value(value),
                Err(error) => {
                    let error = program.blame(error, &parts.text);
                    Answer::error(error.kind, &error.message)
                }
            },
        });
        result
    }

    /// Notes the names that came of islands with letters beside them and that nothing has.
    pub(super) fn note_glued_names(&self, program: &Program, parts: &Parts) {
        if self.tracer.is_none() {
            return;
        }
        for (written, name) in program.glued_names(&parts.text) {
            let is_known = |name: &String| !matches!(self.get(name), Ok(None));
            if !name.as_ref().is_some_and(is_known) {
                self.note(|| Event::ReadAsName { written, name });
            }
        }
    }

    pub(super) fn run_program(&self, source: &str) -> Result<Value, Error> {
        spend(PROGRAM_WORK + source.len() as u64)?;
        let program = self.budget.program(source, || {
            self.core.programs.compile(source, self.flags.scripts)
        })?;
        let all = self.budget.steps.get();
        let granted = shared_work_left().map_or(all, |work| all.min(work / STEP_WORK));
        let mut left = granted;
        let result = program.run_within(self, &mut left);
        self.budget.steps.set(all - (granted - left));
        spend((granted - left) * STEP_WORK)?;
        Ok(result?)
    }
}

/// Whether Harness catches the exception behind this kind: the name is tried with the next prefix, or the text is a
/// hint. The others escape.
pub(super) const fn is_swallowed(kind: ErrorKind) -> bool {
    kind.is_jexl_exception() || matches!(kind, ErrorKind::TemplateString)
}
