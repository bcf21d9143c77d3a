//! What a call would find, asked with values that stand for their classes: nothing is called.

use super::{Method, functions, methods, on_array_fails};
use crate::Value;
use crate::operators;

/// What a call finds.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Found {
    /// This method.
    Method(&'static Method),
    /// The object has methods of that name, none of which takes these arguments.
    OtherArguments,
    /// The object has no method of that name.
    Nothing,
}

/// What `object.name(arguments)` finds (`spec/jexl.md` §7.1). Unknown arguments fit every parameter; of an unknown
/// object nothing can be said, which is `Nothing`, nor of one of the host that does not tell its methods.
pub fn lookup(object: &Value, name: &str, arguments: &[Value]) -> Found {
    let narrowed: Vec<Value> = arguments.iter().map(operators::narrow).collect();
    let found = [arguments, narrowed.as_slice()]
        .into_iter()
        .find_map(|arguments| fitting(object, name, arguments));
    match found {
        Some(method) => Found::Method(method),
        None if methods_of(object, name).next().is_some() => Found::OtherArguments,
        None => Found::Nothing,
    }
}

/// The methods of that name that an object has.
pub fn methods_of(object: &Value, name: &str) -> impl Iterator<Item = &'static Method> {
    let rows = methods(name).iter().copied();
    let rows = rows.filter(|row| row.receiver.has(object));
    rows.chain(told_by(object).filter(move |row| row.name == name))
}

/// The methods that an object of the host tells of.
pub fn told_by(object: &Value) -> impl Iterator<Item = &'static Method> {
    let told = match object {
        Value::Object(host) => host.methods(),
        _ => None,
    };
    told.into_iter().flatten()
}

/// The method, or the function that takes the object as its first argument.
fn fitting(object: &Value, name: &str, arguments: &[Value]) -> Option<&'static Method> {
    if let Some(method) = methods_of(object, name).find(|row| row.accepts(arguments)) {
        return Some(method);
    }
    if on_array_fails(methods(name), object, arguments) {
        return None;
    }
    let mut with_object = Vec::with_capacity(arguments.len() + 1);
    with_object.push(object.clone());
    with_object.extend_from_slice(arguments);
    let mut functions = functions(name).iter().copied();
    functions.find(|row| row.accepts(&with_object))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(object: impl Into<Value>, name: &str, arguments: &[Value]) -> String {
        match lookup(&object.into(), name, arguments) {
            Found::Method(method) => format!("{method:?}"),
            Found::OtherArguments => "other arguments".to_owned(),
            Found::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn a_call_finds_what_java_would_choose() {
        let text = |text: &str| Value::from(text);
        let unknown = Value::unknown("not known");
        assert_eq!(
            found("a", "substring", &[1_i64.into()]),
            "String.substring(Integer): String"
        );
        assert_eq!(found("a", "substring", &[text("1")]), "other arguments");
        assert_eq!(
            found("a", "substring", &[unknown]),
            "String.substring(Integer): String"
        );
        assert_eq!(found("a", "toUppercase", &[]), "nothing");
        // What no method of texts takes, a function answers.
        assert_eq!(
            found("a", "contains", &[3.into()]),
            "function.contains(Object, Object): Boolean"
        );
        assert_eq!(found(5, "replace", &[text("a"), text("b")]), "nothing");
        assert_eq!(found(5, "toString", &[]), "any value.toString(): String");
    }
}
