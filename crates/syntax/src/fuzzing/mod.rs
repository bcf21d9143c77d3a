//! Properties that hold for every text and for every tree, and the texts and trees to try them on, made from bytes.
//! The fuzz targets and the tests call them.

mod bytes;
mod cel;
mod restyle;
mod script;
mod text;
mod tree;
mod words;

pub use bytes::{Bytes, scattered};
pub use cel::check_cel;
pub use restyle::restyle;
pub use text::{Kind, made_template, made_text};
pub use tree::Maker;
pub use words::{VARIABLES, Words};

use crate::marks::check_marks;
use crate::parse::expression_by_grammar;
use crate::program::Program;
use crate::{
    IslandId, Language, Template, parse_expression, parse_island, parse_island_script,
    parse_predicate, parse_predicate_script, parse_runtime_input, parse_script, parse_template,
    print_expression, print_script, tokens,
};

/// Reads a text as everything it could be, or makes one from the bytes first (see [`Bytes::makes_text`]).
///
/// # Panics
/// If a property does not hold.
pub fn check_expression(data: &[u8]) {
    if !Bytes::makes_text(data) {
        return check_text(&String::from_utf8_lossy(data));
    }
    let mut bytes = Bytes::new(data);
    let kind = if bytes.chance(128) {
        Kind::Script
    } else {
        Kind::Expression
    };
    check_text(&made_text(kind, Words::default(), &mut bytes));
}

/// The same for a text with islands.
///
/// # Panics
/// If a property does not hold.
pub fn check_island_text(data: &[u8]) {
    let text = if Bytes::makes_text(data) {
        made_text(Kind::Template, Words::default(), &mut Bytes::new(data))
    } else {
        String::from_utf8_lossy(data).into_owned()
    };
    check_text(&text);
    let template = parse_template(&text);
    for island in template.islands.iter().take(64) {
        let _ = parse_runtime_input(island.range.slice(&text));
    }
}

/// The same for a predicate; what parses is printed and read again.
///
/// # Panics
/// If a property does not hold.
pub fn check_predicate(data: &[u8]) {
    if !Bytes::makes_text(data) {
        return check_text(&String::from_utf8_lossy(data));
    }
    check_made_predicate(data);
    check_text(&made_text(
        Kind::Predicate,
        Words::default(),
        &mut Bytes::new(data),
    ));
}

/// A text is printed and read again, or a tree made from the bytes is.
///
/// # Panics
/// If a property does not hold.
pub fn check_printing(data: &[u8]) {
    if Bytes::makes_text(data) {
        check_made_tree(data);
    } else {
        check_print(&String::from_utf8_lossy(data));
    }
}

/// Reads `text` as everything it could be, and checks what must hold.
///
/// # Panics
/// If a property does not hold.
pub fn check_text(text: &str) {
    check_tokens(text);
    check_print(text);
    check_path(text);
    check_marks(text);
    let template = parse_template(text);
    check_template(text, &template);
    check_predicate_print(text, &template);
    let _ = parse_predicate_script(text, &template);
    for index in 0..template.islands.len().min(64) {
        let island = IslandId(u32::try_from(index).expect("at most 64"));
        if let Err(error) = parse_island(text, &template, island) {
            assert!(
                text.get(error.range.to_usize()).is_some(),
                "{error:?} does not fit the text"
            );
        }
        let _ = parse_island_script(text, &template, island);
    }
}

/// A tree made from bytes is printed, read and printed again without a change, however the program is spelled.
///
/// # Panics
/// If the property does not hold.
pub fn check_made_tree(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let as_script = bytes.chance(128);
    let mut maker = Maker::new(bytes, Words::default());
    if as_script {
        let script = maker.script();
        let printed = print_script(&script, |_| "");
        assert_eq!(
            parse_script(&printed).as_ref(),
            Ok(&script),
            "printed as {printed}"
        );
        let spelled = restyle(&printed, &mut maker.into_bytes());
        assert_eq!(parse_script(&spelled), Ok(script), "written as {spelled}");
    } else {
        let expr = maker.expr();
        let printed = print_expression(&expr, |_| "");
        assert_eq!(
            parse_expression(&printed).as_ref(),
            Ok(&Some(expr.clone())),
            "printed as {printed}"
        );
        let spelled = restyle(&printed, &mut maker.into_bytes());
        assert_eq!(
            parse_expression(&spelled),
            Ok(Some(expr)),
            "written as {spelled}"
        );
    }
}

