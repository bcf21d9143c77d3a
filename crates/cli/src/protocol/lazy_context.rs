//! Names of a case whose values are made when they are read.

use std::cell::RefCell;

use pipewright_engine::Context;
use pipewright_jexl::json::Object;
use pipewright_jexl::value::{Order, Table};
use pipewright_jexl::{Json, OpResult, Value, Variables};

use crate::answer::Fault;

/// The members of an object as names. Many lines may refer to one large context, of which each reads little; what a
/// line changes in its values is forgotten with it.
#[derive(Debug)]
pub(super) struct LazyContext<'j> {
    members: Option<&'j Object>,
    /// How maps inside the values are walked.
    order: Order,
    /// The values that were read or assigned.
    made: RefCell<Table>,
}

impl<'j> LazyContext<'j> {
    /// The members of `json`, or no names for null.
    ///
    /// # Errors
    /// For anything else.
    pub(super) fn new(json: &'j Json, order: Order) -> Result<Self, Fault> {
        let members = json.as_object();
        if members.is_none() && !json.is_null() {
            return Err(Fault::bad_request("`context` is no object"));
        }
        Ok(Self {
            members,
            order,
            made: RefCell::default(),
        })
    }

    fn value(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.made.borrow().get_str(name) {
            return Some(value.clone());
        }
        let value = Value::from_json(self.members?.get(name)?, self.order);
        let mut made = self.made.borrow_mut();
        made.insert_text(name.into(), value.clone());
        Some(value)
    }
}

impl Context for LazyContext<'_> {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        Ok(self.value(name))
    }
}

impl Variables for LazyContext<'_> {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        Ok(self.value(name))
    }

    fn set(&self, name: &str, value: Value) -> OpResult<()> {
        let replaced = self.made.borrow_mut().insert_text(name.into(), value);
        drop(replaced);
        Ok(())
    }
}
