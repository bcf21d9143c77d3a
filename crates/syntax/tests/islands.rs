//! Predicates and the insides of islands: which island stands where, and that ranges are those of the whole text.

use pipewright_source::TextRange;
use pipewright_syntax::{
    Expr, ExprKind, IslandId, LinkKind, MAX_NESTING, MAX_SOURCE_BYTES, Piece, SyntaxErrorKind,
    parse_expression, parse_island, parse_predicate, parse_script, parse_template,
    print_expression,
};

fn predicate(text: &str) -> Expr {
    parse_predicate(text, &parse_template(text))
        .expect("it parses")
        .expect("it is not empty")
}

fn island(text: &str, id: u32) -> Expr {
    parse_island(text, &parse_template(text), IslandId(id))
        .expect("it parses")
        .expect("it is not empty")
}

/// The texts of the expression's parts, parents before children.
fn parts<'t>(text: &'t str, expr: &Expr) -> Vec<&'t str> {
    let mut parts = Vec::new();
    expr.walk(&mut |part| parts.push(part.range.slice(text)));
    parts
}

fn text(text: &str) -> Piece {
    Piece::Text(text.into())
}

#[test]
fn an_island_stands_for_a_name() {
    let source = "<+a.b> == \"prod\" && <+c>";
    let expr = predicate(source);
    assert_eq!(
        parts(source, &expr),
        [source, "<+a.b> == \"prod\"", "<+a.b>", "\"prod\"", "<+c>"]
    );
    let mut islands = Vec::new();
    expr.walk(&mut |part| {
        if let ExprKind::Name(name) = &part.kind {
            islands.extend(name.as_island());
        }
    });
    assert_eq!(islands, [IslandId(0), IslandId(1)]);
}

#[test]
fn islands_are_parts_of_names_paths_and_strings() {
    let source = "x<+a>y.z<+b>.<+c>['p<+d>q']";
    let expr = predicate(source);
    let ExprKind::Chain { head, links } = &expr.kind else {
        panic!("{expr:?} is no chain");
    };
    let ExprKind::Name(name) = &head.kind else {
        panic!("{head:?} is no name");
    };
    assert_eq!(
        name.pieces,
        [text("x"), Piece::Island(IslandId(0)), text("y")]
    );
    assert_eq!(name.range.slice(source), "x<+a>y");
    let texts: Vec<&str> = links.iter().map(|link| link.range.slice(source)).collect();
    assert_eq!(texts, [".z<+b>", ".<+c>", "['p<+d>q']"]);
    let [
        LinkKind::Name(first),
        LinkKind::Name(second),
        LinkKind::Index(index),
    ] = [&links[0].kind, &links[1].kind, &links[2].kind]
    else {
        panic!("{links:?} are other links");
    };
    assert_eq!(first.pieces, [text("z"), Piece::Island(IslandId(1))]);
    assert_eq!(second.as_island(), Some(IslandId(2)));
    let ExprKind::Str(literal) = &index.kind else {
        panic!("{index:?} is no string");
    };
    assert_eq!(
        literal.pieces,
        [text("p"), Piece::Island(IslandId(3)), text("q")]
    );
    assert_eq!(literal.range.slice(source), "'p<+d>q'");
}

#[test]
fn inside_an_island_ranges_are_those_of_the_text() {
    let source = "echo <+ a.<+b>.c + 'é' > done";
    assert_eq!(
        parts(source, &island(source, 0)),
        ["a.<+b>.c + 'é'", "a.<+b>.c", "a", "'é'"]
    );
    assert_eq!(parts(source, &island(source, 1)), ["b"]);
}

#[test]
fn escaped_signs_count_as_greater_and_keep_their_ranges() {
    let source = "x: <+a \\> b && c \\>= 1>";
    let expr = island(source, 0);
    assert_eq!(
        parts(source, &expr),
        [
            "a \\> b && c \\>= 1",
            "a \\> b",
            "a",
            "b",
            "c \\>= 1",
            "c",
            "1"
        ]
    );
    assert_eq!(Some(expr), parse_expression("a > b && c >= 1").unwrap());
}

#[test]
fn an_island_inside_keeps_its_own_escapes() {
    let source = "<+a + <+b \\\\> c> + d>";
    assert_eq!(
        parts(source, &island(source, 0)),
        ["a + <+b \\\\> c> + d", "a", "<+b \\\\> c>", "d"]
    );
    assert_eq!(parts(source, &island(source, 1)), ["b \\\\> c", "b", "c"]);
}

#[test]
fn mistakes_have_ranges_of_the_text() {
    let source = "ok <+a.<+b> == \"x>";
    let error = parse_island(source, &parse_template(source), IslandId(0)).unwrap_err();
    assert_eq!(error.kind, SyntaxErrorKind::UnterminatedString);
    assert_eq!(error.range, TextRange::of(15, 16));
    let source = "<+a> == \u{E000}";
    let error = parse_predicate(source, &parse_template(source)).unwrap_err();
    assert_eq!(
        (error.kind, error.range),
        (SyntaxErrorKind::Character, TextRange::of(8, 11))
    );
}

#[test]
fn printing_puts_the_islands_back() {
    let source = "x<+a.b> == 'p<+c>' && <+d>.e";
    let template = parse_template(source);
    let expr = predicate(source);
    let printed = print_expression(&expr, |id| {
        template.islands[id.0 as usize].range.slice(source)
    });
    assert_eq!(printed, source);
}

#[test]
fn islands_too_deep_are_refused() {
    let deep = "<+".repeat(MAX_NESTING + 2) + "a" + &">".repeat(MAX_NESTING + 2);
    let template = parse_template(&deep);
    let last = IslandId(u32::try_from(template.islands.len() - 1).unwrap());
    let error = parse_island(&deep, &template, last).unwrap_err();
    assert_eq!(error.kind, SyntaxErrorKind::Nesting);
}

#[test]
fn a_message_shows_islands_as_they_are_written() {
    for (source, shown) in [
        (
            "<+a> <+b.c>",
            "after `<+a>` an operator or the end is expected, not `<+b.c>`",
        ),
        (
            "(<+a> v_<+b>",
            "after `<+a>` an operator or `)` is expected, not `v_<+b>`",
        ),
        ("<+a> == ) <+b>", "this `)` closes nothing"),
        ("1<+a>", "`1<+a>` is no number"),
        ("<+a>.b ? <+c> : f(<+d>)", ""),
    ] {
        let error = parse_predicate(source, &parse_template(source)).unwrap_err();
        let said = [Some(error.message.clone()), error.hint].map(Option::unwrap_or_default);
        assert!(!said.concat().contains('\u{E000}'), "{source}: {said:?}");
        assert!(
            shown.is_empty() || error.message == shown,
            "{source}: {said:?}"
        );
    }
}

#[test]
fn a_source_has_a_longest_length() {
    let longest = " ".repeat(MAX_SOURCE_BYTES - 1) + "a";
    assert!(parse_expression(&longest).is_ok_and(|expr| expr.is_some()));
    let longer = longest + "a";
    let kinds = [
        parse_expression(&longer).map(drop),
        parse_script(&longer).map(drop),
        parse_predicate(&longer, &parse_template(&longer)).map(drop),
    ]
    .map(|read| read.map_err(|error| error.kind));
    assert_eq!(
        kinds,
        [
            Err(SyntaxErrorKind::TooLong),
            Err(SyntaxErrorKind::TooLong),
            Err(SyntaxErrorKind::TooLong)
        ]
    );
}
