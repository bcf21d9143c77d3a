//! CEL: the trees of texts that parse, and the messages of those that do not; a line of the text files is a case.

use std::fmt::Write as _;

use pipewright_syntax::cel::{parse_expression, parse_island, print_expression};
use pipewright_syntax::{
    IslandId, Language, Languages, SyntaxError, SyntaxErrorKind, parse_template_of,
};

#[test]
fn trees() {
    let mut shown = String::new();
    for source in include_str!("cel/trees.txt").lines() {
        let expr = parse_expression(source).unwrap().unwrap();
        let printed = print_expression(&expr, |_| "");
        assert_eq!(
            parse_expression(&printed),
            Ok(Some(expr.clone())),
            "{printed}"
        );
        writeln!(shown, "{source}\nprinted: {printed}\n{expr:#?}\n").unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn messages() {
    let mut shown = String::new();
    for source in include_str!("cel/errors.txt").lines() {
        let error: SyntaxError = parse_expression(source).expect_err(source);
        let range = error.range.to_usize();
        let before = source[..range.start].chars().count();
        let width = source[range].chars().count().max(1);
        let marked = format!("{}{}", " ".repeat(before), "^".repeat(width));
        writeln!(
            shown,
            "{source}\n{marked}\n{:?}: {}",
            error.kind, error.message
        )
        .unwrap();
        if let Some(hint) = error.hint {
            writeln!(shown, "hint: {hint}").unwrap();
        }
        shown.push('\n');
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn blanks_and_comments_alone_are_no_expression() {
    for source in ["", " ", "\n\t", "// nothing"] {
        assert_eq!(parse_expression(source), Ok(None), "{source:?}");
    }
}

/// A text of CEL that may be read however long it is, but not however deep.
#[test]
fn nesting_is_bounded() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{a: ", "}"),
        ("f(", ")"),
        ("a[", "]"),
        ("!", ""),
        ("-", ""),
        ("a ? b : ", ""),
        ("a ?.b : ", ""),
        ("a ? ", " : c"),
        ("x || (a && (b < (", ")))"),
    ] {
        for (levels, fits) in [(10, true), (1_000, false)] {
            let text = format!("{}a{}", open.repeat(levels), close.repeat(levels));
            let read = parse_expression(&text);
            if fits {
                let expr = read.unwrap().unwrap();
                assert_eq!(
                    parse_expression(&print_expression(&expr, |_| "")),
                    Ok(Some(expr))
                );
            } else {
                let kind = read.unwrap_err().kind;
                assert_eq!(kind, SyntaxErrorKind::Nesting, "{open}");
            }
        }
    }
    for piece in [" + a", ".a", "[0]", ".f(a)", " || a", " == a", "{a: b}"] {
        let text = format!("a{}", piece.repeat(1_000));
        assert!(parse_expression(&text).is_ok(), "{piece}");
    }
}

/// What is bound by a macro, the type of a message and what comes behind a method are no references.
#[test]
fn references_are_dotted_names() {
    for (source, expected) in [
        ("a", "a"),
        ("a.b['c d'].e[0].f", "a.b['c d'].e[0].f"),
        ("a.b.size() + size(c.d)", "a.b, c.d"),
        ("a[b.c].d", "a, b.c"),
        ("a.map(x, x.b + y.c)", "a, y.c"),
        ("a.filter(x, x.all(y, y == x.z)) + x", "a, x"),
        ("a.all(i, v, v == i)", "a"),
        ("a.map(x, .x.y)", "a, x.y"),
        ("has(a.b) ? [c] : {d: e}", "a.b, c, d, e"),
        ("(a.b).c", "a.b"),
        ("Type{field: a.b}", "a.b"),
        ("\"x\".f(a)", "a"),
        ("a.`b-c`", "a.'b-c'"),
    ] {
        let expr = parse_expression(source).unwrap().unwrap();
        let paths = expr.paths();
        let printed: Vec<String> = paths
            .iter()
            .map(|path| pipewright_syntax::print_expression(path, |_| ""))
            .collect();
        assert_eq!(printed.join(", "), expected, "{source}");
    }
}

/// The inside of each island of CEL in a text of both languages: printed, or what keeps it from being read.
#[test]
fn islands() {
    for (text, expected) in [
        ("a ${{ b.c }} d", "b.c"),
        ("${{ ${{ a }}.b[<+c>] }}", "${{ a }}.b[<+c>]; a"),
        ("${{ a_<+b>.c + \"x-<+d>\" }}", "a_<+b>.c + \"x-<+d>\""),
        ("${{ <+ a == '}' > }}", "<+ a == '}' >"),
        (r"<+ ${{ a \> b }} >", "a > b"),
        ("${{ a b }}", "Unexpected at b"),
        ("${{ <+a> <+b> }}", "Unexpected at <+b>"),
        ("${{ {\"a\": {\"b\": 1}} }}", "BracesInside at {"),
        ("${{ \"}}\" + a }}", "BracesInside at \""),
        ("${{ {\"a\": {\"b\": 1}}", "Bracket at {"),
        ("${{ }}", ""),
    ] {
        let template = parse_template_of(text, Languages::JexlAndCel);
        let ids = (0..).map(IslandId).zip(&template.islands);
        let cel = ids.filter(|(_, island)| island.language == Language::Cel);
        let shown = cel.map(|(id, _)| match parse_island(text, &template, id) {
            Ok(None) => String::new(),
            Ok(Some(expr)) => {
                print_expression(&expr, |id| template.get(id).unwrap().range.slice(text))
            }
            Err(error) => format!("{:?} at {}", error.kind, error.range.slice(text)),
        });
        assert_eq!(shown.collect::<Vec<_>>().join("; "), expected, "{text}");
    }
}
