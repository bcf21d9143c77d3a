//! Twice the text takes about twice the time, whatever it is made of.
//!
//! Each case is measured at n and 8n, the fastest of a few runs each. Linear cases take eight times as long, quadratic
//! ones 64 times; what is exponential would not end. The bounds leave room for busy machines.

use std::hint::black_box;
use std::time::{Duration, Instant};

use pipewright_syntax::{
    Language, cel, parse_expression, parse_script, parse_template, tokens, tokens_of,
};

/// A text that can be made as long as wanted: what it begins with, what is repeated, what it ends with.
type Growing = (&'static str, &'static str, &'static str);

const EXPRESSIONS: &[Growing] = &[
    ("a", " + a", ""),
    ("a", ".b", ""),
    ("a", ".f(x)[0]", ""),
    ("[a", ", a ? b : c", "]"),
    ("{a: b", ", a: 'b'", "}"),
    ("f(", "x -> {y}, ", "x)"),
    ("a", " /* x */", ""),
    ("a", " // x\n", ""),
    ("a /*", "*", ""),
    ("", "/*", ""),
    ("'", "a", "'"),
    ("'", "\\'", ""),
    ("\"", "'a", ""),
    ("", "'\"`", ""),
    ("a", " ", "b"),
    ("a", "a", ""),
    ("1", "1e", ""),
    ("(a", ", a", ") + 1"),
    ("", "a : b ", ""),
    ("a", "(", ""),
    ("a", "[)", ""),
    ("a", "..", ""),
    ("", "<+a ", ""),
];

const CEL: &[Growing] = &[
    ("a", " + a", ""),
    ("a", ".b", ""),
    ("a", ".f(x)[0]", ""),
    ("[a", ", a ? b : c", "]"),
    ("{a: b", ", a: 'b'", "}"),
    ("a{b: c", ", ?b: 'c'", "}"),
    ("'", "a", "'"),
    ("'", "\\'", ""),
    ("r'", "a", ""),
    ("", "'\"`", ""),
    ("\"\"\"", "\"\"a", ""),
    ("a", " ", "b"),
    ("a", "a", ""),
    ("1", "1", "x"),
    ("1.", " ", ""),
    ("a", "(", ""),
    ("a", "[)", ""),
    ("a", "..", ""),
    ("a", " ? b", ""),
    ("", "// x\n", ""),
];

const SCRIPTS: &[Growing] = &[
    ("", "a = -b; ", ""),
    ("", "if (a) { b; } else { c; } ", ""),
    ("", "{ a; } ", ""),
    ("{", "a, ", "b};"),
    ("{", "/*", ""),
    ("{ ", "'\\'", ""),
    ("", "{ a; 'b ", ""),
];

/// What nests and then goes wrong, within the limit on nesting: nothing may be read once per alternative on each level.
const NESTINGS: &[Growing] = &[
    ("{", "((", "#"),
    ("{", "[{(", ""),
    ("", "{x -> {a; ", "#"),
    ("", "{ {a; ", "#"),
    ("", "{ if (a) {b; ", "#"),
    ("", "t ? a : f(", "#"),
    ("", "{a : f(", "#"),
    ("", "f(x -> {", "#"),
    ("", "{a : {", "#"),
    ("", "[(a, ", "#"),
];

/// The same for CEL.
const CEL_NESTINGS: &[Growing] = &[
    ("", "((", "#"),
    ("", "[{a: ", "#"),
    ("", "[?{?", "#"),
    ("", "t ? a : f(", "#"),
    ("", "a{b: ", "#"),
    ("", "a.f(b[", "#"),
];

fn fastest(run: impl Fn()) -> Duration {
    let times = (0..3).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn grown((start, piece, end): Growing, bytes: usize) -> String {
    format!("{start}{}{end}", piece.repeat(bytes / piece.len()))
}

fn assert_linear(case: Growing, read: impl Fn(&str)) {
    const BYTES: usize = 1_500;
    let time = |text: String| fastest(|| read(black_box(&text)));
    // A busy machine may slow down one measurement, not each of them.
    let linear = (0..6).any(|_| {
        let (short, long) = (time(grown(case, BYTES)), time(grown(case, 8 * BYTES)));
        long < 24 * short + Duration::from_micros(500)
    });
    assert!(linear, "{case:?} takes more than linear time");
}

#[test]
fn long_texts_take_linear_time() {
    for case in EXPRESSIONS {
        assert_linear(*case, |text| drop(parse_expression(text)));
        assert_linear(*case, |text| drop(tokens(text)));
    }
    for case in CEL {
        assert_linear(*case, |text| drop(cel::parse_expression(text)));
        assert_linear(*case, |text| drop(tokens_of(text, Language::Cel)));
    }
    for case in SCRIPTS {
        assert_linear(*case, |text| drop(parse_script(text)));
    }
    for case in [
        ("", "<+a> ", ""),
        ("", "<+", ""),
        ("", "a\\", ">"),
        ("", "text ", ""),
    ] {
        assert_linear(case, |text| drop(parse_template(text)));
    }
}

#[test]
fn deep_mistakes_take_no_longer_than_their_text() {
    for (start, piece, end) in NESTINGS.iter().chain(CEL_NESTINGS) {
        for levels in [10, 20, 40] {
            let text = format!("{start}{}{end}", piece.repeat(levels));
            let time = fastest(|| {
                let _ = black_box((parse_script(&text), parse_expression(&text)));
                let _ = black_box(cel::parse_expression(&text));
            });
            assert!(time < Duration::from_millis(500), "{text} took {time:?}");
        }
    }
}
