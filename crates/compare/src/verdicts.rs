//! What would run before and after under the same values.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use pipewright_analysis::Prepared;
use pipewright_jexl::Json;
use pipewright_simulate::{Chosen, Failure, Given, Plan, PlanError, Status, Verdict, plan};

use crate::cases::Case;
use crate::combinations::{Combination, combinations};
use crate::mapping::Mapping;

/// How many combinations are made smaller.
const MAX_SMALLER: usize = 40;

/// How many plans of both sides are kept.
const MAX_PLANS: usize = 6;

/// The name of the whole, which follows its parts.
const WHOLE: &str = "pipeline";

/// A node that comes to something else.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct VerdictDifference {
    /// Its fully qualified name after, with the suffixes of the turns it stands in.
    pub fqn: String,
    /// The values that show the difference, beside those that were given: as few as do.
    pub given: Vec<Chosen>,
    /// What has to fail to show it.
    pub failure: Option<Failure>,
    /// What became of it.
    pub before: Came,
    /// What becomes of it.
    pub after: Came,
    /// The test whose values show it, where no fewer do.
    pub test: Option<String>,
    /// The input set that is merged into the pipeline, by its identifier, where that shows it.
    pub input_set: Option<String>,
    /// The node around it, if that comes to something else under the same values, too.
    pub within: Option<String>,
}

/// What becomes of a node.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Came {
    /// The verdict.
    pub verdict: Verdict,
    /// The engine's status.
    pub status: Option<Status>,
    /// Why, in one sentence.
    pub reason: String,
    /// The names that would decide an unknown verdict.
    pub needs: Vec<String>,
    /// The condition that decides.
    pub condition: Option<String>,
}

/// What would run, as far as it differs.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Verdicts {
    /// The nodes that come to something else, in the order of the plan after.
    pub differences: Vec<VerdictDifference>,
    /// What Harness refuses the pipeline for, before and after, where that differs.
    pub refused: Option<(Option<String>, Option<String>)>,
    /// Plans of both sides that show what differs, where they were asked for.
    pub plans: Vec<PlanPair>,
    /// What was not tried, a sentence each.
    pub notes: Vec<String>,
}

impl Verdicts {
    /// Whether everything comes to the same.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty() && self.refused.is_none()
    }
}

/// The plans of both sides under the same values.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct PlanPair {
    /// The values, as in [`VerdictDifference`].
    pub given: Vec<Chosen>,
    /// What fails.
    pub failure: Option<Failure>,
    /// The test whose values these are.
    pub test: Option<String>,
    /// What would have run.
    pub before: Plan,
    /// What would run.
    pub after: Plan,
    /// The names before and after of the nodes that come to something else.
    pub different: BTreeSet<String>,
}

/// Under which values plans are held against each other.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Asked {
    /// What is given in any case.
    pub given: Given,
    /// What tests give, one after the other.
    pub cases: Vec<Case>,
    /// Whether nothing else is tried than what is given.
    pub only_given: bool,
}

pub(crate) fn verdicts(
    (base, head): (&Prepared, &Prepared),
    mapping: &Mapping<'_>,
    asked: &Asked,
    with_plans: bool,
) -> Verdicts {
    let mut found = Verdicts::default();
    let refused = |of: &Prepared| match plan(of, &asked.given) {
        Err(error @ PlanError::Refused(_)) => Some(error.to_string()),
        _ => None,
    };
    let (was, is) = (refused(base), refused(head));
    if was.is_some() || is.is_some() {
        if was != is {
            found.refused = Some((was, is));
        }
        return found;
    }
    let mut comparison = Comparison {
        base,
        head,
        mapping,
        best: BTreeMap::new(),
        order: HashMap::new(),
    };
    let combinations = combinations((base, head), mapping, asked, &mut found.notes);
    for combination in combinations {
        comparison.improves(&combination, false);
    }
    comparison.make_smaller();
    if with_plans {
        found.plans = comparison.pairs(&asked.given);
    }
    found.differences = comparison.finish();
    found
}

struct Comparison<'c, 's> {
    base: &'c Prepared,
    head: &'c Prepared,
    mapping: &'c Mapping<'s>,
    /// The best difference of each node, by its name after.
    best: BTreeMap<String, (Rank, Combination, VerdictDifference)>,
    /// The places of nodes in the first plan that has them.
    order: HashMap<String, usize>,
}

/// What tells a difference better: both known before unknown, few values before many.
type Rank = (bool, usize);

impl Comparison<'_, '_> {
    fn plans(&self, combination: &Combination) -> Option<(Plan, Plan)> {
        let given = |name: &dyn Fn(&str) -> String| {
            let mut given = combination.under.clone();
            for chosen in &combination.values {
                given
                    .values
                    .insert(&name(&chosen.name), chosen.value.clone());
            }
            if let Some(failure) = &combination.failure {
                let mut failure = failure.clone();
                failure.fqn = name(&failure.fqn);
                given.failures.push(failure);
            }
            given
        };
        let before = plan(self.base, &given(&|name| self.mapping.to_base(name))).ok()?;
        let after = plan(self.head, &given(&str::to_owned)).ok()?;
        Some((before, after))
    }

    fn differences(&mut self, combination: &Combination) -> Vec<VerdictDifference> {
        let Some((before, after)) = self.plans(combination) else {
            return Vec::new();
        };
        for node in &after.nodes {
            let places = self.order.len();
            self.order.entry(node.fqn.clone()).or_insert(places);
        }
        self.between(&before, &after, combination)
    }

