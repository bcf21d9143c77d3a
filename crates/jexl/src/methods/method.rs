//! A row of the table: what a method is called, what it takes and gives, what it costs, and the function that does it.

use std::fmt;

use super::arguments::{Arguments, Type};
use super::receiver::Receiver;
use crate::budget;
use crate::value::{Array, JavaString, List, Map, Range, Set, Unknown};
use crate::{Failure, OpResult, Value};

/// The rows of a receiver, whose functions all have the shape of one variant of [`Call`]. A row is one line:
///
/// `name(parameters) -> result, readings, function, "What it does.";`
///
/// Where the line would be too long, what it does stands above it behind `///`.
macro_rules! rows {
    ($receiver:ident as $call:ident: $(
        $(#[doc = $above:literal])?
        $name:ident($($parameter:ident),*) -> $returns:ident, $readings:literal, $function:expr $(, $doc:literal)?;
    )*) => {
        &[$($crate::methods::Method {
            receiver: $crate::methods::Receiver::$receiver,
            name: stringify!($name),
            parameters: &[$($crate::methods::Type::$parameter),*],
            returns: $crate::methods::Type::$returns,
            doc: concat!($($above)? $($doc)?).trim_ascii_start(),
            call: $crate::methods::method::Call::$call($function),
            readings: $readings,
        }),*]
    };
}
pub(super) use rows;

/// How a method is done, by what it gets as its object.
#[derive(Clone, Copy)]
pub(super) enum Call {
    Any(fn(&Value, Arguments<'_>) -> OpResult),
    Text(fn(&JavaString, Arguments<'_>) -> OpResult),
    Array(fn(&Array, Arguments<'_>) -> OpResult),
    List(fn(&List, Arguments<'_>) -> OpResult),
    Set(fn(&Set, Arguments<'_>) -> OpResult),
    Map(fn(&Map, Arguments<'_>) -> OpResult),
    Range(fn(Range, Arguments<'_>) -> OpResult),
    /// A method that an object of the host does itself.
    Object,
    /// A function, and a method that does not look at its object.
    Static(fn(Arguments<'_>) -> OpResult),
}

/// One row of the table.
#[derive(Clone, Copy)]
pub struct Method {
    /// Who has it.
    pub receiver: Receiver,
    /// What it is called.
    pub name: &'static str,
    /// What it takes.
    pub parameters: &'static [Type],
    /// What it gives.
    pub returns: Type,
    /// What it does, in one sentence.
    pub doc: &'static str,
    pub(super) call: Call,
    /// How often it reads its whole object and its arguments, or as often as what it makes of each character is worth;
    /// it pays for that before it begins. 0 where it looks at one place or pays for what it reads itself.
    pub(super) readings: u64,
}

impl Method {
    /// A method that an object of the host has and does itself, by [`Object::call`](crate::value::Object::call): it
    /// changes the object and gives it back. `class` is the name of the object's type.
    pub const fn of_object(
        class: &'static str,
        name: &'static str,
        parameters: &'static [Type],
        doc: &'static str,
    ) -> Self {
        Self {
            receiver: Receiver::Object,
            name,
            parameters,
            returns: Type::Itself(class),
            doc,
            call: Call::Object,
            readings: 0,
        }
    }

    /// The signature for people: `contains(CharSequence): Boolean`.
    pub fn signature(&self) -> String {
        let parameters: Vec<&str> = self.parameters.iter().map(|one| one.name()).collect();
        format!(
            "{}({}): {}",
            self.name,
            parameters.join(", "),
            self.returns.name()
        )
    }

    /// How many arguments it takes; `None` for any number from the first on.
    pub(super) fn arity(&self) -> (usize, Option<usize>) {
        match self.parameters.last() {
            Some(last) if last.is_rest() => (self.parameters.len() - 1, None),
            _ => (self.parameters.len(), Some(self.parameters.len())),
        }
    }

    pub(super) fn accepts(&self, arguments: &[Value]) -> bool {
        let (least, most) = self.arity();
        if arguments.len() < least || most.is_some_and(|most| arguments.len() > most) {
            return false;
        }
        arguments.iter().enumerate().all(|(index, argument)| {
            let parameter = self.parameters.get(index).or(self.parameters.last());
            parameter.is_some_and(|parameter| parameter.accepts(argument))
        })
    }

    pub(super) fn invoke(&self, object: &Value, arguments: &[Value]) -> OpResult {
        // Whether the method looks at it is asked of unknown ones alone: there is rarely one.
        let unknown = arguments.iter().enumerate().filter(|(index, argument)| {
            matches!(argument, Value::Unknown(_))
                && !matches!(self.parameters.get(*index), Some(Type::Any))
        });
        if let Some(unknown) = Unknown::among(unknown.map(|(_, argument)| argument)) {
            return Err(Failure::Unknown(unknown));
        }
        if self.readings > 0 {
            budget::read_values(object, arguments, self.readings)?;
        }
        let arguments = Arguments(arguments);
        match (self.call, object) {
            (Call::Any(call), _) => call(object, arguments),
            (Call::Static(call), _) => call(arguments),
            (Call::Text(call), Value::String(text)) => call(text, arguments),
            (Call::Array(call), Value::Array(array)) => call(array, arguments),
            (Call::List(call), Value::List(list)) => call(list, arguments),
            (Call::Set(call), Value::Set(set)) => call(set, arguments),
            (Call::Map(call), Value::Map(map)) => call(map, arguments),
            (Call::Range(call), Value::Range(range)) => call(*range, arguments),
            (Call::Object, Value::Object(host)) => host
                .call(self.name, arguments.0)?
                .ok_or_else(|| Failure::method("the object does not take these arguments")),
            _ => Err(Failure::method("the method is called on another object")),
        }
    }
}

impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.receiver.name(), self.signature())
    }
}
