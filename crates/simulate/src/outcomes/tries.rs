//! Plans under chosen values, within a bound.

use indexmap::IndexSet;
use pipewright_analysis::Prepared;

use super::choices::Choices;
use super::faults::failures;
use super::{Chosen, Tried};
use crate::program::Program;
use crate::{Failure, Given, Plan, PlanError, Verdict, outcome};

/// How many plans are made.
const MAX_PLANS: usize = 500;

/// How many nodes they may have together, and attempts of their steps.
const MAX_WORK: u64 = 500_000;

/// Plans under chosen values, within a bound.
pub(super) struct Tries<'a> {
    prepared: &'a Prepared,
    given: &'a Given,
    choices: Choices,
    /// What may fail.
    pub(super) failures: Vec<Failure>,
    plans: usize,
    work: u64,
    /// The names that were given values.
    tried: IndexSet<String>,
    /// The names that decide something, and for which there is nothing to try.
    open: IndexSet<String>,
}

impl<'a> Tries<'a> {
    /// # Errors
    /// As for a plan.
    pub(super) fn new(prepared: &'a Prepared, given: &'a Given) -> Result<Self, PlanError> {
        let with_given = outcome::pipeline_of(prepared)?.with_given(&given.values);
        let program = Program::new(&with_given, &given.values, given, &mut Vec::new())?;
        Ok(Self {
            choices: Choices::new(&program, &given.values),
            failures: failures(&program),
            prepared,
            given,
            plans: 0,
            work: 0,
            tried: IndexSet::new(),
            open: IndexSet::new(),
        })
    }

    /// The plan under further values and failures; `None` where so many were made that it stops.
    ///
    /// # Errors
    /// As for a plan.
    pub(super) fn plan(
        &mut self,
        chosen: &[Chosen],
        failure: Option<&Failure>,
    ) -> Result<Option<Plan>, PlanError> {
        if self.plans >= MAX_PLANS || self.work >= MAX_WORK {
            return Ok(None);
        }
        let mut given = self.given.clone();
        for one in chosen {
            given.values.insert(&one.name, one.value.clone());
        }
        given.failures.extend(failure.cloned());
        let plan = outcome::plan(self.prepared, &given)?;
        self.plans += 1;
        let attempts = plan.nodes.iter().map(|node| u64::from(node.attempts));
        self.work += attempts.map(|attempts| attempts + 1).sum::<u64>();
        Ok(Some(plan))
    }

    /// How many plans were made.
    pub(super) const fn count(&self) -> usize {
        self.plans
    }

    /// The names with values to try that a plan rests on, or one of its nodes.
    pub(super) fn next(
        &mut self,
        plan: &Plan,
        node: Option<&str>,
        chosen: &[Chosen],
    ) -> IndexSet<String> {
        let mut names = IndexSet::new();
        let nodes = plan.nodes.iter();
        let nodes = nodes.filter(|of| node.is_none_or(|node| of.fqn == node));
        let unknown = nodes.filter(|node| node.verdict == Verdict::Unknown);
        for name in unknown.flat_map(|node| &node.needs) {
            if chosen.iter().any(|chosen| chosen.name == *name) {
                continue;
            }
            if self.choices.of(name).is_some() {
                names.insert(name.clone());
            } else {
                self.open.insert(name.clone());
            }
        }
        names
    }

    /// The values to try for a name, see [`Choices::chosen`].
    pub(super) fn values(&mut self, name: &str) -> Vec<Chosen> {
        if self.choices.of(name).is_some() {
            self.tried.insert(name.to_owned());
        }
        self.choices.chosen(name)
    }

    /// Puts names in the order in which plans were found to rest on them.
    pub(super) fn sort(&self, chosen: &mut [Chosen]) {
        chosen.sort_by_key(|chosen| self.tried.get_index_of(&chosen.name));
    }

    /// The values that were tried.
    pub(super) fn tried(&self) -> Vec<Tried> {
        let names = self.tried.iter();
        let tried = names.filter_map(|name| {
            let choice = self.choices.of(name)?;
            Some(Tried {
                name: name.clone(),
                values: choice.values().collect(),
                other: choice.other(),
            })
        });
        tried.collect()
    }

    /// What was not tried, a sentence each.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for name in &self.tried {
            let left_out = self.choices.of(name).map_or(0, |choice| choice.left_out);
            if left_out > 0 {
                notes.push(format!(
                    "conditions compare {name} with so many values that {left_out} of them were not tried"
                ));
            }
        }
        for name in &self.open {
            notes.push(format!(
                "no condition tells which values of {name} are worth trying"
            ));
        }
        notes
    }

    /// That it stopped, and what it left.
    pub(super) fn stopped(&self) -> String {
        format!("stopped after {} plans", self.plans)
    }
}
