//! What a search remembers: the slots of its program, and the ways that failing goes back to.

use crate::OpResult;
use crate::budget;

/// A slot that holds nothing.
pub(super) const NONE: usize = usize::MAX;

/// For how many ways there is room at first.
const FIRST_WAYS: usize = 256;

/// What failing goes back to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// Goes on at a step and a position.
    Step { step: usize, at: usize },
    /// A run gives one character back, as long as it is longer than `floor`.
    Shorter {
        step: usize,
        floor: usize,
        at: usize,
    },
    /// A look-behind begins one character earlier, `left` times.
    Earlier { step: usize, at: usize, left: usize },
    /// A slot held another value. No way by itself.
    Held { slot: usize, value: usize },
}

/// Slots and ways. The room for ways is paid as memory, and given back at the end.
#[derive(Debug)]
pub(super) struct Trail {
    slots: Vec<usize>,
    ways: Vec<Way>,
    /// For how many ways the room is paid.
    paid: usize,
    /// Which slots the present call of [`Trail::close`] has met: those that hold its number.
    met: Vec<u64>,
    closes: u64,
}

impl Drop for Trail {
    fn drop(&mut self) {
        budget::shrink(self.paid * size_of::<Way>());
    }
}

impl Trail {
    pub(super) fn new(slots: usize) -> Self {
        Self {
            slots: vec![NONE; slots],
            ways: Vec::new(),
            paid: 0,
            met: vec![0; slots],
            closes: 0,
        }
    }

    pub(super) fn slot(&self, slot: usize) -> usize {
        self.slots[slot]
    }

    /// How many slots there are.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// How many ways are open.
    pub(super) fn height(&self) -> usize {
        self.ways.len()
    }

    /// Empties the slots and forgets all ways.
    pub(super) fn clear(&mut self) {
        self.slots.fill(NONE);
        self.ways.clear();
    }

    /// Leaves a way open.
    pub(super) fn open(&mut self, way: Way) -> OpResult<()> {
        if self.ways.len() >= self.paid {
            self.make_room()?;
        }
        self.ways.push(way);
        Ok(())
    }

    #[cold]
    fn make_room(&mut self) -> OpResult<()> {
        let more = self.paid.max(FIRST_WAYS);
        budget::grow(more * size_of::<Way>())?;
        self.paid += more;
        self.ways.reserve_exact(self.paid - self.ways.len());
        Ok(())
    }

    /// Changes a slot, until failing goes back beyond this moment.
    pub(super) fn set(&mut self, slot: usize, value: usize) -> OpResult<()> {
        let recent = self.ways.iter().rev().take(3);
        let is_kept = recent
            .map_while(|way| match way {
                Way::Held { slot, .. } => Some(*slot),
                _ => None,
            })
            .any(|kept| kept == slot);
        if !is_kept {
            let value = self.slots[slot];
            self.open(Way::Held { slot, value })?;
        }
        self.slots[slot] = value;
        Ok(())
    }

    /// Forgets the ways above `height`, and keeps what the slots held before them.
    pub(super) fn close(&mut self, height: usize) {
        self.closes += 1;
        let mut kept = height;
        for index in height..self.ways.len() {
            if let Way::Held { slot, .. } = self.ways[index]
                && self.met[slot] != self.closes
            {
                self.met[slot] = self.closes;
                self.ways[kept] = self.ways[index];
                kept += 1;
            }
        }
        self.ways.truncate(kept);
    }

    /// Takes everything back that happened above `height`.
    pub(super) fn undo_to(&mut self, height: usize) {
        for way in self.ways.drain(height..).rev() {
            if let Way::Held { slot, value } = way {
                self.slots[slot] = value;
            }
        }
    }

    /// The step and the position of the way that was opened last, and how many were looked at.
    pub(super) fn go_back(&mut self, text: &str) -> (Option<(usize, usize)>, usize) {
        let before = |at: usize| {
            let before = text[..at].chars().next_back();
            at - before.map_or(0, char::len_utf8)
        };
        let height = self.ways.len();
        let way = loop {
            let looked_at = height - self.ways.len();
            match self.ways.pop() {
                None => return (None, looked_at),
                Some(Way::Held { slot, value }) => self.slots[slot] = value,
                Some(Way::Step { step, at }) => break (step, at),
                Some(Way::Shorter { step, floor, at }) => {
                    let at = before(at);
                    if at > floor {
                        self.ways.push(Way::Shorter { step, floor, at });
                    }
                    break (step, at);
                }
                Some(Way::Earlier { at: 0, .. }) => {}
                Some(Way::Earlier { step, at, left }) => {
                    let at = before(at);
                    let left = left - 1;
                    if left > 0 {
                        self.ways.push(Way::Earlier { step, at, left });
                    }
                    break (step, at);
                }
            }
        };
        (Some(way), height - self.ways.len() + 1)
    }
}
