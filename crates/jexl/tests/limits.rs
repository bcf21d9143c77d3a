//! Every limit is reached, and reaching it is an error of kind `limit`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use pipewright_jexl::limits::{MAX_NUMBER_DIGITS, MAX_REGEX_LENGTH, MAX_RESULT_BYTES};
use pipewright_jexl::{ErrorKind, Program, Scope, Value};

fn kind(script: &str) -> Result<String, ErrorKind> {
    // The stack of a test thread, so that depth is bounded before the stack is.
    let script = script.to_owned();
    let run = move || {
        Program::script(&script)
            .and_then(|program| program.run(&Scope::new()))
            .map(|value| value.type_name().to_owned())
            .map_err(|error| error.kind)
    };
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
    thread.spawn(run).unwrap().join().unwrap()
}

#[test]
fn steps() {
    assert_eq!(kind("while (true) { 1 }"), Err(ErrorKind::Limit));
    assert_eq!(
        kind("for (var i : 1..2000000000) { }"),
        Err(ErrorKind::Limit)
    );
}

#[test]
fn depth() {
    assert_eq!(kind("var f = (x) -> { f(x) }; f(1)"), Err(ErrorKind::Limit));
    let nested = "(".repeat(100) + "1" + &")".repeat(100);
    assert_eq!(kind(&nested), Ok("Integer".to_owned()));
    let too_deep = "(".repeat(1000) + "1" + &")".repeat(1000);
    assert_eq!(kind(&too_deep), Err(ErrorKind::Limit));
}

#[test]
fn what_is_long_is_not_deep() {
    const PIECES: usize = 20_000;
    for (start, piece, type_name) in [
        ("1", " + 1", "Integer"),
        ("1", " * -1", "Integer"),
        ("true", " && true", "Boolean"),
        ("false", " || false", "Boolean"),
        ("1", " | 2", "Long"),
        ("{:}", ".b", "null"),
        ("'a'", ".size()", "null"),
        ("'a'", ".empty().size()", "null"),
        ("'a'", ".trim()", "String"),
        ("1", "; 2", "Integer"),
    ] {
        let script = start.to_owned() + &piece.repeat(PIECES);
        let found = kind(&script);
        assert_eq!(found, Ok(type_name.to_owned()), "{start}{piece}…");
    }
}

#[test]
fn names_with_many_dots() {
    let script = "a".to_owned() + &".b".repeat(100_000);
    assert_eq!(kind(&script), Err(ErrorKind::Limit));
}

#[test]
fn digits_of_large_numbers_cost_steps() {
    let script = "var a = 3h.pow(40000); while (true) { a.signum() }";
    assert_eq!(kind(script), Err(ErrorKind::Limit));
}

#[test]
fn bytes_of_one_text() {
    for script in [
        format!("'x'.repeat({})", MAX_RESULT_BYTES + 1),
        "var s = 'x'; while (true) { s = s + s }".to_owned(),
        "'%999999999s'.formatted('x')".to_owned(),
        "'a'.repeat(4000).replaceAll('a', 'b'.repeat(4000))".to_owned(),
        "'a'.repeat(4000).replace('a', 'b'.repeat(4000))".to_owned(),
        "(0..2000000000).iterator()".to_owned(),
        "var l = [1, ...]; for (var i : 1..99) { l = [l, l, ...] } '' + l".to_owned(),
    ] {
        assert_eq!(kind(&script), Err(ErrorKind::Limit), "{script}");
    }
}

#[test]
fn bytes_of_all_values() {
    let kept = "var l = [...]; var s = 'x'.repeat(1000000); while (true) { l.add(s + 1) }";
    let script = kept.replace("[...]", "[1, ...]");
    assert_eq!(kind(&script), Err(ErrorKind::Limit));
}

