//! What only a run can tell flows through everything, and stops nothing that does not need it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use pipewright_jexl::value::{Unknown, UnknownClass};
use pipewright_jexl::{Program, Scope, Value};

fn value(script: &str) -> Value {
    let scope: Scope = [
        ("u", Value::unknown("a runtime input")),
        (
            "s",
            Value::Unknown(Unknown::new("a runtime input").of(UnknownClass::String)),
        ),
        ("a", Value::Integer(1)),
    ]
    .into_iter()
    .collect();
    Program::script(script).unwrap().run(&scope).unwrap()
}

#[test]
fn operations_on_unknown_values_are_unknown() {
    for script in [
        "u",
        "u + 1",
        "'x' + u",
        "u == 1",
        "!u",
        "-u",
        "u.x.y",
        "u['k']",
        "u.foo(1)",
        "size(u)",
        "empty(u)",
        "u ? 1 : 2",
        "u ?: 2",
        "u && true",
        "s == 'x' && true",
        "s == 'x' && nope",
        "s == 'x' && nope && false",
        "u && nope && false",
        "!(s == 'x') || s == 'y'",
        "(s == 'x') + 1",
        "false || u",
        "'abc'.contains(u)",
        "'' + [u, ...]",
        "`x${u}`",
        "u =~ 'a'",
        "if (u) 1",
        "for (var x : u) x",
        "u..3",
    ] {
        assert!(
            matches!(value(script), Value::Unknown(unknown) if unknown.cause() == Some(&"a runtime input")),
            "{script}"
        );
    }
}

#[test]
fn what_does_not_need_them_is_decided() {
    for (script, expected) in [
        ("false && u", "false"),
        ("true || u", "true"),
        ("s && false", "false"),
        ("s == 'x' && false", "false"),
        ("s != null || s == 'y' || true", "true"),
        ("(s == 'x' || s == 'y') && (a == 2)", "false"),
        ("!(s == 'x') || a == 1", "true"),
        ("u && false", "false"),
        ("u == 'x' && false", "false"),
        ("s == 5 && false", "false"),
        ("s.length() == 'x' && false", "false"),
        ("s == 'x' && u && false", "false"),
        ("u || true", "true"),
        ("(u.x > 3 || u == a || a == 1) ? 'y' : u", "y"),
        ("!(u && u.x.length() > 3 && a == 2)", "true"),
        ("a ? 5 : u", "5"),
        ("[u, 7][1]", "7"),
        ("size([u, 7])", "2"),
        ("x = u + 1; 5", "5"),
        ("var f = (x) -> { 3 }; f(u)", "3"),
        ("[u, ...].size()", "1"),
    ] {
        assert_eq!(
            value(script).text().unwrap().to_string(),
            expected,
            "{script}"
        );
    }
}

#[test]
fn names_that_would_decide_an_answer_are_kept() {
    let named = |name: &str| Unknown::of_name(name, "a fact of the run");
    let scope: Scope = [
        ("a", Value::Unknown(named("a"))),
        ("b", Value::Unknown(named("b"))),
        ("s", Value::Unknown(named("s").of(UnknownClass::String))),
        ("t", Value::Unknown(named("t").with_members())),
        ("one", Value::Integer(1)),
    ]
    .into_iter()
    .collect();
    for (script, needs) in [
        ("a", "a"),
        ("a.x", "a"),
        ("a + b", "a b"),
        ("b + 1 + a + b", "a b"),
        ("a == b", "a b"),
        ("a == 'x' && b == 'y'", "a b"),
        ("a == 'x' && one == 1 && b == 'y'", "a b"),
        ("a == 'x' || one == 2 || b == 'y'", "a b"),
        ("one == 1 && b == 'y'", "b"),
        ("s == 'x' && b == 'y'", "b s"),
        ("s == 'x' && a.size() > one", "a s"),
        ("a == 'x' && nope", "a"),
        ("a ? b : 1", "a"),
        ("'x'.replace(a, b)", "a b"),
        ("a.replace('x', b)", "a b"),
        ("a.foo(nope)", "a"),
        ("a[b]", "a b"),
        ("a[nope]", "a"),
        ("`${a}-${b}`", "a b"),
        ("t", "t"),
        ("t.type", "t.type"),
        ("t.payload['ref'].x == a", "a t.payload.ref.x"),
        ("t.payload.get('ref')", "t.payload.ref"),
        ("t.x.toUpperCase() + t.y", "t.x t.y"),
        ("t['a.b'].c", "t"),
        ("t[0].c", "t"),
        ("(t.x + a).y", "a t.x"),
    ] {
        let value = Program::script(script).unwrap().run(&scope).unwrap();
        let Value::Unknown(unknown) = value else {
            panic!("{script}: {value:?}");
        };
        let found: Vec<&str> = unknown.needs().collect();
        assert_eq!(found.join(" "), needs, "{script}");
    }
}

#[test]
fn unknown_values_are_compared_by_what_they_say() {
    let named = |name: &str, cause| Unknown::of_name(name, cause);
    assert_eq!(named("a", "x"), named("a", "x"));
    assert_ne!(named("a", "x"), named("b", "x"));
    assert_ne!(named("a", "x"), named("a", "y"));
    assert_ne!(Unknown::new(1), Unknown::new("1"));
    assert_eq!(Unknown::new(1).cause::<i32>(), Some(&1));
    assert_eq!(Unknown::new(1).cause::<&str>(), None);
}

#[test]
fn very_many_names_are_not_all_kept() {
    let names: Vec<Unknown> = (0..1_000)
        .map(|at| Unknown::of_name(&at.to_string(), "x"))
        .collect();
    let all = Unknown::all(&names).unwrap();
    assert_eq!(all.needs().len(), 64);
    assert_eq!(Unknown::all(&[]), None);
}
