//! Methods and functions as one table (`spec/jexl.md` §7).
//!
//! A row says who has the method, what it is called, what it takes and gives, what it does, and how. Evaluation, checking,
//! completion and the reference page read the same rows. Rows of one name stand from the most to the least specific parameters:
//! the first that accepts the arguments is the one Java would choose.

mod arguments;
mod arithmetic;
mod array;
mod big;
mod big_decimal;
mod big_integer;
mod boolean;
mod character;
mod code_point;
mod common;
mod comparator;
mod entry;
mod fields;
mod floating;
mod format;
mod format_number;
mod iterator;
mod list;
mod map;
mod number;
mod range;
mod set;
mod stream;
mod text;
mod text_search;
mod text_split;
mod whole;

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

pub use arguments::{Arguments, Type};
pub(crate) use fields::field;

use crate::budget;
use crate::value::{Array, JavaString, List, Map, Range, Set, Unknown};
use crate::{Failure, OpResult, Value};

/// Who has a method.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Receiver {
    /// Every object.
    Any,
    /// A `String`.
    Text,
    /// Any number.
    Number,
    /// A `Byte`.
    Byte,
    /// A `Short`.
    Short,
    /// An `Integer`.
    Integer,
    /// A `Long`.
    Long,
    /// A `Float`.
    Float,
    /// A `Double`.
    Double,
    /// A `BigInteger`.
    BigInteger,
    /// A `BigDecimal`.
    BigDecimal,
    /// A `Boolean`.
    Boolean,
    /// A `Character`.
    Character,
    /// A Java array.
    Array,
    /// A `List`.
    List,
    /// A `Set`.
    Set,
    /// A `Map`.
    Map,
    /// A range of numbers.
    Range,
    /// Nobody: a function, which as a method takes its object as first argument.
    Function,
}

impl Receiver {
    fn has(self, value: &Value) -> bool {
        match self {
            Self::Any => !value.is_null(),
            Self::Text => matches!(value, Value::String(_)),
            Self::Number => value.is_number(),
            Self::Byte => matches!(value, Value::Byte(_)),
            Self::Short => matches!(value, Value::Short(_)),
            Self::Integer => matches!(value, Value::Integer(_)),
            Self::Long => matches!(value, Value::Long(_)),
            Self::Float => matches!(value, Value::Float(_)),
            Self::Double => matches!(value, Value::Double(_)),
            Self::BigInteger => matches!(value, Value::BigInteger(_)),
            Self::BigDecimal => matches!(value, Value::BigDecimal(_)),
            Self::Boolean => matches!(value, Value::Boolean(_)),
            Self::Character => matches!(value, Value::Character(_)),
            Self::Array => matches!(value, Value::Array(_)),
            Self::List => matches!(value, Value::List(_)),
            Self::Set => matches!(value, Value::Set(_)),
            Self::Map => matches!(value, Value::Map(_)),
            Self::Range => matches!(value, Value::Range(_)),
            Self::Function => false,
        }
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Text => "String",
            Self::Number => "number",
            Self::Byte => "Byte",
            Self::Short => "Short",
            Self::Integer => "Integer",
            Self::Long => "Long",
            Self::Float => "Float",
            Self::Double => "Double",
            Self::BigInteger => "BigInteger",
            Self::BigDecimal => "BigDecimal",
            Self::Boolean => "Boolean",
            Self::Character => "Character",
            Self::Array => "Array",
            Self::List => "List",
            Self::Set => "Set",
            Self::Map => "Map",
            Self::Range => "Range",
            Self::Function => "function",
        }
    }
}

