//! Under which values and failures both sides are asked what would run.

use pipewright_analysis::Prepared;
use pipewright_simulate::{Chosen, Failure, Given, outcomes};

use crate::mapping::Mapping;
use crate::verdicts::Asked;

/// How many combinations of values and failures are tried for one pipeline.
const MAX_COMBINATIONS: usize = 200;

/// How many values a test counts as, which gives what it gives together.
const SIZE_OF_TEST: usize = 10;

/// Values and a failure that both sides are asked under.
#[derive(Clone, Debug)]
pub(crate) struct Combination {
    /// In the names of the pipeline after.
    pub(crate) values: Vec<Chosen>,
    pub(crate) failure: Option<Failure>,
    /// What it is added to.
    pub(crate) under: Given,
    /// The test that gives that.
    pub(crate) test: Option<String>,
}

impl Combination {
    /// Nothing beside what is given.
    pub(crate) fn plain(under: &Given) -> Self {
        Self {
            values: Vec::new(),
            failure: None,
            under: under.clone(),
            test: None,
        }
    }

    /// How much has to be given.
    pub(crate) fn size(&self) -> usize {
        let of_test = self.test.as_ref().map_or(0, |_| SIZE_OF_TEST);
        self.values.len() + usize::from(self.failure.is_some()) + of_test
    }

    /// Whether two have the same values, in any order, the same failure and the same test.
    pub(crate) fn asks_the_same(&self, other: &Self) -> bool {
        let has = |of: &Chosen| {
            let mut values = other.values.iter();
            values.any(|other| other.name == of.name && other.value == of.value)
        };
        self.failure == other.failure
            && self.test == other.test
            && self.values.len() == other.values.len()
            && self.values.iter().all(has)
    }
}

/// What both sides are asked under: what is given, then what leads to each outcome of either side.
pub(crate) fn combinations(
    (base, head): (&Prepared, &Prepared),
    mapping: &Mapping<'_>,
    asked: &Asked,
    notes: &mut Vec<String>,
) -> Vec<Combination> {
    let mut all = vec![Combination::plain(&asked.given)];
    all.extend(asked.cases.iter().map(|case| Combination {
        test: Some(case.test.clone()),
        ..Combination::plain(&case.given)
    }));
    if asked.only_given {
        return all;
    }
    for (side, is_base) in [(base, true), (head, false)] {
        let Ok(found) = outcomes(side, &asked.given) else {
            continue;
        };
        for outcome in found.outcomes {
            let name = |fqn: String| if is_base { mapping.to_head(&fqn) } else { fqn };
            let values = outcome.values.into_iter().map(|chosen| {
                let mut chosen = chosen;
                chosen.name = name(chosen.name);
                chosen
            });
            let values: Vec<Chosen> = values.collect();
            let failure = outcome.failure.map(|mut failure| {
                failure.fqn = name(failure.fqn);
                failure
            });
            let combination = Combination {
                values,
                failure,
                under: asked.given.clone(),
                test: None,
            };
            if !all.iter().any(|known| known.asks_the_same(&combination)) {
                all.push(combination);
            }
        }
    }
    all.sort_by_key(Combination::size);
    if all.len() > MAX_COMBINATIONS {
        let left = all.len() - MAX_COMBINATIONS;
        notes.push(format!(
            "{left} combinations of values and failures were not tried"
        ));
        all.truncate(MAX_COMBINATIONS);
    }
    all
}
