//! The records of a run, as conditions read them (`spec/plan.md` §1.5).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pipewright_context::{Recorded, Records};

use crate::layout::{EntryId, Layout};
use crate::{Kind, Status};

/// How far each entry has come.
#[derive(Debug)]
pub(crate) struct Board {
    layout: Arc<Layout>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    cells: Vec<Cell>,
    /// The entries that conditions asked for.
    read: BTreeSet<EntryId>,
    /// What the condition asked that is being evaluated.
    log: Vec<(Asked, Told)>,
    /// What became of entries so far, where that is kept.
    changes: Option<Vec<Change>>,
}

/// What becomes of an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    /// It has a record.
    Created(EntryId),
    /// Only a real run can tell what becomes of it.
    Open(EntryId),
    /// It ended.
    Ended(EntryId, Status),
    /// It ended, but is replaced by another record, and counts no more.
    Replaced(EntryId),
    /// It has no record any more.
    Forgotten {
        entry: EntryId,
        /// Whether the record it had still counts in what is around it.
        counts: bool,
    },
}

/// What a condition asks of a run, by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Asked {
    /// How far it has come.
    Record(Box<str>),
    /// What ended inside comes to.
    Content(Box<str>),
    /// What the turns that ended come to.
    Turns(Box<str>),
}

/// What it is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Told {
    Record(Recorded),
    Status(Option<&'static str>),
}

impl Told {
    fn status(self) -> Option<&'static str> {
        match self {
            Self::Status(status) => status,
            Self::Record(_) => None,
        }
    }
}

/// How far an entry has come.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    is_there: bool,
    /// How it ended.
    status: Option<Status>,
    /// Whether only a real run can tell.
    is_unknown: bool,
    /// How many of what ended inside has each status.
    inside: [u32; Status::ALL.len()],
}

