//! Values nested 100,000 deep are dropped on a small stack, and every walk over them ends with a value or kind `limit`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use pipewright_jexl::value::{Array, ElementClass, Map, Order, Set, Table, equals, hash_code};
use pipewright_jexl::{ErrorKind, Failure, OpResult, Program, Scope, Value};

const DEPTH: usize = 100_000;

static FUNCTION: LazyLock<Program> =
    LazyLock::new(|| Program::script("var own = inner; () -> { own }").unwrap());

/// A value around another; an error where it cannot be put around it.
type Wrapper = fn(Value) -> OpResult;

const WRAPPERS: &[(&str, Wrapper)] = &[
    ("list", |inner| Ok(Value::list(vec![inner]))),
    ("array", |inner| {
        Ok(Value::Array(Array::new(ElementClass::OBJECT, vec![inner])))
    }),
    ("map", |inner| Ok(Value::map([("a".into(), inner)]))),
    ("key", |inner| {
        let map = Map::new(Table::new(Order::Insertion));
        map.insert(inner, Value::Null)?;
        Ok(Value::Map(map))
    }),
    ("set", |inner| {
        Set::new(Order::Insertion, [inner]).map(Value::Set)
    }),
    ("entry", |inner| {
        let entries = called(&Value::map([("a".into(), inner)]), "entrySet")?;
        called(&called(&entries, "iterator")?, "next")
    }),
    ("values", |inner| {
        called(&Value::map([("a".into(), inner)]), "values")
    }),
    ("optional", |inner| {
        let stream = called(&Value::list(vec![inner]), "stream")?;
        called(&stream, "findFirst")
    }),
    ("stream", |inner| {
        called(&Value::list(vec![inner]), "stream")
    }),
    ("iterator", |inner| {
        called(&Value::list(vec![inner]), "iterator")
    }),
    ("function", |inner| {
        let scope: Scope = [("inner", inner)].into_iter().collect();
        Ok(FUNCTION.run(&scope).unwrap())
    }),
];

fn called(object: &Value, method: &str) -> OpResult {
    Ok(object.call(method, &[])?.unwrap())
}

fn nested(wrap: Wrapper) -> Value {
    let mut value = Value::from("x");
    for _ in 0..DEPTH {
        match wrap(value.clone()) {
            Ok(outer) => value = outer,
            Err(failure) => {
                assert_limit(&failure);
                break;
            }
        }
    }
    value
}

fn assert_limit(failure: &Failure) {
    assert_eq!(failure.kind(), Some(ErrorKind::Limit), "{failure:?}");
}

fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(512 * 1024);
    thread.spawn(run).unwrap().join().unwrap();
}

#[test]
fn walked_and_dropped() {
    for (name, wrap) in WRAPPERS {
        println!("{name}");
        on_a_small_stack(move || {
            let (value, other) = (nested(*wrap), nested(*wrap));
            let failures = [
                value.text().err(),
                value.to_json().err(),
                hash_code(&value).err(),
                equals(&value, &other).err(),
                value.call("equals", &[other]).err(),
                value.call("hashCode", &[]).err(),
                value.call("toString", &[]).err(),
            ];
            failures.iter().flatten().for_each(assert_limit);
        });
    }
}
