//! Values and a failure that give a node a verdict.

use std::collections::VecDeque;

use pipewright_analysis::Prepared;
use pipewright_source::closest;

use super::tries::Tries;
use super::{Chosen, Outcome, Tried};
use crate::{Failure, Given, Plan, PlanError, Verdict};

/// A verdict that a node is to have.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Goal {
    /// Its fully qualified name.
    pub fqn: String,
    /// The verdict, never [`Verdict::Unknown`].
    pub verdict: Verdict,
}

impl Goal {
    /// A verdict of the node of a fully qualified name.
    pub fn new(fqn: impl Into<String>, verdict: Verdict) -> Self {
        Self {
            fqn: fqn.into(),
            verdict,
        }
    }

    /// `FQN=VERDICT`
    ///
    /// # Errors
    /// A sentence on what is wrong.
    ///
    /// ```
    /// use pipewright_simulate::{Goal, Verdict};
    /// let goal = Goal::parse("pipeline.stages.S=rolled-back")?;
    /// assert_eq!((&*goal.fqn, goal.verdict), ("pipeline.stages.S", Verdict::RolledBack));
    /// # Ok::<(), String>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let all = Verdict::ALL.into_iter();
        let known: Vec<Verdict> = all.filter(|verdict| *verdict != Verdict::Unknown).collect();
        let words = || {
            let words: Vec<&str> = known.iter().map(|verdict| verdict.as_str()).collect();
            format!("one of `{}`", words.join("`, `"))
        };
        let Some((fqn, word)) = text.rsplit_once('=') else {
            return Err(format!("expected FQN=VERDICT with {}", words()));
        };
        let verdict = known.iter().find(|verdict| verdict.as_str() == word);
        let verdict = *verdict.ok_or_else(|| format!("`{word}` is none: expected {}", words()))?;
        Ok(Self {
            fqn: fqn.to_owned(),
            verdict,
        })
    }
}

/// Whether something gives a node a verdict.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Until {
    /// These values and this failure do, and fewer were not found to.
    So(Box<Outcome>),
    /// Nothing that was tried does.
    Nothing {
        /// The reasons of the verdicts that it had instead, where nothing further failed.
        reasons: Vec<String>,
        /// The values that were tried.
        tried: Vec<Tried>,
        /// How many plans were made.
        plans: usize,
        /// Where it stopped, and what was not tried, a sentence each.
        notes: Vec<String>,
    },
}

/// How many reasons are told.
const MAX_REASONS: usize = 3;

/// Searches for values, then for values and one failing step, that give a node a verdict.
///
/// # Errors
/// As for [`plan`](crate::plan()), and if the plan lists no such node.
pub fn until(prepared: &Prepared, given: &Given, goal: &Goal) -> Result<Until, PlanError> {
    let mut search = Search {
        tries: Tries::new(prepared, given)?,
        goal,
        reasons: Vec::new(),
        is_stopped: false,
    };
    let mut failures = std::mem::take(&mut search.tries.failures);
    // What fails in the node itself is closest to it.
    failures.sort_by_key(|failure| !is_in(&goal.fqn, &failure.fqn));
    for failure in std::iter::once(None).chain(failures.iter().map(Some)) {
        if let Some(outcome) = search.with(failure)? {
            return Ok(Until::So(Box::new(outcome)));
        }
        if search.is_stopped {
            break;
        }
    }
    let mut notes = search.tries.notes();
    if search.is_stopped {
        notes.push(search.tries.stopped());
    }
    Ok(Until::Nothing {
        reasons: search.reasons,
        tried: search.tries.tried(),
        plans: search.tries.count(),
        notes,
    })
}

struct Search<'a> {
    tries: Tries<'a>,
    goal: &'a Goal,
    reasons: Vec<String>,
    is_stopped: bool,
}

impl Search<'_> {
    /// Tries values with one failure, few before many.
    fn with(&mut self, failure: Option<&Failure>) -> Result<Option<Outcome>, PlanError> {
        let mut left: VecDeque<Vec<Chosen>> = VecDeque::from([Vec::new()]);
        while let Some(chosen) = left.pop_front() {
            let Some(plan) = self.tries.plan(&chosen, failure)? else {
                self.is_stopped = true;
                return Ok(None);
            };
            let node = plan.node(&self.goal.fqn);
            let node = node.ok_or_else(|| no_node(&plan, &self.goal.fqn))?;
            if node.verdict == self.goal.verdict {
                return Ok(Some(Outcome {
                    values: chosen,
                    failure: failure.cloned(),
                    plan,
                    combinations: 1,
                }));
            }
            let next = self.tries.next(&plan, Some(&self.goal.fqn), &chosen);
            if let Some(name) = next.first() {
                let values = self.tries.values(name).into_iter();
                left.extend(values.map(|value| {
                    let mut chosen = chosen.clone();
                    chosen.push(value);
                    chosen
                }));
            } else if failure.is_none()
                && self.reasons.len() < MAX_REASONS
                && !self.reasons.contains(&node.reason)
            {
                self.reasons.push(node.reason.clone());
            }
        }
        Ok(None)
    }
}

/// Whether a name is that of the node itself or of something inside.
fn is_in(outer: &str, name: &str) -> bool {
    let rest = name.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn no_node(plan: &Plan, fqn: &str) -> PlanError {
    let names = plan.nodes.iter().map(|node| node.fqn.as_str());
    let meant = closest(fqn, names);
    let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
    PlanError::not_found(format!("the plan lists no `{fqn}`{meant}"))
}
