//! Decisions read from bytes.

/// Reads decisions from the front of some bytes. Where the bytes are used up every decision is the first one.
#[derive(Debug, Clone)]
pub struct Bytes<'b> {
    rest: &'b [u8],
}

impl<'b> Bytes<'b> {
    /// Decisions from all of `bytes`.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next byte, 0 behind the last.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else {
            return 0;
        };
        self.rest = rest;
        *first
    }

    /// A number below `count`, at most 255; 0 if `count` is 0.
    pub fn below(&mut self, count: usize) -> usize {
        usize::from(self.byte()) % count.max(1)
    }

    /// True for `parts` of 256 bytes: those at the end, so that nothing happens where the bytes are used up.
    pub fn chance(&mut self, parts: u8) -> bool {
        self.byte() > u8::MAX - parts
    }

    /// One of `items`; the default if there is none.
    pub fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let index = self.below(items.len());
        items.get(index).copied().unwrap_or_default()
    }

    /// Whether nothing is left.
    pub fn is_used_up(&self) -> bool {
        self.rest.is_empty()
    }

    /// What is left.
    pub fn rest(&self) -> &'b [u8] {
        self.rest
    }
}
