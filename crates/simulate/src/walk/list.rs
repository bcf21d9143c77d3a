//! Lists and parallel blocks (`spec/plan.md` §2.1, `run_list` and `run_item`).

use pipewright_model::Status as WhenStatus;

use super::task::{BlockWork, End, ListWork, TaskId, Total, Work};
use super::{Ending, StoppedBy, Walk};
use crate::layout::{EntryId, Item};
use crate::{Generation, Kind, Status};

impl<'p> Walk<'p, '_> {
    /// Starts the items of a list of `owner`; its end, if it takes no time.
    pub(super) fn start_list(
        &mut self,
        parent: TaskId,
        owner: EntryId,
        items: &'p [Item],
        undoes: bool,
    ) -> Option<End> {
        let list = ListWork {
            owner,
            items,
            next: 0,
            is_closed: false,
            undoes,
            all: Total::default(),
        };
        let task = self.task(parent, Work::List(list));
        self.advance(task)
    }

    /// Starts further items until one takes time; the end of the list, if none does.
    pub(super) fn advance(&mut self, task: TaskId) -> Option<End> {
        loop {
            let Work::List(list) = &mut self.tasks[task].work else {
                return None;
            };
            let Some(item) = list.items.get(list.next) else {
                return Some(End {
                    status: list.all.status,
                    goes_on: true,
                    types: list.all.types,
                });
            };
            list.next += 1;
            let (owner, undoes, is_closed) = (list.owner, list.undoes, list.is_closed);
            if is_closed && !self.always_runs(item) {
                continue;
            }
            let end = self.start_item(task, owner, item, undoes)?;
            if let Some(ended) = self.item_ended(task, end) {
                return Some(ended);
            }
        }
    }

    /// Whether an item is a node that runs whatever happened before.
    fn always_runs(&self, item: &Item) -> bool {
        let Item::One(entry) = item else {
            return false;
        };
        let node = self.program.layout.entry(*entry).node;
        let when = self.program.pipeline.node(node).when.as_ref();
        when.is_some_and(|when| when.status == Some(WhenStatus::All))
    }

    /// Takes note of an item's end; the end of the list, if nothing of it starts any more.
    pub(super) fn item_ended(&mut self, task: TaskId, end: End) -> Option<End> {
        let current = self.program.generation == Generation::Current;
        let Work::List(list) = &mut self.tasks[task].work else {
            return None;
        };
        list.all.add(end);
        if end.goes_on {
            return None;
        }
        if list.undoes && current && end.status != Status::Aborted {
            list.is_closed = true;
            return None;
        }
        let all = list.all;
        list.next = list.items.len();
        Some(End {
            status: all.status,
            goes_on: true,
            types: all.types,
        })
    }

    /// Starts an item of a list of `owner`; its end, if it takes no time.
    fn start_item(
        &mut self,
        parent: TaskId,
        owner: EntryId,
        item: &'p Item,
        undoes: bool,
    ) -> Option<End> {
        match item {
            Item::One(entry) => self.start(parent, *entry, undoes),
            Item::Parallel(members) => self.start_block(parent, owner, members, undoes),
        }
    }

    /// Starts members side by side; their end, if none takes time.
    pub(super) fn start_block(
        &mut self,
        parent: TaskId,
        owner: EntryId,
        members: &'p [EntryId],
        undoes: bool,
    ) -> Option<End> {
        let task = self.open_block(parent, owner, members.len(), undoes);
        self.start_members(task, members, undoes)
    }

    /// A block that waits for so many members.
    pub(super) fn open_block(
        &mut self,
        parent: TaskId,
        owner: EntryId,
        members: usize,
        undoes: bool,
    ) -> TaskId {
        let block = BlockWork {
            owner,
            // One more stands for the starting of all.
            open: members + 1,
            undoes,
            all: Total::default(),
        };
        self.task(parent, Work::Block(block))
    }

    /// Starts the members of a block; its end, if none takes time.
    pub(super) fn start_members(
        &mut self,
        task: TaskId,
        members: &[EntryId],
        undoes: bool,
    ) -> Option<End> {
        for member in members {
            if let Some(end) = self.start(task, *member, undoes) {
                self.member_ended(task, end);
            }
        }
        self.member_ended(task, End::of(Status::Succeeded))
    }

    /// Takes note of a member's end; the end of the block, if it was the last.
    pub(super) fn member_ended(&mut self, task: TaskId, end: End) -> Option<End> {
        let Work::Block(block) = &mut self.tasks[task].work else {
            return None;
        };
        block.all.add(end);
        block.open -= 1;
        if block.open > 0 {
            return None;
        }
        let (owner, all, undoes) = (block.owner, block.all, block.undoes);
        Some(End {
            status: all.status,
            goes_on: self.goes_on(owner, all.status, undoes),
            types: all.types,
        })
    }

    /// Whether the next one starts behind a node, inside `around`, that no strategy decided about.
    pub(super) fn goes_on(&self, around: EntryId, status: Status, undoes: bool) -> bool {
        if undoes {
            return status.is_positive();
        }
        if status == Status::Aborted {
            return false;
        }
        let layout = &self.program.layout;
        let stop = layout.outward(around).find_map(|outer| {
            let cell = &self.cells[outer];
            cell.stopped.or(cell.group_stopped)
        });
        // Stages do not stop each other.
        let is_stage_list = layout.entry(around).kind == Kind::Pipeline;
        is_stage_list || stop.is_none()
    }

    /// Starts an entry; its end, if it takes no time.
    pub(super) fn start(&mut self, parent: TaskId, entry: EntryId, undoes: bool) -> Option<End> {
        if self.program.layout.entry(entry).is_opaque {
            return Some(self.start_opaque(entry, undoes));
        }
        match self.program.layout.entry(entry).kind {
            Kind::Loop => self.start_loop(parent, entry, undoes),
            Kind::Stage => self.start_stage(parent, entry),
            Kind::Group => self.start_group(parent, entry, undoes),
            Kind::Step | Kind::Pipeline => self.start_step(parent, entry),
        }
    }

    /// Takes note of why nothing more of what is around an entry starts.
    pub(super) fn stop(&mut self, entry: EntryId, ending: Ending) {
        let layout = &self.program.layout;
        let outward: Vec<EntryId> = layout.outward(entry).skip(1).collect();
        for outer in outward {
            let cell = &mut self.cells[outer];
            cell.stopped_by.get_or_insert(StoppedBy { entry, ending });
        }
    }
}
