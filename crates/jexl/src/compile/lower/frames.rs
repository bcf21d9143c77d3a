//! Local names: which slot of which function a name means.

use std::sync::Arc;

use pipewright_syntax::Name;

/// The functions around a place, innermost last; the first is the program.
#[derive(Debug)]
pub(super) struct Frames(Vec<Frame>);

/// The names of one function: the program or a lambda.
#[derive(Default, Debug)]
pub(super) struct Frame {
    /// Name and slot, in order of declaration; a later one hides an earlier.
    names: Vec<(Arc<str>, usize)>,
    pub(super) slots: usize,
    /// The slots of captured values: here and in the function around this one.
    pub(super) captured: Vec<(usize, usize)>,
}

impl Default for Frames {
    fn default() -> Self {
        Self(vec![Frame::default()])
    }
}

impl Frames {
    /// How many slots the program needs so far.
    pub(super) fn slots(&self) -> usize {
        self.0.first().map_or(0, |program| program.slots)
    }

    /// Goes into a lambda with these parameters, and gives how many there are: a name given twice is one.
    pub(super) fn enter(&mut self, parameters: &[Name]) -> usize {
        self.0.push(Frame::default());
        for parameter in parameters {
            self.declare(parameter);
        }
        self.0.last().map_or(0, |lambda| lambda.slots)
    }

    /// Leaves the lambda that was gone into last.
    pub(super) fn leave(&mut self) -> Frame {
        self.0.pop().unwrap_or_default()
    }

    /// The slot of a name that is declared here; it keeps the one it has.
    pub(super) fn declare(&mut self, name: &Name) -> usize {
        let text = name.as_text().unwrap_or_default();
        let Some(frame) = self.0.last_mut() else {
            return 0;
        };
        frame.slot(text).unwrap_or_else(|| frame.add(text))
    }

    /// The slot of a name, if it is local here or in a function around this one, whose value is then captured.
    pub(super) fn slot(&mut self, name: &str) -> Option<usize> {
        self.slot_in(self.0.len().checked_sub(1)?, name)
    }

    fn slot_in(&mut self, level: usize, name: &str) -> Option<usize> {
        if let Some(slot) = self.0[level].slot(name) {
            return Some(slot);
        }
        let outer = self.slot_in(level.checked_sub(1)?, name)?;
        let frame = &mut self.0[level];
        let slot = frame.add(name);
        frame.captured.push((slot, outer));
        Some(slot)
    }
}

impl Frame {
    fn slot(&self, name: &str) -> Option<usize> {
        let mut names = self.names.iter();
        names
            .find(|(known, _)| **known == *name)
            .map(|(_, slot)| *slot)
    }

    fn add(&mut self, name: &str) -> usize {
        let slot = self.slots;
        self.slots += 1;
        self.names.push((name.into(), slot));
        slot
    }
}