impl Board {
    /// `keeps` says whether the changes are kept, too.
    pub(crate) fn new(layout: Arc<Layout>, keeps: bool) -> Self {
        let cells = vec![Cell::default(); layout.entries.len()];
        Self {
            layout,
            state: Mutex::new(State {
                cells,
                read: BTreeSet::new(),
                log: Vec::new(),
                changes: keeps.then(Vec::new),
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of what becomes of an entry.
    pub(crate) fn change(&self, change: Change) {
        let mut state = self.state();
        if let Some(changes) = &mut state.changes {
            changes.push(change);
        }
        match change {
            Change::Created(entry) => state.cells[entry].is_there = true,
            Change::Open(entry) => state.cells[entry].is_unknown = true,
            Change::Ended(entry, status) => {
                state.cells[entry].status = Some(status);
                for outer in self.counting(entry) {
                    state.cells[outer].inside[status as usize] += 1;
                }
            }
            Change::Replaced(entry) => self.replace(&mut state, entry),
            Change::Forgotten { entry, counts } => {
                if !counts {
                    self.replace(&mut state, entry);
                }
                let cell = &mut state.cells[entry];
                (cell.is_there, cell.status) = (false, None);
            }
        }
    }

    fn replace(&self, state: &mut State, entry: EntryId) {
        let Some(status) = state.cells[entry].status.take() else {
            return;
        };
        for outer in self.counting(entry) {
            let count = &mut state.cells[outer].inside[status as usize];
            *count = count.saturating_sub(1);
        }
    }

    /// The changes so far, where they are kept.
    pub(crate) fn changes(&self) -> Vec<Change> {
        self.state().changes.clone().unwrap_or_default()
    }

    /// How many changes there were so far, where they are kept.
    pub(crate) fn moment(&self) -> usize {
        self.state().changes.as_ref().map_or(0, Vec::len)
    }

    /// The entries around one in which it counts: those inside the nearest loop, or all.
    fn counting(&self, entry: EntryId) -> impl Iterator<Item = EntryId> {
        let around = self.layout.outward(entry).skip(1);
        around.take_while(|outer| self.layout.entry(*outer).kind != Kind::Loop)
    }

    /// What ended inside an entry comes to.
    pub(crate) fn current(&self, entry: EntryId) -> Status {
        self.state().cells[entry].current()
    }

    /// How an entry ended.
    pub(crate) fn status(&self, entry: EntryId) -> Option<Status> {
        self.state().cells[entry].status
    }

    /// Whether only a real run can tell what becomes of an entry.
    pub(crate) fn is_unknown(&self, entry: EntryId) -> bool {
        self.state().cells[entry].is_unknown
    }

    /// Whether an entry has a record.
    pub(crate) fn is_there(&self, entry: EntryId) -> bool {
        self.state().cells[entry].is_there
    }

    /// The entries whose status or content a condition asked for.
    pub(crate) fn read(&self) -> BTreeSet<EntryId> {
        self.state().read.clone()
    }
}

impl Board {
    /// Answers what a condition asks.
    fn answer(&self, asked: &Asked) -> Told {
        let state = self.state();
        match (asked, self.layout.find(asked.name())) {
            (Asked::Record(_), None) => Told::Record(Recorded::Nothing),
            (Asked::Record(_), Some(entry)) => Told::Record(state.cells[entry].recorded()),
            (Asked::Content(_), entry) => {
                let status = entry.map(|entry| state.cells[entry].current().as_str());
                Told::Status(status)
            }
            (Asked::Turns(_), entry) => {
                let status = entry.map(|entry| {
                    let turns = self.layout.children(entry);
                    let ended = turns.filter_map(|turn| state.cells[turn].status);
                    ended.reduce(Status::and).map_or("RUNNING", Status::as_str)
                });
                Told::Status(status)
            }
        }
    }

    /// Answers what a condition asks, and takes note of it.
    fn tell(&self, asked: Asked) -> Told {
        let told = self.answer(&asked);
        let mut state = self.state();
        state.read.extend(self.layout.find(asked.name()));
        state.log.push((asked, told));
        told
    }

    /// What a condition asked since this was called last, and what it was told.
    pub(crate) fn take_log(&self) -> Vec<(Asked, Told)> {
        std::mem::take(&mut self.state().log)
    }

    /// Whether a condition that asked this would be told the same now. It counts as read.
    pub(crate) fn tells_the_same(&self, log: &[(Asked, Told)]) -> bool {
        let is_same = log.iter().all(|(asked, told)| self.answer(asked) == *told);
        if is_same {
            let mut state = self.state();
            let read = log
                .iter()
                .filter_map(|(asked, _)| self.layout.find(asked.name()));
            state.read.extend(read);
        }
        is_same
    }
}

impl Cell {
    fn recorded(&self) -> Recorded {
        match (self.is_there, self.is_unknown, self.status) {
            (false, ..) => Recorded::Nothing,
            (true, true, _) => Recorded::Unknown,
            (true, false, Some(status)) => Recorded::Status(status.as_str()),
            (true, false, None) => Recorded::Status("RUNNING"),
        }
    }

    /// What ended inside comes to.
    fn current(&self) -> Status {
        let there = Status::ALL.into_iter().zip(self.inside);
        let there = there.filter(|(_, count)| *count > 0);
        there.fold(Status::Succeeded, |all, (status, _)| all.and(status))
    }
}

impl Asked {
    fn name(&self) -> &str {
        match self {
            Self::Record(name) | Self::Content(name) | Self::Turns(name) => name,
        }
    }
}

impl Records for Board {
    fn recorded(&self, name: &str) -> Recorded {
        match self.tell(Asked::Record(name.into())) {
            Told::Record(recorded) => recorded,
            Told::Status(_) => Recorded::Unknown,
        }
    }

    fn current_status(&self, name: &str) -> Option<&'static str> {
        self.tell(Asked::Content(name.into())).status()
    }

    fn loop_status(&self, name: &str) -> Option<&'static str> {
        self.tell(Asked::Turns(name.into())).status()
    }
}
