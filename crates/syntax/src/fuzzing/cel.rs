//! Properties of CEL and of texts with islands of both languages, and texts to try them on.

use super::bytes::Bytes;
use super::check_template;
use crate::cel::{parse_expression, parse_island, parse_text, print_expression};
use crate::{
    IslandId, Language, Languages, Template, has_island_of, parse_balanced, parse_template_of,
    tokens_of,
};

/// How deep a made expression nests at most.
const MAX_DEPTH: usize = 5;

/// Reads a text, or one made from the bytes, as CEL and as a text with islands of both languages.
///
/// # Panics
/// If a property does not hold.
pub fn check_cel(data: &[u8]) {
    if !Bytes::makes_text(data) {
        return check_text(&String::from_utf8_lossy(data));
    }
    let mut bytes = Bytes::new(data);
    let made = expression(0, &mut bytes);
    let template = parse_template_of(&made, Languages::JexlAndCel);
    let read = parse_text(&made, &template);
    assert!(read.is_ok(), "{made}\n{read:?}");
    check_text(&made);
    check_text(&format!("a ${{{{ {made} }}}} <+b> {made}"));
    // With a piece left out it may be anything.
    let cut = bytes.below(made.len() + 1);
    let rest = made.get(cut..).unwrap_or("");
    check_text(&format!("${{{{{rest}"));
}

fn check_text(text: &str) {
    let mut at = 0;
    for token in tokens_of(text, Language::Cel) {
        assert_eq!(token.range.start(), at, "a gap between tokens");
        at = token.range.end();
    }
    assert_eq!(at as usize, text.len(), "tokens end too early");
    match parse_expression(text) {
        Ok(None) => {}
        Ok(Some(expr)) => {
            let printed = print_expression(&expr, |_| "");
            assert_eq!(parse_expression(&printed), Ok(Some(expr)), "{printed}");
        }
        Err(error) => assert!(text.get(error.range.to_usize()).is_some(), "{error:?}"),
    }
    check_template(text, &parse_balanced(text));
    let template = parse_template_of(text, Languages::JexlAndCel);
    check_template(text, &template);
    let has_island = has_island_of(text, Languages::JexlAndCel);
    assert_eq!(has_island, !template.islands.is_empty());
    let ids = (0..64).map(IslandId).zip(&template.islands);
    for (id, _) in ids.filter(|(_, island)| island.language == Language::Cel) {
        check_island(text, &template, id);
    }
}

/// An island that can be read is printed with the islands in it and read again; the paths in it have places in the
/// text.
fn check_island(text: &str, template: &Template, id: IslandId) {
    match parse_island(text, template, id) {
        Ok(None) => {}
        Ok(Some(expr)) => {
            let island = |id| {
                let island = template.get(id).expect("an island of the text");
                island.range.slice(text)
            };
            for path in expr.paths() {
                assert!(text.get(path.range.to_usize()).is_some());
            }
            // Without the islands around it a backslash before `>` means something else.
            if text.contains('\\') {
                return;
            }
            let printed = print_expression(&expr, island);
            let around = parse_template_of(&printed, Languages::JexlAndCel);
            let read = parse_text(&printed, &around);
            let read = read
                .expect("what is printed can be read")
                .expect("an expression");
            let again = |id| {
                around
                    .get(id)
                    .map_or("", |island| island.range.slice(&printed))
            };
            assert_eq!(print_expression(&read, again), printed);
        }
        Err(error) => assert!(text.get(error.range.to_usize()).is_some(), "{error:?}"),
    }
}

/// An expression that can be read.
fn expression(depth: usize, bytes: &mut Bytes<'_>) -> String {
    if depth >= MAX_DEPTH {
        return leaf(bytes);
    }
    let first = expression(depth + 1, bytes);
    let second = expression(depth + 1, bytes);
    match bytes.below(14) {
        0..=2 => leaf(bytes),
        3 => format!("({first})"),
        4 | 5 => {
            let operators = [
                "+", " - ", "*", "/", "%", "&&", " || ", "==", "!=", "<", ">=", " in ",
            ];
            format!("({first}){}({second})", bytes.pick(&operators))
        }
        6 => format!("{}({first})", bytes.pick(&["!", "-", "!!", "- "])),
        7 => format!("({first})?{second}:({second})"),
        8 => format!("[{first}, ?({second})]"),
        9 => format!("{{({first}): {second},}}"),
        10 => format!("{}({first})", bytes.pick(&["size", "has", ".f", "int"])),
        11 => format!(
            "a.{}(x, {first})",
            bytes.pick(&["map", "exists", "f", "`b-c`"])
        ),
        12 => format!("a[{first}].b"),
        _ => format!("Type{{field: {first}, ?b: {second}}}"),
    }
}

fn leaf(bytes: &mut Bytes<'_>) -> String {
    let leaves = [
        "a",
        "inputs.tag",
        "a.b[\"c-d\"]",
        "1",
        "2.5",
        "0x1Fu",
        "\"x\"",
        "'it\\'s'",
        "r'\\d'",
        "b\"\\x00\"",
        "\"\"\"a\"b\"\"\"",
        "null",
        "true",
        "<+a.b>",
        "${{ a }}",
        "a_<+b>.c",
        "\"x-<+y>\"",
        "${{ a.<+b> }}.c",
        "a.?b",
        "for.iteration",
    ];
    bytes.pick(&leaves).to_owned()
}
