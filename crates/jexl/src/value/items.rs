//! What arrays and lists hold.

use super::Value;
use super::holding::{Place, refuse_own};
use super::shared::{Shared, release};
use crate::OpResult;

/// The elements of an array or list.
#[derive(Debug)]
pub(super) struct Items(pub(super) Shared<Vec<Value>>);

impl Items {
    pub(super) fn new(items: Vec<Value>) -> Self {
        Self(Shared::new(items))
    }

    pub(super) fn set(&self, index: usize, value: Value) -> OpResult<Option<Value>> {
        refuse_own(self.place(), [&value])?;
        Ok(self.0.write(|items| {
            let element = items.get_mut(index)?;
            Some(std::mem::replace(element, value))
        }))
    }

    pub(super) fn place(&self) -> Place {
        std::ptr::from_ref(self).addr()
    }
}

impl Drop for Items {
    fn drop(&mut self) {
        if let Some(items) = self.0.take_unshared() {
            release(items.into_iter());
        }
    }
}
