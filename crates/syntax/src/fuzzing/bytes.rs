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

    /// Whether the input of a fuzz target is to make something from, not a text by itself: texts begin with a printable
    /// character of ASCII.
    pub fn makes_text(data: &[u8]) -> bool {
        data.first()
            .is_some_and(|first| !(0x20..0x80).contains(first))
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

/// Bytes that look random: case number `seed` of a test, the same on every machine.
pub fn scattered(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    let length = 8 + usize::from(next());
    (0..length).map(|_| next()).collect()
}
