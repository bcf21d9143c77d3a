//! One list of failure strategies as a table from types to actions.

use pipewright_model::{
    ActionKind, FailureAction, FailureError, FailureStrategies, FailureType, Listed, NodeId,
};

use super::{Chosen, is_same_action};

/// The number of types.
const TYPES: usize = FailureType::ALL.len();

/// The actions for each type of failure.
#[derive(Clone, Debug)]
pub(crate) struct Table<'p>([Option<Chosen<'p>>; TYPES]);

/// Two entries for one type in lists that count as one: with different actions, or both for `AllErrors`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conflict<'p> {
    pub(crate) kind: FailureType,
    /// Where the type stands first.
    pub(crate) first: &'p FailureError,
    /// Where it stands again.
    pub(crate) again: &'p FailureError,
    /// Whose list has it again.
    pub(crate) level: NodeId,
}

impl<'p> Table<'p> {
    /// The table of lists that count as one. `AllErrors` fills the types that none of them names; of several the last
    /// one holds, and of two actions for another type the first one, which Harness [refuses](conflicts).
    pub(crate) fn of(lists: impl IntoIterator<Item = (NodeId, &'p FailureStrategies)>) -> Self {
        let mut table = [None; TYPES];
        let mut all: Option<Chosen<'p>> = None;
        for Entry { chosen, kind, .. } in entries(lists) {
            if kind == FailureType::AllErrors {
                all = Some(chosen);
            } else {
                table[kind as usize].get_or_insert(chosen);
            }
        }
        for chosen in &mut table {
            *chosen = chosen.or(all);
        }
        table[FailureType::AllErrors as usize] = None;
        Self(table)
    }

    /// This table with another one laid over it, type by type.
    pub(crate) fn under(self, over: &Self) -> Self {
        let mut table = self.0;
        for (below, over) in table.iter_mut().zip(over.0) {
            *below = over.or(*below);
        }
        Self(table)
    }

    /// What is done about a type of failure.
    pub(crate) fn get(&self, kind: FailureType) -> Option<Chosen<'p>> {
        self.0[kind as usize]
    }
}

/// A known error of an entry that has an action.
#[derive(Clone, Copy)]
struct Entry<'p> {
    kind: FailureType,
    error: &'p FailureError,
    chosen: Chosen<'p>,
}

fn entries<'p>(
    lists: impl IntoIterator<Item = (NodeId, &'p FailureStrategies)>,
) -> impl Iterator<Item = Entry<'p>> {
    lists.into_iter().flat_map(|(level, list)| {
        list.entries.items().iter().flat_map(move |strategy| {
            let chosen = strategy
                .action
                .as_ref()
                .map(|action| Chosen { action, level });
            let errors = strategy.errors.as_ref().map_or(&[][..], Listed::items);
            errors.iter().filter_map(move |error| {
                Some(Entry {
                    kind: error.kind?,
                    error,
                    chosen: chosen?,
                })
            })
        })
    })
}

/// The entries of lists that count as one which contradict an earlier one. An action that is not known yet contradicts
/// none.
pub(super) fn conflicts<'p>(
    lists: impl IntoIterator<Item = (NodeId, &'p FailureStrategies)>,
) -> Vec<Conflict<'p>> {
    let mut known: [Option<Entry<'p>>; TYPES] = [None; TYPES];
    let mut found = Vec::new();
    for entry in entries(lists) {
        let Some(first) = known[entry.kind as usize] else {
            known[entry.kind as usize] = Some(entry);
            continue;
        };
        let is_all = entry.kind == FailureType::AllErrors;
        if is_all || !may_be_same(first.chosen.action, entry.chosen.action) {
            found.push(Conflict {
                kind: entry.kind,
                first: first.error,
                again: entry.error,
                level: entry.chosen.level,
            });
        }
    }
    found
}

fn may_be_same(one: &FailureAction, other: &FailureAction) -> bool {
    let is_unknown = |action: &FailureAction| matches!(action.kind, ActionKind::Unknown);
    is_unknown(one) || is_unknown(other) || is_same_action(one, other)
}
