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
        "u && false",
        "u == 'x' && false",
        "s == 5 && false",
        "s.length() == 'x' && false",
        "s == 'x' && true",
        "s == 'x' && nope",
        "s == 'x' && nope && false",
        "s == 'x' && u && false",
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
            matches!(value(script), Value::Unknown(unknown) if &**unknown.reason() == "a runtime input"),
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
