//! Whether several nodes may have certain verdicts in one and the same run.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Arc;

use pipewright_analysis::Prepared;

use super::choices::Choices;
use super::faults::failures;
use super::{Chosen, Goal};
use crate::outcome::{pipeline_of, verdicts_of};
use crate::program::Program;
use crate::{Failure, Given, Verdict};

/// How many nodes a pipeline may have, turns of loops counted, to be asked about.
const MAX_NODES: usize = 2_000;

/// How many nodes all runs together may have that are tried for one pipeline.
const MAX_WORK: usize = 50_000;

/// A pipeline that is asked which verdicts go together, whether Harness refuses it or not.
#[derive(Debug)]
pub struct Together {
    prepared: Arc<Prepared>,
    choices: Choices,
    failures: Vec<Failure>,
    nodes: usize,
    /// How many nodes may still be gone through.
    left: Cell<usize>,
}

/// Whether nodes may have certain verdicts in one run.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum MayBe {
    /// With these values, and where this fails.
    So(Vec<Chosen>, Option<Failure>),
    /// Whatever is given, they have not.
    Never,
    /// The answer would take too long, or rests on what only a run can tell.
    NotKnown,
}

impl Together {
    /// `None` for what is no pipeline, or one that is too large.
    pub fn new(prepared: Arc<Prepared>) -> Option<Self> {
        let given = Given::default();
        let with_given = pipeline_of(&prepared).ok()?.with_given(&given.values);
        let program = Program::unchecked(&with_given, &given.values, &given, &mut Vec::new());
        let program = program.ok()?;
        let nodes = program.layout.entries.len();
        if nodes > MAX_NODES {
            return None;
        }
        let (choices, failures) = (Choices::new(&program, &given.values), failures(&program));
        drop(program);
        Some(Self {
            choices,
            failures,
            nodes,
            prepared,
            left: Cell::new(MAX_WORK),
        })
    }

    /// Whether in some run every one of the goals holds: over the values that conditions compare with, and with
    /// `with_failures` also over one failing step at a time.
    pub fn may_be(&self, goals: &[Goal], with_failures: bool) -> MayBe {
        let mut is_known = true;
        let failures = self.failures.iter().filter(|_| with_failures).map(Some);
        for failure in std::iter::once(None).chain(failures) {
            match self.with(goals, failure) {
                MayBe::Never => {}
                MayBe::NotKnown => is_known = false,
                so @ MayBe::So(..) => return so,
            }
        }
        if is_known {
            MayBe::Never
        } else {
            MayBe::NotKnown
        }
    }

    fn with(&self, goals: &[Goal], failure: Option<&Failure>) -> MayBe {
        let mut is_known = true;
        let mut left: VecDeque<Vec<Chosen>> = VecDeque::from([Vec::new()]);
        while let Some(chosen) = left.pop_front() {
            let Some(work) = self.left.get().checked_sub(self.nodes) else {
                return MayBe::NotKnown;
            };
            self.left.set(work);
            let mut given = Given::default();
            for one in &chosen {
                given.values.insert(&one.name, one.value.clone());
            }
            given.failures.extend(failure.cloned());
            let Some(verdicts) = verdicts_of(&self.prepared, &given, goals) else {
                return MayBe::NotKnown;
            };
            let mut open = verdicts.iter().zip(goals);
            if open.all(|((verdict, _), goal)| *verdict == goal.verdict) {
                return MayBe::So(chosen, failure.cloned());
            }
            let mut open = verdicts.iter().zip(goals);
            if open.any(|((verdict, _), goal)| ![goal.verdict, Verdict::Unknown].contains(verdict))
            {
                continue;
            }
            let needs = verdicts.iter().flat_map(|(_, needs)| needs);
            let mut needs = needs.filter(|name| !chosen.iter().any(|one| one.name == **name));
            let Some(name) = needs.find(|name| self.choices.of(name).is_some()) else {
                is_known = false;
                continue;
            };
            is_known &= self.choices.of(name).is_some_and(|of| of.left_out == 0);
            left.extend(self.choices.chosen(name).into_iter().map(|value| {
                let mut chosen = chosen.clone();
                chosen.push(value);
                chosen
            }));
        }
        if is_known {
            MayBe::Never
        } else {
            MayBe::NotKnown
        }
    }
}
