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
    /// The entries that conditions asked for, and how often they asked.
    read: BTreeSet<EntryId>,
    reads: u64,
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
    pub(crate) fn new(layout: Arc<Layout>) -> Self {
        let cells = vec![Cell::default(); layout.entries.len()];
        Self {
            layout,
            state: Mutex::new(State {
                cells,
                read: BTreeSet::new(),
                reads: 0,
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The entry has a record.
    pub(crate) fn create(&self, entry: EntryId) {
        self.state().cells[entry].is_there = true;
    }

    /// Only a real run can tell what becomes of the entry.
    pub(crate) fn is_open(&self, entry: EntryId) {
        self.state().cells[entry].is_unknown = true;
    }

    /// The entry ended.
    pub(crate) fn end(&self, entry: EntryId, status: Status) {
        let mut state = self.state();
        state.cells[entry].status = Some(status);
        for outer in self.counting(entry) {
            state.cells[outer].inside[status as usize] += 1;
        }
    }

    /// What ended is replaced by another record, and counts no more.
    pub(crate) fn replace(&self, entry: EntryId) {
        let mut state = self.state();
        let Some(status) = state.cells[entry].status.take() else {
            return;
        };
        for outer in self.counting(entry) {
            let count = &mut state.cells[outer].inside[status as usize];
            *count = count.saturating_sub(1);
        }
    }

    /// The entry has no record any more.
    pub(crate) fn forget(&self, entry: EntryId) {
        self.replace(entry);
        self.state().cells[entry].is_there = false;
    }

    /// The entries around one in which it counts: those inside the nearest loop, or all.
    fn counting(&self, entry: EntryId) -> impl Iterator<Item = EntryId> {
        let around = self.layout.outward(entry).skip(1);
        around.take_while(|outer| self.layout.entry(*outer).kind != Kind::Loop)
    }

    /// What ended inside an entry comes to.
    pub(crate) fn current(&self, entry: EntryId) -> Status {
        let cell = self.state().cells[entry];
        let there = Status::ALL.into_iter().zip(cell.inside);
        let there = there.filter(|(_, count)| *count > 0);
        there.fold(Status::Succeeded, |all, (status, _)| all.and(status))
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

    /// How often conditions have asked so far.
    pub(crate) fn reads(&self) -> u64 {
        self.state().reads
    }

    /// The entries whose status or content a condition asked for.
    pub(crate) fn read(&self) -> BTreeSet<EntryId> {
        self.state().read.clone()
    }
}

impl Records for Board {
    fn recorded(&self, name: &str) -> Recorded {
        let mut state = self.state();
        state.reads += 1;
        let Some(entry) = self.layout.find(name) else {
            return Recorded::Nothing;
        };
        state.read.insert(entry);
        let cell = state.cells[entry];
        match (cell.is_there, cell.is_unknown, cell.status) {
            (false, ..) => Recorded::Nothing,
            (true, true, _) => Recorded::Unknown,
            (true, false, Some(status)) => Recorded::Status(status.as_str()),
            (true, false, None) => Recorded::Status("RUNNING"),
        }
    }

    fn current_status(&self, name: &str) -> Option<&'static str> {
        let entry = self.layout.find(name)?;
        Some(self.current(entry).as_str())
    }

    fn loop_status(&self, name: &str) -> Option<&'static str> {
        let entry = self.layout.find(name)?;
        let mut state = self.state();
        state.reads += 1;
        state.read.insert(entry);
        let turns = self.layout.children(entry);
        let ended = turns.filter_map(|turn| state.cells[turn].status);
        let together = ended.reduce(Status::and);
        Some(together.map_or("RUNNING", Status::as_str))
    }
}
