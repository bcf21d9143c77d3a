//! Which verdicts hold in every run, and the names that would decide the others (`spec/plan.md` §8).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::MAX_EVALUATED;
use super::unknowns::Seen;
use super::verdict::verdicts;
use crate::condition::{Asked, Question};
use crate::layout::{EntryId, Looping};
use crate::program::Program;
use crate::walk::{Scenario, Walk};
use crate::{Kind, Reading, Verdict};

/// How many conditions that bear on each other are tried out in every combination.
const MAX_COMBINED: usize = 10;

/// How many entries all walks together may go through.
const MAX_WORK: usize = 4_000_000;

/// How often what was seen may ask for more walks.
const MAX_ROUNDS: usize = 4;

/// What is certain.
#[derive(Debug)]
pub(super) struct Certainty {
    pub(super) verdicts: Vec<Verdict>,
    /// Of each entry whose verdict is unknown the names that would decide it, sorted.
    pub(super) needs: Vec<Vec<String>>,
    /// How much was tried, if not every combination was.
    pub(super) partial: Option<Partial>,
}

/// How much was tried of conditions that bear on each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Partial {
    /// How many conditions bear on others.
    pub(super) conditions: usize,
    /// How many of their combinations were tried.
    pub(super) tried: usize,
}

/// One walk's part.
struct Tried {
    turned_out: BTreeMap<Question, bool>,
    verdicts: Vec<Verdict>,
    /// The conditions that were unknown in it.
    unknown: BTreeMap<Question, Arc<[String]>>,
}

impl Certainty {
    /// What is certain, from a walk in which every unknown condition is true.
    pub(super) fn new(program: &Program<'_>, walk: &Walk<'_, '_>) -> Self {
        let mut seen = Seen::default();
        seen.add(walk);
        let first = tried(program, walk, BTreeMap::new());
        if walk.unknown.is_empty() {
            let needs = first.verdicts.iter().enumerate();
            let needs = needs.map(|(entry, verdict)| open_needs(program, entry, *verdict));
            return Self {
                needs: needs.collect(),
                verdicts: first.verdicts,
                partial: None,
            };
        }
        let (bearing, all, is_partial) = try_out(program, first, &mut seen);
        let partial = Partial {
            conditions: bearing.len(),
            tried: all.len(),
        };
        Self {
            partial: is_partial.then_some(partial),
            ..Self::put_together(program, &bearing, &all)
        }
    }

    fn put_together(program: &Program<'_>, bearing: &BTreeSet<Question>, all: &[Tried]) -> Self {
        let count = program.layout.entries.len();
        let mut deciding: Vec<BTreeSet<Question>> = vec![BTreeSet::new(); count];
        add_differences(bearing, all, &mut deciding);
        let mut varies = vec![false; count];
        for tried in all {
            let pairs = tried.verdicts.iter().zip(&all[0].verdicts);
            for (varies, (verdict, first)) in varies.iter_mut().zip(pairs) {
                *varies |= verdict != first;
            }
            add_inert(program, bearing, tried, &mut deciding, &mut varies);
        }
        let mut names: BTreeMap<Question, Arc<[String]>> = BTreeMap::new();
        for (question, needs) in all.iter().flat_map(|tried| &tried.unknown) {
            names.insert(*question, Arc::clone(needs));
        }
        let mut verdicts = all[0].verdicts.clone();
        let mut needs = Vec::with_capacity(count);
        for entry in 0..count {
            if varies[entry] {
                verdicts[entry] = Verdict::Unknown;
            }
            let mut of_entry = open_needs(program, entry, verdicts[entry]);
            if verdicts[entry] == Verdict::Unknown {
                let deciding = deciding[entry]
                    .iter()
                    .filter_map(|question| names.get(question));
                of_entry.extend(deciding.flat_map(|needs| needs.iter().cloned()));
                of_entry.sort();
                of_entry.dedup();
            }
            needs.push(of_entry);
        }
        Self {
            verdicts,
            needs,
            partial: None,
        }
    }
}

fn tried(
    program: &Program<'_>,
    walk: &Walk<'_, '_>,
    turned_out: BTreeMap<Question, bool>,
) -> Tried {
    Tried {
        turned_out,
        verdicts: verdicts(program, walk),
        unknown: walk.unknown.clone(),
    }
}

/// The names that would tell what an entry does whose content only a run knows.
fn open_needs(program: &Program<'_>, entry: EntryId, verdict: Verdict) -> Vec<String> {
    match &program.layout.entry(entry).looping {
        Some(Looping::Open(needs)) if verdict == Verdict::Unknown => needs.clone(),
        _ => Vec::new(),
    }
}

/// Tries out how the conditions may turn out that bear on more than what they stand at. Whether some combinations are
/// left.
fn try_out(
    program: &Program<'_>,
    first: Tried,
    seen: &mut Seen,
) -> (BTreeSet<Question>, Vec<Tried>, bool) {
    let mut all = vec![first];
    let budget = (MAX_WORK / program.layout.entries.len().max(1)).clamp(8, 1 << MAX_COMBINED);
    for _ in 0..MAX_ROUNDS {
        let bearing = seen.bearing(program);
        let (combinations, is_partial) = combinations(&bearing, budget);
        let before = seen.clone();
        for turned_out in combinations {
            if all.iter().any(|known| known.turned_out == turned_out) {
                continue;
            }
            if program.conditions.evaluated() > MAX_EVALUATED {
                return (bearing.into_iter().collect(), all, true);
            }
            let scenario = Scenario {
                turned_out: turned_out.clone(),
                ..Scenario::default()
            };
            let walk = Walk::new(program, &scenario, false);
            seen.add(&walk);
            all.push(tried(program, &walk, turned_out));
        }
        if before == *seen {
            return (bearing.into_iter().collect(), all, is_partial);
        }
    }
    (seen.bearing(program).into_iter().collect(), all, true)
}

