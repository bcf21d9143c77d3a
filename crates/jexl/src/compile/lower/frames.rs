//! Local names: which slot of which function a name means.

use std::sync::Arc;

use pipewright_syntax::Name;

use super::Lowering;

/// The names of one function: the program or a lambda.
#[derive(Default, Debug)]
pub(super) struct Frame {
    /// Name and slot, in order of declaration; a later one hides an earlier.
    names: Vec<(Arc<str>, usize)>,
    pub(super) slots: usize,
    /// The slots of captured values: here and in the function around this one.
    pub(super) captured: Vec<(usize, usize)>,
}

impl Lowering {
    pub(super) fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    pub(super) fn declare(&mut self, name: &Name) -> usize {
        let text: Arc<str> = name.as_text().unwrap_or_default().into();
        let frame = self.frame();
        if let Some((_, slot)) = frame.names.iter().find(|(known, _)| *known == text) {
            return *slot;
        }
        let slot = frame.slots;
        frame.slots += 1;
        frame.names.push((text, slot));
        slot
    }

    /// The slot of a name, if it is local here or in a function around this one, whose value is then captured.
    pub(super) fn slot(&mut self, name: &str) -> Option<usize> {
        if self.frames.is_empty() {
            return None;
        }
        self.slot_in(self.frames.len() - 1, name)
    }

    fn slot_in(&mut self, level: usize, name: &str) -> Option<usize> {
        let known = self.frames[level]
            .names
            .iter()
            .find(|(known, _)| **known == *name);
        if let Some((_, slot)) = known {
            return Some(*slot);
        }
        let outer = self.slot_in(level.checked_sub(1)?, name)?;
        let frame = &mut self.frames[level];
        let slot = frame.slots;
        frame.slots += 1;
        frame.names.push((name.into(), slot));
        frame.captured.push((slot, outer));
        Some(slot)
    }
}