    /// The nodes that come to something else in the second of two plans under the same values.
    fn between(
        &self,
        before: &Plan,
        after: &Plan,
        combination: &Combination,
    ) -> Vec<VerdictDifference> {
        // Nodes without an identifier share a name; they are told apart by their turn.
        let mut was: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (at, node) in before.nodes.iter().enumerate() {
            let name = self.mapping.to_head(&node.fqn);
            was.entry(name).or_default().push_back(at);
        }
        let mut found: Vec<VerdictDifference> = Vec::new();
        let mut different: HashMap<usize, String> = HashMap::new();
        for (at, node) in after.nodes.iter().enumerate() {
            let old = was.get_mut(&node.fqn).and_then(VecDeque::pop_front);
            let Some(old) = old.map(|at| &before.nodes[at]) else {
                continue;
            };
            let needs: Vec<String> = old
                .needs
                .iter()
                .map(|name| self.mapping.to_head(name))
                .collect();
            let is_same = old.verdict == node.verdict
                && old.status == node.status
                && (node.verdict != Verdict::Unknown || needs == node.needs);
            if is_same {
                continue;
            }
            let outer = node
                .parent
                .and_then(|parent| different.get(&parent))
                .cloned();
            different.insert(at, node.fqn.clone());
            found.push(VerdictDifference {
                fqn: node.fqn.clone(),
                given: combination.values.clone(),
                failure: combination.failure.clone(),
                test: combination.test.clone(),
                input_set: None,
                before: Came {
                    verdict: old.verdict,
                    status: old.status,
                    reason: old.reason.clone(),
                    needs,
                    condition: old.condition.clone(),
                },
                after: Came {
                    verdict: node.verdict,
                    status: node.status,
                    reason: node.reason.clone(),
                    needs: node.needs.clone(),
                    condition: node.condition.clone(),
                },
                within: outer,
            });
        }
        found
    }

    /// Keeps what a combination tells better than what is known. Whether it tells something better, of `only_known`
    /// differences or of any.
    fn improves(&mut self, combination: &Combination, only_known: bool) -> bool {
        let mut improved = false;
        for difference in self.differences(combination) {
            let rank = rank(&difference, combination);
            let known = self.best.get(&difference.fqn);
            if known.map_or(!only_known, |(best, ..)| rank < *best) {
                improved = true;
                let entry = (rank, combination.clone(), difference);
                self.best.insert(entry.2.fqn.clone(), entry);
            }
        }
        improved
    }

    /// Leaves out of each combination what does not show a difference.
    fn make_smaller(&mut self) {
        let mut done: Vec<Combination> = Vec::new();
        let mut left: Vec<Combination> = Vec::new();
        for (_, combination, _) in self.best.values() {
            let is_known = left.iter().any(|known| known.asks_the_same(combination));
            if !is_known && combination.size() > 1 {
                left.push(combination.clone());
            }
        }
        while let Some(combination) = left.pop() {
            if done.len() >= MAX_SMALLER {
                return;
            }
            for at in 0..combination.values.len() {
                let mut smaller = combination.clone();
                smaller.values.remove(at);
                if self.improves(&smaller, true) && smaller.size() > 1 {
                    left.push(smaller);
                }
            }
            done.push(combination);
        }
    }

    /// The plans that show what is told, each combination once; where every node comes to the same, those under what is
    /// given alone.
    fn pairs(&self, given: &Given) -> Vec<PlanPair> {
        let mut best: Vec<_> = self.best.iter().collect();
        if best.len() > 1 {
            best.retain(|(fqn, _)| *fqn != WHOLE);
        }
        best.sort_by_key(|(_, (rank, ..))| *rank);
        let mut shown: Vec<Combination> = Vec::new();
        for (_, (_, combination, _)) in best {
            if !shown.iter().any(|known| known.asks_the_same(combination)) {
                shown.push(combination.clone());
            }
        }
        if shown.is_empty() {
            shown.push(Combination::plain(given));
        }
        let shown = shown.iter().take(MAX_PLANS);
        shown
            .filter_map(|combination| self.pair(combination))
            .collect()
    }

    fn pair(&self, combination: &Combination) -> Option<PlanPair> {
        let (before, after) = self.plans(combination)?;
        let differences = self.between(&before, &after, combination);
        let names = differences.into_iter().map(|difference| difference.fqn);
        let names = names.filter(|fqn| fqn != WHOLE);
        let names = names.flat_map(|fqn| [self.mapping.to_base(&fqn), fqn]);
        Some(PlanPair {
            given: combination.values.clone(),
            failure: combination.failure.clone(),
            test: combination.test.clone(),
            different: names.collect(),
            before,
            after,
        })
    }

    fn finish(self) -> Vec<VerdictDifference> {
        let Self { best, order, .. } = self;
        let mut found: Vec<VerdictDifference> = best.into_values().map(|(_, _, of)| of).collect();
        // The whole follows its parts.
        if found.iter().any(|difference| difference.fqn != WHOLE) {
            found.retain(|difference| difference.fqn != WHOLE);
            for difference in &mut found {
                difference.within.take_if(|outer| outer == WHOLE);
            }
        }
        found.sort_by_key(|difference| order.get(&difference.fqn).copied().unwrap_or(usize::MAX));
        found
    }
}

fn rank(difference: &VerdictDifference, combination: &Combination) -> Rank {
    let is_unknown = [&difference.before, &difference.after]
        .iter()
        .any(|came| came.verdict == Verdict::Unknown);
    (is_unknown, combination.size())
}

/// The values as an object: names with what they are given.
pub fn given_values(given: &[Chosen]) -> impl Iterator<Item = (&str, &Json)> {
    given
        .iter()
        .map(|chosen| (chosen.name.as_str(), &chosen.value))
}