/// Those that are false in each combination; what is not named is true.
fn combinations(bearing: &[Question], budget: usize) -> (Vec<BTreeMap<Question, bool>>, bool) {
    let without = |chosen: &mut dyn Iterator<Item = Question>| -> BTreeMap<Question, bool> {
        chosen.map(|question| (question, false)).collect()
    };
    let all = 1usize.checked_shl(u32::try_from(bearing.len()).unwrap_or(u32::MAX));
    if let Some(all) = all.filter(|all| *all <= budget) {
        let combination = |bits: usize| {
            let places = bearing.iter().copied().enumerate();
            let mut chosen = places.filter(|(place, _)| bits & (1 << place) != 0);
            without(&mut chosen.by_ref().map(|(_, question)| question))
        };
        return ((0..all).map(combination).collect(), false);
    }
    let mut some = vec![without(&mut bearing.iter().copied())];
    for one in bearing {
        some.push(without(&mut std::iter::once(*one)));
    }
    for one in bearing {
        some.push(without(
            &mut bearing.iter().copied().filter(|other| other != one),
        ));
    }
    // Two that are false, and two that are true, while there is room.
    let pairs = bearing.iter().enumerate();
    let pairs = pairs.flat_map(|(place, one)| {
        let others = bearing[place + 1..].iter();
        others.map(move |other| (*one, *other))
    });
    for (one, other) in pairs.take(budget.saturating_sub(some.len()).div_ceil(2)) {
        some.push(without(&mut [one, other].into_iter()));
        let is_third = |question: &Question| *question != one && *question != other;
        some.push(without(&mut bearing.iter().copied().filter(is_third)));
    }
    some.truncate(budget);
    (some, true)
}

/// The conditions that bear on an entry: two walks differ in nothing else, and in its verdict.
fn add_differences(
    bearing: &BTreeSet<Question>,
    all: &[Tried],
    deciding: &mut [BTreeSet<Question>],
) {
    let places: BTreeMap<&BTreeMap<Question, bool>, usize> = all
        .iter()
        .enumerate()
        .map(|(at, tried)| (&tried.turned_out, at))
        .collect();
    for one in all {
        for question in bearing
            .iter()
            .filter(|question| !one.turned_out.contains_key(question))
        {
            let mut other = one.turned_out.clone();
            other.insert(*question, false);
            let Some(other) = places.get(&other).map(|at| &all[*at]) else {
                continue;
            };
            let pairs = one.verdicts.iter().zip(&other.verdicts).enumerate();
            for (entry, _) in pairs.filter(|(_, (one, other))| one != other) {
                deciding[entry].insert(*question);
            }
        }
    }
}

/// The conditions that decide only about the entry they stand at and what is in it.
fn add_inert(
    program: &Program<'_>,
    bearing: &BTreeSet<Question>,
    tried: &Tried,
    deciding: &mut [BTreeSet<Question>],
    varies: &mut [bool],
) {
    let layout = &program.layout;
    let count = layout.entries.len();
    let mut own: Vec<Vec<Question>> = vec![Vec::new(); count];
    let inert = tried
        .unknown
        .keys()
        .filter(|question| !bearing.contains(question));
    for question in inert.filter(|question| question.asked != Asked::Retry) {
        own[question.entry].push(*question);
    }
    // What may be skipped because everything in it may be. Inner ones come first.
    let mut may_skip: Vec<BTreeSet<Question>> = own
        .iter()
        .map(|own| own.iter().copied().collect())
        .collect();
    for entry in (0..count).rev() {
        let sums_up = match layout.entry(entry).kind {
            Kind::Loop => true,
            Kind::Group => program.reading == Reading::Documented,
            _ => false,
        };
        if !sums_up || tried.verdicts[entry] != Verdict::Runs {
            continue;
        }
        let inside: Vec<EntryId> = layout
            .children(entry)
            .filter(|child| tried.verdicts[*child] != Verdict::NotReached)
            .filter(|child| tried.verdicts[*child] != Verdict::Skipped)
            .collect();
        if inside.iter().all(|child| !may_skip[*child].is_empty()) {
            let all: Vec<Question> = inside
                .iter()
                .flat_map(|child| may_skip[*child].clone())
                .collect();
            may_skip[entry].extend(all);
        }
    }
    // What stands around each entry and may be skipped.
    let mut around: Vec<BTreeSet<Question>> = vec![BTreeSet::new(); count];
    for entry in 0..count {
        if let Some(parent) = layout.entry(entry).parent {
            let mut outer = around[parent].clone();
            outer.extend(own[parent].iter().copied());
            around[entry] = outer;
        }
        let verdict = tried.verdicts[entry];
        if verdict == Verdict::NotReached {
            continue;
        }
        if !around[entry].is_empty() {
            varies[entry] = true;
            let outer: Vec<Question> = around[entry].iter().copied().collect();
            deciding[entry].extend(outer);
        }
        if !may_skip[entry].is_empty() && verdict != Verdict::Skipped {
            varies[entry] = true;
            let skips: Vec<Question> = may_skip[entry].iter().copied().collect();
            deciding[entry].extend(skips);
        }
    }
}
