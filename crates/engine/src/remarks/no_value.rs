//! What was looked for in a value that was found, and is not there.

use pipewright_syntax::{Expr, ExprKind, Link, LinkKind, parse_predicate, parse_template};

use crate::functors::FUNCTORS;

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 16_384;

/// The path at the end of a text that is null, behind what surely has a value: a call of a functor, an expression in
/// delimiters or a map that is written there. `None` where the text is something else.
pub(super) fn path_without_value(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let parsed = parse_predicate(text, &parse_template(text)).ok()??;
    let mut expression = &parsed;
    while let ExprKind::Paren(inner) = &expression.kind {
        expression = inner;
    }
    let ExprKind::Chain { head, links } = &expression.kind else {
        return None;
    };
    let path = trailing_path(without_methods(links))?;
    let is_call = || path.start > 0 && matches!(links[path.start - 1].kind, LinkKind::Call(_));
    let has_value = match &head.kind {
        ExprKind::Name(name) if name.as_island().is_some() => path.start == 0,
        ExprKind::Name(name) => is_call() && name.as_text().is_some_and(is_functor),
        ExprKind::Map(_) => path.start == 0,
        _ => false,
    };
    has_value.then(|| path.keys.join("."))
}

/// The links without the methods at the end, which give null where they are called on null.
fn without_methods(mut links: &[Link]) -> &[Link] {
    while let [rest @ .., method, call] = links
        && matches!(method.kind, LinkKind::Name(_))
        && matches!(call.kind, LinkKind::Call(_))
        && !is_get(method)
        && !rest.is_empty()
    {
        links = rest;
    }
    links
}

fn is_functor(root: &str) -> bool {
    FUNCTORS.iter().any(|functor| functor.root == root)
}

/// The keys at the end of a chain, and the place of the link that is the first of them.
struct Trailing<'a> {
    start: usize,
    keys: Vec<&'a str>,
}

/// The last links of a chain that name a key: `.name`, `["name"]` and `.get("name")`.
fn trailing_path(links: &[Link]) -> Option<Trailing<'_>> {
    let mut start = links.len();
    let mut keys = Vec::new();
    while let Some(last) = start.checked_sub(1) {
        let (key, length) = match &links[last].kind {
            LinkKind::Name(name) => (name.as_text(), 1),
            LinkKind::Quoted(name) => (name.as_text(), 1),
            LinkKind::Index(index) => (literal(index), 1),
            LinkKind::Call(arguments) => match (last.checked_sub(1), arguments.as_slice()) {
                (Some(method), [key]) if is_get(&links[method]) => (literal(key), 2),
                _ => (None, 0),
            },
            LinkKind::Size | LinkKind::Empty => (None, 0),
        };
        let Some(key) = key else { break };
        keys.push(key);
        start -= length;
    }
    keys.reverse();
    (!keys.is_empty()).then_some(Trailing { start, keys })
}

fn is_get(link: &Link) -> bool {
    matches!(&link.kind, LinkKind::Name(name) if name.as_text() == Some("get"))
}

fn literal(expression: &Expr) -> Option<&str> {
    match &expression.kind {
        ExprKind::Str(literal) => literal.as_text(),
        _ => None,
    }
}
