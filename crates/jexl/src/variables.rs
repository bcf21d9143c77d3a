//! Where names get their values.

use std::cell::RefCell;

use crate::value::{Map, Order, Table};
use crate::{Json, OpResult, Value};

/// The variables around a program: what JEXL calls its context.
///
/// Names are looked up when the program reads them, so values may be made lazily. A dotted name is asked for as a whole
/// (`a.b`, then `a.b.c`) where `a` is unknown or null: variables may have dots in their names (`spec/jexl.md` §6.2).
/// Methods take `&self`; whoever keeps assignments does so behind a cell.
pub trait Variables {
    /// The value of `name`: `None` if the name is unknown, `Some(Null)` if it is known to be null.
    fn get(&self, name: &str) -> OpResult<Option<Value>>;

    /// Keeps what the program assigns to `name`, for the rest of the run at least.
    fn set(&self, name: &str, value: Value) -> OpResult<()>;

    /// Calls a function of the host, reached as `name(arguments)` and, with the object first, as
    /// `object.name(arguments)`. `None` if there is none of this name that takes these arguments.
    fn call(&self, name: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let _ = (name, arguments);
        Ok(None)
    }

    /// Whether nothing has a member of this name, so that it is null also where nobody knows the object.
    fn is_no_member(&self, name: &str) -> bool {
        let _ = name;
        false
    }
}

/// Variables held in a table. Assignments change this table and nothing else; but the lists and maps in it are shared.
#[derive(Debug, Default)]
pub struct Scope {
    names: RefCell<Table>,
}

impl Scope {
    /// A scope without variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// A scope with the entries of a map as variables.
    pub fn of(map: &Map) -> Self {
        Self {
            names: RefCell::new((*map.snapshot()).clone()),
        }
    }

    /// A scope with the members of a JSON object as variables; anything else gives none. Maps inside are walked in
    /// `order`.
    pub fn of_json(json: &Json, order: Order) -> Self {
        match Value::from_json(json, order) {
            Value::Map(map) => Self::of(&map),
            _ => Self::new(),
        }
    }
}

impl FromIterator<(&'static str, Value)> for Scope {
    fn from_iter<T: IntoIterator<Item = (&'static str, Value)>>(variables: T) -> Self {
        let mut names = Table::new(Order::Insertion);
        for (name, value) in variables {
            names.insert_text(name.into(), value);
        }
        Self {
            names: RefCell::new(names),
        }
    }
}

impl Variables for Scope {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        Ok(self.names.borrow().get_str(name).cloned())
    }

    fn set(&self, name: &str, value: Value) -> OpResult<()> {
        let replaced = self.names.borrow_mut().insert_text(name.into(), value);
        drop(replaced);
        Ok(())
    }
}
