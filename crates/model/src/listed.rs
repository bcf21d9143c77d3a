//! A list of the file, or what stands in its place.

use pipewright_source::Span;

use crate::Located;

/// What is written where a list is expected.
#[derive(Clone, Debug)]
pub enum Listed<T> {
    /// A list; empty also where the key has no value.
    Items(Vec<T>),
    /// A text such as `<+input>`: what the list will hold is not known.
    Open(Located),
    /// A mapping, which is no list and has no known meaning here.
    Other(Span),
}

impl<T> Listed<T> {
    /// The items that are written; none where it is no list.
    pub fn items(&self) -> &[T] {
        match self {
            Self::Items(items) => items,
            Self::Open(_) | Self::Other(_) => &[],
        }
    }

    /// Whether the written items are all there are.
    pub const fn is_closed(&self) -> bool {
        matches!(self, Self::Items(_))
    }
}