#[test]
fn digits() {
    assert_eq!(
        kind("var n = 10H; while (true) { n = n * n }"),
        Err(ErrorKind::Limit)
    );
    assert_eq!(kind("10H.pow(2000000000)"), Err(ErrorKind::Limit));
    assert_eq!(kind("1e999999999b + 1"), Err(ErrorKind::Limit));
    let literal = "9".repeat(MAX_NUMBER_DIGITS + 1);
    assert_eq!(kind(&literal), Err(ErrorKind::Limit));
}

#[test]
fn regular_expressions() {
    assert_eq!(
        kind("'a'.repeat(64).matches('(?:(a+)+\\\\1)+b')"),
        Err(ErrorKind::Limit)
    );
    let long = "a?".repeat(MAX_REGEX_LENGTH);
    assert_eq!(kind(&format!("'a' =~ '{long}'")), Err(ErrorKind::Limit));
}

#[test]
fn a_value_that_would_hold_itself_is_refused_when_it_is_made() {
    for script in [
        "var l = [1, ...]; l[0] = l",
        "var l = [1, ...]; l.add([l, ...])",
        "var l = [1, ...]; l.add(0, {'a': l})",
        "var l = [1, ...]; l.addAll([[l], ...])",
        "var l = [1, ...]; l.addAll(0, [l, ...])",
        "var l = [1, ...]; l.set(0, {l})",
        "var l = [[1, ...], ...]; l[0].add(l.stream())",
        "var l = [[1, ...], ...]; l[0].add(l.iterator())",
        "var l = [[1, ...], ...]; l[0].add(l.stream().findFirst())",
        "var l = [1, ...]; l.add(() -> { l })",
        "var m = {'a': 1}; m.b = m",
        "var m = {'a': 1}; m['b'] = [m]",
        "var m = {'a': 1}; m.put('b', [m, ...])",
        "var m = {'a': 1}; m.put([m, ...], 1)",
        "var m = {'a': 1}; m.putIfAbsent('b', m)",
        "var m = {'a': 1}; m.replace('a', m)",
        "var m = {'a': 1}; m.replace('a', 1, m)",
        "var m = {'a': 1}; m.putAll({'b': m})",
        "var m = {'a': [1, ...]}; m.a.add(m.entrySet())",
        "var m = {'a': [1, ...]}; m.a.add(m.values())",
        "var s = {'a'}; s.add(s)",
        "var s = {'a'}; s.addAll([[s], ...])",
        "var a = [1, 'a']; a[0] = a",
        "var a = [1, 'a']; a.set(0, [a, ...])",
        "var a = [1, 'a']; [a, ...].toArray(a)",
        "var f = (x, y) -> { x.add(y) }; var l = [1, ...]; f(l, l)",
    ] {
        assert_eq!(kind(script), Err(ErrorKind::Limit), "{script}");
    }
    let shared = "var l = [1, ...]; var m = {'a': l, 'b': l}; m.c = [l, m.a]; m.c.size()";
    assert_eq!(kind(shared), Ok("Integer".to_owned()));
}

#[test]
fn java_facilities_are_refused() {
    for script in [
        "new('java.io.File', '/')",
        "'x'.class",
        "'x'.getClass().forName('java.lang.Runtime')",
        "{:}.class",
        "[1].getClass()",
        "1.wait()",
    ] {
        assert_eq!(kind(script), Err(ErrorKind::Refused), "{script}");
    }
}

#[test]
fn a_program_runs_on_any_thread() {
    fn shared<T: Send + Sync>(_: &T) {}
    let program = Program::expression("a + 1").unwrap();
    shared(&program);
    shared(&Value::Null);
    let copy = program.clone();
    let sum = std::thread::spawn(move || {
        let scope: Scope = [("a", Value::Integer(2))].into_iter().collect();
        copy.run(&scope).unwrap().as_i64()
    });
    assert_eq!(sum.join().unwrap(), Some(3));
}