/// A predicate made from bytes, with islands in names and strings, is printed and read again without a change.
///
/// # Panics
/// If the property does not hold.
pub fn check_made_predicate(data: &[u8]) {
    const ISLANDS: [&str; 5] = ["<+a>", "<+b.c>", "<+a.b('x')>", "<+ a == 1 >", "<+input>"];
    let mut maker = Maker::with_islands(Bytes::new(data), Words::default());
    let expr = maker.expr();
    let island = |id: IslandId| ISLANDS[id.0 as usize % ISLANDS.len()];
    let printed = print_expression(&expr, island);
    let template = parse_template(&printed);
    assert_eq!(
        template.islands.len(),
        maker.islands() as usize,
        "islands of {printed}"
    );
    assert_eq!(
        parse_predicate(&printed, &template),
        Ok(Some(expr)),
        "printed as {printed}"
    );
}

/// Tokens stand side by side from the first byte to the last.
/// What is read as a path without the grammar is the same tree, with the same ranges, as with it.
///
/// # Panics
/// If the property does not hold.
pub fn check_path(text: &str) {
    let program = Program::plain(text);
    if let Some(path) = program.path() {
        let expected = expression_by_grammar(&program).expect("the grammar reads a path");
        // Equality leaves ranges out.
        let expected = expected.map(|expected| format!("{expected:?}"));
        assert_eq!(Some(format!("{path:?}")), expected, "{text:?}");
    }
}

fn check_tokens(text: &str) {
    let mut at = 0;
    for token in tokens(text) {
        assert_eq!(token.range.start(), at, "a gap between tokens");
        assert!(!token.range.is_empty(), "an empty token");
        at = token.range.end();
    }
    assert_eq!(at as usize, text.len(), "tokens end too early");
}

/// What parses can be walked and printed, and what is printed parses to the same tree.
///
/// # Panics
/// If the property does not hold.
pub fn check_print(text: &str) {
    let no_island = |_| "";
    match parse_expression(text) {
        Ok(Some(expr)) => {
            let printed = print_expression(&expr, no_island);
            assert_eq!(
                parse_expression(&printed),
                Ok(Some(expr)),
                "printed as {printed}"
            );
        }
        Ok(None) => {}
        Err(error) => {
            assert!(
                text.get(error.range.to_usize()).is_some(),
                "{error:?} does not fit the text"
            );
        }
    }
    if let Ok(script) = parse_script(text) {
        let printed = print_script(&script, no_island);
        assert_eq!(parse_script(&printed), Ok(script), "printed as {printed}");
    }
}

/// What parses as a predicate can be printed with its islands, and reads as the same tree.
fn check_predicate_print(text: &str, template: &Template) {
    let Ok(Some(expr)) = parse_predicate(text, template) else {
        return;
    };
    let island = |id| {
        template
            .get(id)
            .map_or("", |island| island.range.slice(text))
    };
    let printed = print_expression(&expr, island);
    let again = parse_template(&printed);
    // Islands in comments are not printed; those behind them then have other numbers.
    if again.islands.len() == template.islands.len() {
        assert_eq!(
            parse_predicate(&printed, &again),
            Ok(Some(expr)),
            "printed as {printed}"
        );
    }
}

/// Islands lie inside their parents and after their elder siblings, and begin and end with their delimiters.
pub(crate) fn check_template(text: &str, template: &Template) {
    let mut before = 0;
    for island in &template.islands {
        let whole = island.range.slice(text);
        let (open, close) = match island.language {
            Language::Jexl => ("<+", ">"),
            Language::Cel => ("${{", "}}"),
        };
        assert!(
            whole.starts_with(open) && whole.ends_with(close),
            "{whole} is no island"
        );
        assert!(island.range.contains_range(island.inner));
        assert!(before <= island.range.start(), "islands out of order");
        before = island.range.start();
        let parent = island.parent.and_then(|parent| template.get(parent));
        assert!(parent.is_none_or(|parent| parent.inner.contains_range(island.range)));
    }
}
