//! Deep, long and hostile texts: bounded depth, on threads with small stacks.
#![allow(clippy::unwrap_used, reason = "a test")]

use pipewright_syntax::{
    Expr, MAX_NESTING, SyntaxErrorKind, parse_expression, parse_script, parse_template,
    print_expression,
};

/// Runs a test on a thread of 2 MiB, as test and worker threads have.
fn on_small_stack(test: impl FnOnce() + Send + 'static) {
    on_stack(2 << 20, test);
}

fn on_stack(bytes: usize, test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(bytes).spawn(test);
    thread.unwrap().join().unwrap();
}

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    open.repeat(depth) + inner + &close.repeat(depth)
}

fn count(expr: &Expr) -> usize {
    let mut count = 0;
    expr.walk(&mut |_| count += 1);
    count
}

/// What nests, as (opening, innermost, closing).
const NESTINGS: &[(&str, &str, &str)] = &[
    ("(", "a", ")"),
    ("[", "a", "]"),
    ("{", "a", "}"),
    ("a[", "0", "]"),
    ("f(", "a", ")"),
    ("!", "a", ""),
    ("- ", "a", ""),
    ("not ", "a", ""),
    ("a ? b : ", "c", ""),
    ("a ?: ", "c", ""),
    ("a ? ", "b", " : c"),
    ("a = ", "b", ""),
    ("a || b && c | d ^ e & f == g < h + i * (", "a", ")"),
    ("(1 + -(x).y(", "a", "))"),
    ("x -> {", "a", "}"),
    ("-a(-", "a", ")"),
    ("{a : ", "b", "}"),
];

#[test]
fn what_nests_too_deep_is_refused_and_the_rest_can_be_walked_printed_and_dropped() {
    on_small_stack(|| {
        for (open, inner, close) in NESTINGS {
            for depth in [1, 8, 20, 40, 100, 128, 129, 500, 5_000] {
                let text = nested(open, inner, close, depth);
                match parse_expression(&text) {
                    Ok(expr) => {
                        let expr = expr.unwrap();
                        assert!(depth <= MAX_NESTING, "{open} x {depth} was accepted");
                        assert!(count(&expr) >= depth);
                        let printed = print_expression(&expr, |_| "");
                        assert_eq!(parse_expression(&printed).unwrap().unwrap(), expr.clone());
                    }
                    Err(error) => {
                        assert_eq!(
                            error.kind,
                            SyntaxErrorKind::Nesting,
                            "{open} x {depth}: {error}"
                        );
                        assert!(depth > 8, "{open} x {depth} was refused");
                    }
                }
            }
        }
    });
}

#[test]
fn brackets_up_to_the_limit_are_accepted() {
    on_small_stack(|| {
        for (open, close) in [("(", ")"), ("[", "]"), ("f(", ")")] {
            assert!(parse_expression(&nested(open, "a", close, MAX_NESTING)).is_ok());
        }
    });
}

#[test]
fn statements_that_nest_too_deep_are_refused() {
    on_small_stack(|| {
        for (open, inner, close) in [
            ("if (a) ", "b", ""),
            ("if (a) {", "b", "}"),
            ("if (a) b; else ", "c", ""),
            ("while (a) {", "b", "}"),
            ("for (x : y) ", "z", ""),
            ("{ ", ";", " ; }"),
        ] {
            assert!(
                parse_script(&nested(open, inner, close, 20)).is_ok(),
                "{open}"
            );
            let error = parse_script(&nested(open, inner, close, 5_000)).unwrap_err();
            assert_eq!(error.kind, SyntaxErrorKind::Nesting, "{open}");
        }
    });
}

#[test]
fn long_flat_texts_are_accepted() {
    // A walk or drop that went one level deeper for each piece would have 21 bytes for it, which is less than any call
    // takes.
    const STACK: usize = 256 << 10;
    const PIECES: usize = STACK / 21;
    on_stack(STACK, || {
        for piece in [
            " + a",
            " && a",
            " - a",
            ".b",
            "[0]",
            ".f(x)",
            " || a.b == 'c'",
            " * 2 + -3",
        ] {
            let text = "a".to_owned() + &piece.repeat(PIECES);
            let expr = parse_expression(&text).unwrap().unwrap();
            assert!(count(&expr) >= 2);
            assert_eq!(print_expression(&expr, |_| ""), text);
        }
        let arguments = format!("f(a{})", ", a ? b : c".repeat(10_000));
        assert!(parse_expression(&arguments).is_ok());
        assert!(parse_script(&"if (a) { b; } else { c; } ".repeat(2_000)).is_ok());
        assert!(parse_script(&"a = -b; ".repeat(10_000)).is_ok());
    });
}

#[test]
fn deep_and_many_islands() {
    on_small_stack(|| {
        assert_eq!(parse_template(&"<+".repeat(100_000)).islands.len(), 0);
        let deep = parse_template(&nested("<+", "a", ">", 100_000));
        assert_eq!(deep.islands.len(), MAX_NESTING + 1);
        assert_eq!(
            parse_template(&"<+a>".repeat(100_000)).islands.len(),
            100_000
        );
        let backslashes = nested("<+", &("\\".repeat(5_000) + ">"), ">", 5_000);
        assert!(parse_template(&backslashes).unclosed.is_none());
    });
}