#[test]
fn work_is_charged_by_its_size() {
    let text = "var s = 'x'.repeat(4000000); while (true) { s.hashCode() }";
    assert_eq!(kind(text), Err(ErrorKind::Limit));
    let search = "'x'.repeat(4000000).indexOf('x'.repeat(2000000) + 'y')";
    assert_eq!(kind(search), Ok("Integer".to_owned()));
    let distinct =
        "var l = [0, ...]; for (var i : 1..60000) l.add(i); l.stream().distinct().count()";
    assert_eq!(kind(distinct), Ok("Long".to_owned()));
    let scans = "'x'.repeat(100000).replaceAll('.*[^x]|x', '').length()";
    assert_eq!(kind(scans), Err(ErrorKind::Limit));
}

#[test]
fn long_work_ends_in_time() {
    const LIST: &str = "var l = [0, ...]; for (var i : 1..50000) l.add(i);";
    let texts = "var s = 'é'.repeat(2000000); var t = s + 'x';";
    let digits = "var n = 7H.pow(10000); var d = 1B / 3B * n;";
    let name = "n".repeat(900_000);
    for (start, body) in [
        (LIST, "for (var x : l) { break; }"),
        (LIST, "l.subList(0, 40000)"),
        (LIST, "l.add(0, 1)"),
        (LIST, "l.retainAll(l)"),
        (LIST, "l =~ l"),
        (LIST, "l < 'x'"),
        (texts, "s < t"),
        (texts, "s =^ t"),
        (texts, "size(s)"),
        (texts, "s.charAt(7)"),
        (texts, "{s: 1}[s]"),
        (texts, "s.lastIndexOf('x' + s)"),
        (texts, "t.substring(0, 9)"),
        (digits, "n / 3H"),
        (digits, "n % (n - 1H)"),
        (digits, "'' + n"),
        (digits, "n < d"),
        (digits, "!d"),
        ("", "1e19000b & 1"),
        ("", "2H.pow(60000)"),
        ("", &format!("{{:}}.{name}")),
    ] {
        let script = format!("{start} while (true) {{ {body} }}");
        let shown = &body[..body.len().min(40)];
        assert_eq!(kind(&script), Err(ErrorKind::Limit), "{shown}");
    }
}

#[test]
fn halves_of_pairs_are_found_and_replaced_in_linear_time() {
    let cut = "var s = '😀'.substring(0, 1); var l = ('a' + s).repeat(200000);";
    for (call, number) in [
        ("l.indexOf(l + 'x')", -1),
        ("l.lastIndexOf('x' + l)", -1),
        ("l.lastIndexOf(s)", 399_999),
        ("l.indexOf(s, 2)", 3),
        ("l.replace(s, 'b').indexOf('aab')", -1),
        ("l.replace('a' + s, '').length()", 0),
    ] {
        let program = Program::script(&format!("{cut} {call}")).unwrap();
        let found = program.run(&Scope::new()).unwrap().as_i64();
        assert_eq!(found, Some(number), "{call}");
    }
}

#[test]
fn memory_is_charged_where_it_grows() {
    let doubled = "var a = [1, ...]; while (true) a.addAll(a)";
    assert_eq!(kind(doubled), Err(ErrorKind::Limit));
    let groups = format!("'x'.repeat(8000000).replaceAll('{}', '')", "()".repeat(60));
    assert_eq!(kind(&groups), Err(ErrorKind::Limit));
}

#[test]
fn sources_and_precisions_have_a_maximum() {
    assert_eq!(kind(&"1;".repeat(7_000_000)), Err(ErrorKind::Limit));
    assert_eq!(kind("'%.65536e'.formatted(1.5)"), Err(ErrorKind::Limit));
}

#[test]
fn optionals_nested_deep_have_no_text() {
    let nested = "var a = [1, ...].stream().findFirst(); \
        for (var i : 0..19999) { a = [a, ...].stream().findFirst() } '' + a";
    assert_eq!(kind(nested), Err(ErrorKind::Limit));
}
