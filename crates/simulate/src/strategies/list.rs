//! One list of failure strategies as a table from types to actions.

use pipewright_model::{FailureStrategies, FailureType, Listed, NodeId};
use pipewright_source::Span;

use super::{Chosen, is_same_action};

/// The number of types.
const TYPES: usize = FailureType::ALL.len();

/// The actions for each type of failure.
#[derive(Clone, Debug)]
pub(crate) struct Table<'p>([Option<Chosen<'p>>; TYPES]);

/// Two different actions for one type in one list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conflict {
    pub(crate) kind: FailureType,
    pub(crate) span: Span,
}

impl<'p> Table<'p> {
    /// The table of lists that count as one. `AllErrors` fills the types that none of them names; of several the last
    /// one holds.
    ///
    /// # Errors
    /// If they have two different actions for one type.
    pub(crate) fn of(
        lists: impl IntoIterator<Item = (NodeId, &'p FailureStrategies)>,
    ) -> Result<Self, Conflict> {
        let mut table = [None; TYPES];
        let mut all: Option<Chosen<'p>> = None;
        for (level, list) in lists {
            for strategy in list.entries.items() {
                let Some(action) = &strategy.action else {
                    continue;
                };
                let chosen = Chosen { action, level };
                let errors = strategy.errors.iter().flat_map(Listed::items);
                for kind in errors.filter_map(|error| error.kind) {
                    if kind == FailureType::AllErrors {
                        all = Some(chosen);
                        continue;
                    }
                    let known = &mut table[kind as usize];
                    if known.is_some_and(|known: Chosen<'p>| !is_same_action(known.action, action))
                    {
                        return Err(Conflict {
                            kind,
                            span: strategy.span,
                        });
                    }
                    known.get_or_insert(chosen);
                }
            }
        }
        for chosen in &mut table {
            *chosen = chosen.or(all);
        }
        table[FailureType::AllErrors as usize] = None;
        Ok(Self(table))
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
