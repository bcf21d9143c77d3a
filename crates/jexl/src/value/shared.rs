//! Sharing: copy-on-write contents behind a short lock, and dropping without recursion.

use std::cell::RefCell;
use std::sync::{Arc, PoisonError, RwLock};

use super::Value;

/// Contents that several holders see and change.
///
/// The lock is held for one access and never while other values are visited: walks take a [`Shared::snapshot`].
#[derive(Debug, Default)]
pub(crate) struct Shared<T>(RwLock<Arc<T>>);

impl<T: Clone> Shared<T> {
    pub(crate) fn new(contents: T) -> Self {
        Self(RwLock::new(Arc::new(contents)))
    }

    /// The contents as they are now; later changes do not touch them.
    pub(crate) fn snapshot(&self) -> Arc<T> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at the contents. `look` must not reach other shared contents.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the contents. `change` must not reach other shared contents, and hands out what it removes.
    pub(crate) fn write<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let mut contents = self.0.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut contents))
    }

    /// Puts other contents in place of those, which are given back: nothing is copied for whoever holds them.
    pub(crate) fn replace(&self, contents: T) -> Arc<T> {
        let contents = Arc::new(contents);
        let mut place = self.0.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut place, contents)
    }

    /// Takes the contents out when nobody else holds them.
    pub(crate) fn take_unshared(&mut self) -> Option<T>
    where
        T: Default,
    {
        let contents = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        Arc::get_mut(contents).map(std::mem::take)
    }
}

thread_local! {
    /// Values waiting to be dropped, while a drop is going on on this thread.
    static WAITING: RefCell<Option<Vec<Value>>> = const { RefCell::new(None) };
}

/// Drops `values` without recursion, however deep they contain each other. Whatever holds values calls this when
/// dropped.
pub(crate) fn release(values: impl Iterator<Item = Value>) {
    let mut deep = values.filter(Value::holds_values).peekable();
    if deep.peek().is_none() {
        return;
    }
    let first: Option<Vec<Value>> = WAITING
        .try_with(|waiting| {
            let mut waiting = waiting.borrow_mut();
            if let Some(queue) = waiting.as_mut() {
                queue.extend(deep);
                None
            } else {
                *waiting = Some(Vec::new());
                Some(deep.collect())
            }
        })
        .unwrap_or_default();
    let Some(mut batch) = first else { return };
    while !batch.is_empty() {
        drop(batch);
        batch = WAITING
            .try_with(|waiting| {
                waiting
                    .borrow_mut()
                    .as_mut()
                    .map(std::mem::take)
                    .unwrap_or_default()
            })
            .unwrap_or_default();
    }
    let _ = WAITING.try_with(|waiting| *waiting.borrow_mut() = None);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::List;

    #[test]
    fn a_million_nested_lists_are_dropped_on_a_small_stack() {
        let nest = || {
            let mut value = Value::Null;
            for _ in 0..1_000_000 {
                value = Value::List(List::new(vec![value]));
            }
            drop(value);
        };
        let thread = std::thread::Builder::new().stack_size(256 * 1024);
        thread.spawn(nest).unwrap().join().unwrap();
    }
}
