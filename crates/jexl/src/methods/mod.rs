//! Methods and functions as one table (`spec/jexl.md` §7).
//!
//! A row says who has the method, what it is called, what it takes and gives, what it does, what it costs, and how it
//! is done. Evaluation, checking, completion and the reference page read the same rows. Rows of one name stand from the
//! most to the least specific parameters: the first that accepts the arguments is the one Java would choose.
#![expect(
    clippy::unnecessary_wraps,
    reason = "the functions of the rows have one shape, whether they can fail or not"
)]

mod arguments;
mod arithmetic;
mod array;
mod boolean;
mod character;
mod code_point;
mod common;
mod comparator;
mod entry;
mod fields;
mod format;
mod iterator;
mod list;
mod lookup;
mod map;
mod method;
mod number;
mod order;
mod range;
mod receiver;
mod set;
mod stream;
mod text;

use std::collections::HashMap;
use std::sync::LazyLock;

use arguments::Arguments;
pub use arguments::Type;
pub(crate) use fields::field;
pub use lookup::{Found, lookup, methods_of, told_by};
pub use method::Method;
pub use receiver::Receiver;

use crate::{Failure, OpResult, Value};

/// The rows of one name.
pub(crate) type Candidates = &'static [&'static Method];

/// Every row of the table.
pub fn table() -> impl Iterator<Item = &'static Method> {
    const TEXTS_AND_COLLECTIONS: &[&[&[Method]]] = &[
        text::TABLES,
        &[
            list::METHODS,
            set::METHODS,
            map::METHODS,
            array::METHODS,
            range::METHODS,
        ],
    ];
    const OTHERS: &[&[&[Method]]] = &[
        &[
            boolean::METHODS,
            boolean::STATIC,
            character::METHODS,
            character::STATIC,
        ],
        code_point::TABLES,
        &[common::METHODS, arithmetic::FUNCTIONS],
    ];
    let tables = TEXTS_AND_COLLECTIONS
        .iter()
        .chain(number::TABLES)
        .chain(OTHERS);
    tables.copied().flatten().copied().flatten()
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

/// What getters are the getters of: the names of methods without arguments behind their `get` or `is`.
static PROPERTIES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let getters = METHODS.values().flatten();
    let getters = getters.filter(|row| row.parameters.is_empty());
    let getters = getters.map(|row| row.name);
    let properties =
        getters.filter_map(|name| name.strip_prefix("get").or(name.strip_prefix("is")));
    properties.collect()
});

/// The methods without arguments that `.name` calls: `getName`, `getname`, `isName`, `isname`.
pub(crate) fn getters(name: &str) -> Vec<Candidates> {
    // Nearly no name has one, and each chain of a program is asked.
    let is_property = |property: &&str| property.eq_ignore_ascii_case(name);
    if name.is_ascii() && !PROPERTIES.iter().any(is_property) {
        return Vec::new();
    }
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
    if on_array_fails(candidates, object, arguments) {
        return Err(Failure::method("an array has no such method"));
    }
    Ok(None)
}

/// Whether the object is an array and the method one of lists: on arrays those are found, and fail.
fn on_array_fails(candidates: Candidates, object: &Value, arguments: &[Value]) -> bool {
    let of_list = |row: &&Method| row.receiver == Receiver::List && row.accepts(arguments);
    matches!(object, Value::Array(_)) && candidates.iter().any(of_list)
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