/// How a method is done, by what it gets as its object.
#[derive(Clone, Copy)]
pub(crate) enum Call {
    Any(fn(&Value, Arguments<'_>) -> OpResult),
    Text(fn(&JavaString, Arguments<'_>) -> OpResult),
    Array(fn(&Array, Arguments<'_>) -> OpResult),
    List(fn(&List, Arguments<'_>) -> OpResult),
    Set(fn(&Set, Arguments<'_>) -> OpResult),
    Map(fn(&Map, Arguments<'_>) -> OpResult),
    Range(fn(Range, Arguments<'_>) -> OpResult),
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
    call: Call,
    /// How often it reads its whole object and its arguments, or as often as what it makes of each character is worth; it pays for
    /// that before it begins. 0 where it looks at one place or pays for what it reads itself.
    readings: u64,
}

impl Method {
    const fn new(
        receiver: Receiver,
        name: &'static str,
        parameters: &'static [Type],
        returns: Type,
        doc: &'static str,
        call: Call,
    ) -> Self {
        Self {
            receiver,
            name,
            parameters,
            returns,
            doc,
            call,
            readings: 1,
        }
    }

    /// The same method for those that look at one place of their object or pay for what they read.
    const fn paying_itself(self) -> Self {
        self.reading(0)
    }

    /// The same method for those that read everything so often.
    const fn reading(self, times: u64) -> Self {
        Self {
            readings: times,
            ..self
        }
    }

    /// A method that does not look at its object: a static one, or a function.
    const fn fixed(
        receiver: Receiver,
        name: &'static str,
        parameters: &'static [Type],
        returns: Type,
        doc: &'static str,
        call: fn(Arguments<'_>) -> OpResult,
    ) -> Self {
        Self::new(receiver, name, parameters, returns, doc, Call::Static(call))
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
    pub fn arity(&self) -> (usize, Option<usize>) {
        match self.parameters.last() {
            Some(last) if last.is_rest() => (self.parameters.len() - 1, None),
            _ => (self.parameters.len(), Some(self.parameters.len())),
        }
    }

    fn accepts(&self, arguments: &[Value]) -> bool {
        let (least, most) = self.arity();
        if arguments.len() < least || most.is_some_and(|most| arguments.len() > most) {
            return false;
        }
        arguments.iter().enumerate().all(|(index, argument)| {
            let parameter = self.parameters.get(index).or(self.parameters.last());
            parameter.is_some_and(|parameter| parameter.accepts(argument))
        })
    }

    fn invoke(&self, object: &Value, arguments: &[Value]) -> OpResult {
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
            _ => Err(Failure::method("the method is called on another object")),
        }
    }
}

impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.receiver.name(), self.signature())
    }
}

/// The rows of one name.
pub(crate) type Candidates = &'static [&'static Method];

/// Every row of the table.
pub fn table() -> impl Iterator<Item = &'static Method> {
    const TABLES: &[&[Method]] = &[
        text::METHODS,
        text_search::METHODS,
        text_split::METHODS,
        list::METHODS,
        set::METHODS,
        map::METHODS,
        array::METHODS,
        range::METHODS,
        whole::BYTE,
        whole::SHORT,
        whole::INTEGER,
        whole::LONG,
        whole::INTEGER_ONLY,
        whole::LONG_ONLY,
        whole::UNSIGNED,
        floating::FLOAT,
        floating::DOUBLE,
        big::INTEGER,
        big::DECIMAL,
        big_integer::METHODS,
        big_decimal::METHODS,
        number::METHODS,
        boolean::METHODS,
        character::METHODS,
        code_point::OF_CHAR,
        code_point::OF_INT,
        code_point::OF_INT_ONLY,
        common::METHODS,
        arithmetic::FUNCTIONS,
    ];
    TABLES.iter().copied().flatten()
}

type ByName = HashMap<&'static str, Vec<&'static Method>>;

static METHODS: LazyLock<ByName> =
    LazyLock::new(|| by_name(|row| row.receiver != Receiver::Function));
static FUNCTIONS: LazyLock<ByName> =
    LazyLock::new(|| by_name(|row| row.receiver == Receiver::Function));

fn by_name(wanted: impl Fn(&Method) -> bool) -> ByName {
    let mut rows = ByName::new();
    for row in table().filter(|row| wanted(row)) {
        rows.entry(row.name).or_default().push(row);
    }
    rows
}

/// The methods of a name.
pub(crate) fn methods(name: &str) -> Candidates {
    METHODS.get(name).map_or(&[], Vec::as_slice)
}

/// The functions of a name.
pub(crate) fn functions(name: &str) -> Candidates {
    FUNCTIONS.get(name).map_or(&[], Vec::as_slice)
}

/// The methods without arguments that `.name` calls: `getName`, `getname`, `isName`, `isname`.
pub(crate) fn getters(name: &str) -> Vec<Candidates> {
    let mut letters = name.chars();
    let Some(first) = letters.next() else {
        return Vec::new();
    };
    let capital: String = first.to_uppercase().chain(letters).collect();
    ["get", "is"]
        .into_iter()
        .flat_map(|prefix| [format!("{prefix}{capital}"), format!("{prefix}{name}")])
        .map(|getter| methods(&getter))
        .filter(|rows| rows.iter().any(|row| row.parameters.is_empty()))
        .collect()
}

/// Calls the first method that the object has and that takes the arguments; `None` if there is none.
pub(crate) fn call(
    candidates: Candidates,
    object: &Value,
    arguments: &[Value],
) -> OpResult<Option<Value>> {
    let fitting = candidates
        .iter()
        .find(|row| row.receiver.has(object) && row.accepts(arguments));
    if let Some(row) = fitting {
        return row.invoke(object, arguments).map(Some);
    }
    // On arrays the methods of lists are found, and fail.
    let of_list = |row: &&&Method| row.receiver == Receiver::List && row.accepts(arguments);
    if matches!(object, Value::Array(_)) && candidates.iter().any(|row| of_list(&row)) {
        return Err(Failure::method("an array has no such method"));
    }
    Ok(None)
}

/// Calls the first function that takes the arguments; `None` if there is none.
pub(crate) fn call_function(
    candidates: Candidates,
    arguments: &[Value],
) -> OpResult<Option<Value>> {
    match candidates.iter().find(|row| row.accepts(arguments)) {
        Some(row) => row.invoke(&Value::Null, arguments).map(Some),
        None => Ok(None),
    }
}

/// Calls a method an operator asks for, if the object has it.
pub(crate) fn ask(object: &Value, name: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
    if let Some(value) = call(methods(name), object, arguments)? {
        return Ok(Some(value));
    }
    match object {
        Value::Object(host) => host.call(name, arguments),
        _ => Ok(None),
    }
}

impl Value {
    /// What `value.method(…)` gives; `None` if the value has no such method that takes these arguments.
    ///
    /// # Errors
    /// If the method fails.
    pub fn call(&self, method: &str, arguments: &[Self]) -> OpResult<Option<Self>> {
        ask(self, method, arguments)
    }
}

/// A length or index as Java's `int`.
fn int(number: usize) -> Value {
    Value::Integer(i32::try_from(number).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_documented() {
        for row in table() {
            assert!(row.doc.ends_with('.') && !row.doc.contains('\n'), "{row:?}");
            let rest_is_last = row
                .parameters
                .iter()
                .rev()
                .skip(1)
                .all(|one| !one.is_rest());
            assert!(rest_is_last, "{row:?}");
        }
    }

    #[test]
    fn rows_with_the_same_signature_are_not_repeated() {
        let mut seen = std::collections::HashSet::new();
        for row in table() {
            assert!(
                seen.insert((row.receiver, row.name, row.parameters)),
                "{row:?}"
            );
        }
    }
}
