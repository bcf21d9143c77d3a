//! The distinct outcomes of a pipeline.

use std::collections::{HashMap, HashSet, VecDeque};

use pipewright_analysis::Prepared;

use super::tries::Tries;
use super::{Chosen, Outcome, Outcomes};
use crate::{Failure, Given, Plan, PlanError, Status, Verdict};

/// How many combinations of values are tried with one failure.
const MAX_COMBINATIONS: usize = 32;

/// How many outcomes are told.
const MAX_OUTCOMES: usize = 100;

/// The distinct outcomes of a pipeline over the values that its conditions compare with, and over one failing step at a
/// time.
///
/// What is given stays as it is. Names that something unknown rests on are given each value that a condition compares
/// them with, and one that differs from all of these. Where they have more than 32 combinations, each is changed by
/// itself.
///
/// # Errors
/// As for [`plan`](crate::plan()).
pub fn outcomes(prepared: &Prepared, given: &Given) -> Result<Outcomes, PlanError> {
    let mut search = Search {
        tries: Tries::new(prepared, given)?,
        outcomes: Vec::new(),
        known: HashMap::new(),
        one_by_one: false,
        changed: HashSet::new(),
        stop: None,
    };
    search.with(None)?;
    let failures = std::mem::take(&mut search.tries.failures);
    for (place, failure) in failures.iter().enumerate() {
        if search.stop.is_some() {
            break;
        }
        search.with(Some(failure))?;
        if let Some(stop) = &mut search.stop {
            let left = failures.len() - place;
            let failures = if left == 1 {
                "failure was"
            } else {
                "failures were"
            };
            *stop = format!("{stop}: {left} {failures} not tried to the end");
        }
    }
    Ok(search.finish())
}

struct Search<'a> {
    tries: Tries<'a>,
    outcomes: Vec<Outcome>,
    known: HashMap<Vec<Look>, usize>,
    /// Whether there were too many combinations somewhere.
    one_by_one: bool,
    /// The names that were changed by themselves.
    changed: HashSet<String>,
    /// Why it stopped.
    stop: Option<String>,
}

/// What tells one outcome from another: of each node its name, verdict and status.
type Look = (String, Verdict, Option<Status>);

impl Search<'_> {
    /// Tries all values with one failure.
    fn with(&mut self, failure: Option<&Failure>) -> Result<(), PlanError> {
        if self.one_by_one {
            return self.one_by_one(failure);
        }
        let mut ends = Vec::new();
        let mut left: Vec<Vec<Chosen>> = vec![Vec::new()];
        while let Some(chosen) = left.pop() {
            let Some(plan) = self.plan(&chosen, failure)? else {
                break;
            };
            match self.tries.next(&plan, None, &chosen).first() {
                None => ends.push((chosen, plan)),
                Some(name) => {
                    let values = self.tries.values(name).into_iter().rev();
                    left.extend(values.map(|value| with(&chosen, value)));
                }
            }
            if ends.len() + left.len() > MAX_COMBINATIONS {
                self.one_by_one = true;
                return self.one_by_one(failure);
            }
        }
        for (chosen, plan) in ends {
            self.add(chosen, failure, plan);
        }
        Ok(())
    }

    /// Gives every name its first value, then each one every other value by itself. What was changed by itself already
    /// is not changed again with a failure.
    fn one_by_one(&mut self, failure: Option<&Failure>) -> Result<(), PlanError> {
        let before = self.starting(failure)?;
        let Some((first, plan)) = self.completed(before, failure)? else {
            return Ok(());
        };
        self.add(first.clone(), failure, plan);
        for (place, one) in first.iter().enumerate() {
            if !self.changed.insert(one.name.clone()) {
                continue;
            }
            for value in self.tries.values(&one.name).into_iter().skip(1) {
                let mut chosen = first.clone();
                chosen[place] = value;
                let Some((chosen, plan)) = self.completed(chosen, failure)? else {
                    return Ok(());
                };
                self.add(chosen, failure, plan);
            }
        }
        Ok(())
    }

    /// Values with which what fails is started; none where a few tries find none.
    fn starting(&mut self, failure: Option<&Failure>) -> Result<Vec<Chosen>, PlanError> {
        let Some(failure) = failure else {
            return Ok(Vec::new());
        };
        let mut left: VecDeque<Vec<Chosen>> = VecDeque::from([Vec::new()]);
        for _ in 0..MAX_COMBINATIONS {
            let Some(chosen) = left.pop_front() else {
                break;
            };
            let Some(plan) = self.plan(&chosen, Some(failure))? else {
                break;
            };
            let names = self.tries.next(&plan, Some(&failure.fqn), &chosen);
            let node = plan.node(&failure.fqn);
            match names.first() {
                None if node.is_some_and(|node| node.attempts > 0) => return Ok(chosen),
                None => {}
                Some(name) => {
                    let values = self.tries.values(name).into_iter();
                    left.extend(values.map(|value| with(&chosen, value)));
                }
            }
        }
        Ok(Vec::new())
    }

    /// Gives further names their first values until nothing that can be tried is unknown.
    fn completed(
        &mut self,
        mut chosen: Vec<Chosen>,
        failure: Option<&Failure>,
    ) -> Result<Option<(Vec<Chosen>, Plan)>, PlanError> {
        loop {
            let Some(plan) = self.plan(&chosen, failure)? else {
                return Ok(None);
            };
            let names = self.tries.next(&plan, None, &chosen);
            let before = chosen.len();
            for name in &names {
                chosen.extend(self.tries.values(name).into_iter().next());
            }
            if chosen.len() == before {
                return Ok(Some((chosen, plan)));
            }
        }
    }

    fn plan(
        &mut self,
        chosen: &[Chosen],
        failure: Option<&Failure>,
    ) -> Result<Option<Plan>, PlanError> {
        let plan = self.tries.plan(chosen, failure)?;
        if plan.is_none() {
            self.stop.get_or_insert(self.tries.stopped());
        }
        Ok(plan)
    }

    fn add(&mut self, mut values: Vec<Chosen>, failure: Option<&Failure>, plan: Plan) {
        let look = plan.nodes.iter();
        let look = look.map(|node| (node.fqn.clone(), node.verdict, node.status));
        let look: Vec<Look> = look.collect();
        if let Some(known) = self.known.get(&look) {
            self.outcomes[*known].combinations += 1;
            return;
        }
        if self.outcomes.len() == MAX_OUTCOMES {
            self.stop
                .get_or_insert(format!("stopped after {MAX_OUTCOMES} outcomes"));
            return;
        }
        self.known.insert(look, self.outcomes.len());
        self.tries.sort(&mut values);
        self.outcomes.push(Outcome {
            values,
            failure: failure.cloned(),
            plan,
            combinations: 1,
        });
    }

    fn finish(self) -> Outcomes {
        let mut notes = self.tries.notes();
        let is_complete = notes.is_empty() && self.stop.is_none() && !self.one_by_one;
        if self.one_by_one {
            notes.push(format!(
                "the values have more than {MAX_COMBINATIONS} combinations, so each was changed by itself"
            ));
        }
        notes.extend(self.stop);
        Outcomes {
            outcomes: self.outcomes,
            tried: self.tries.tried(),
            is_complete,
            notes,
        }
    }
}

fn with(chosen: &[Chosen], value: Chosen) -> Vec<Chosen> {
    let mut chosen = chosen.to_vec();
    chosen.push(value);
    chosen
}
