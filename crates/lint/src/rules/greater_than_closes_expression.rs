//! `greater-than-closes-expression`

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{Island, SyntaxError, TokenKind, parse_predicate, parse_template, tokens};

use super::comparison_inside_expression::names_apart;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!(
    "greater-than-closes-expression",
    Syntax,
    Error,
    Check::Text(check),
    Safe
);

/// How many later `>` are tried as the real end. Each costs one parse.
const MOST_ENDS: usize = 6;
/// The longest expression that is looked for, in bytes.
const LONGEST: usize = 2000;

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let decoded = context.text(text);
        let mut from = 0;
        for (_, island, parsed) in text.islands() {
            if island.range.start() < from {
                continue;
            }
            let whole_fails = text.whole().is_some_and(Result::is_err);
            let suspicion = suspicion(decoded, island, parsed.is_err(), whole_fails);
            let end = suspicion.and_then(|s| real_end(decoded, island, s));
            let is_cut = || parsed.is_err().then(|| cut_end(decoded, island)).flatten();
            if let Some(end) = end.or_else(is_cut) {
                let meant = TextRange::new(island.range.start(), end);
                let claim = context.written(text.scalar, meant);
                findings.add_claiming(finding(context, text, island, meant), claim);
                from = end;
            }
        }
    }
}

/// Why the `>` of an island may not have been meant as its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Suspicion {
    /// What stands before it is no expression, or the text as a whole is none.
    Broken,
    /// A blank stands before it, as before an operator.
    Blank,
    /// It follows on an inner island or a longer expression, as an operator may.
    Nested,
}

fn suspicion(text: &str, island: &Island, broken: bool, whole_fails: bool) -> Option<Suspicion> {
    let inner = island.inner.slice(text);
    if inner.trim().is_empty() {
        return None;
    }
    if broken || whole_fails {
        return Some(Suspicion::Broken);
    }
    if inner.ends_with([' ', '\t']) {
        return Some(Suspicion::Blank);
    }
    let wrapped = inner.starts_with("<+") && inner.ends_with('>');
    let glued = inner.contains("<+")
        && text[island.range.end() as usize..].starts_with(|c: char| {
            c.is_alphanumeric() || matches!(c, '_' | '=' | '"' | '\'' | '<')
        });
    (wrapped || glued).then_some(Suspicion::Nested)
}

/// The end of the island that was meant: behind the first later `>` up to which the text is an expression. One with a
/// blank before it counts only if there is no other, and never on the weakest suspicion: `echo <+<+a>> name > file` is
/// a redirection.
fn real_end(text: &str, island: &Island, suspicion: Suspicion) -> Option<u32> {
    let mut behind_blank = None;
    for meant in later_ends(text, island) {
        if !is_expression(meant.slice(text)) {
            continue;
        }
        if !is_before_blank(meant.slice(text)) {
            return Some(meant.end() + 1);
        }
        behind_blank = behind_blank.or(Some(meant.end() + 1));
    }
    behind_blank.filter(|_| suspicion != Suspicion::Nested)
}

/// The end of an island that is broken off inside brackets or at an arrow, and is no expression even when it is whole:
/// behind the first later `>` in its line up to which the brackets close.
fn cut_end(text: &str, island: &Island) -> Option<u32> {
    let inner = island.inner.slice(text);
    let is_open = open_brackets(inner)? > 0;
    if !is_open && !inner.ends_with(['-', '=']) {
        return None;
    }
    let meant = later_ends(text, island)
        .take_while(|meant| !meant.slice(text).contains('\n'))
        .find(|meant| is_whole(meant.slice(text)) && !is_before_blank(meant.slice(text)));
    meant.map(|meant| meant.end() + 1)
}

/// What the island would hold if it ended at a later `>`, the shortest first.
fn later_ends<'t>(text: &'t str, island: &Island) -> impl Iterator<Item = TextRange> + use<'t> {
    let (start, after) = (island.inner.start() as usize, island.range.end() as usize);
    text[after..]
        .match_indices('>')
        .map(move |(at, _)| TextRange::of(start, after + at))
        .take_while(|meant| (meant.len() as usize) < LONGEST)
        .take(MOST_ENDS)
}

fn is_before_blank(text: &str) -> bool {
    text.ends_with([' ', '\t'])
}

fn is_expression(text: &str) -> bool {
    let template = parse_template(text);
    template.unclosed.is_none() && matches!(parse_predicate(text, &template), Ok(Some(_)))
}

/// Whether every island and bracket of a text is closed.
fn is_whole(text: &str) -> bool {
    parse_template(text).unclosed.is_none() && open_brackets(text) == Some(0)
}

/// How many brackets of a text are open at its end. `None` if one closes that never opened.
fn open_brackets(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    for token in tokens(text) {
        let sign = token.range.slice(text);
        match token.kind {
            TokenKind::Open => open.push(sign),
            TokenKind::Close => {
                let opener = open.pop()?;
                if !matches!((opener, sign), ("(", ")") | ("[", "]") | ("{", "}")) {
                    return None;
                }
            }
            _ => {}
        }
    }
    Some(open.len())
}

/// What to write, and what is still wrong with the expression once it ends where it was meant to.
fn help(remaining: Option<&SyntaxError>) -> String {
    let signs = "write `gt` for `>`, `ge` for `>=`, and `\\>` for a `>` in quotes or in an arrow";
    let also = remaining.map(|error| match &error.hint {
        // Inside the delimiters an arrow is written like that.
        Some(hint) => format!("; then {}: {}", error.message, hint.replace("->", "-\\>")),
        None => format!("; then {}", error.message),
    });
    format!("{signs}{}", also.unwrap_or_default())
}

fn finding(context: RuleContext<'_>, text: &Text, island: &Island, meant: TextRange) -> Diagnostic {
    let decoded = context.text(text);
    let end = island.range.end();
    let sign = if decoded[end as usize..].starts_with('=') {
        TextRange::new(end - 1, end + 1)
    } else {
        TextRange::new(end - 1, end)
    };
    let cut = wording::quoted(island.range.slice(decoded));
    let rest = wording::quoted(TextRange::new(end, meant.end()).slice(decoded));
    let mut finding = RULE
        .finding(
            context.written(text.scalar, sign),
            format!("this `{}` ends the expression {cut}", sign.slice(decoded)),
        )
        .with_label(format!("Harness evaluates {cut} and leaves {rest} as text"));
    let program = TextRange::new(island.inner.start(), meant.end() - 1);
    let meant = program.slice(decoded);
    let remaining = parse_predicate(meant, &parse_template(meant)).err();
    finding = finding.with_help(help(remaining.as_ref()));
    if remaining.is_some() {
        return finding;
    }
    if let Some(edits) = replacements(meant, island.parent.is_none()) {
        let edits = with_names_apart(meant, edits);
        let edits: Vec<(TextRange, &str)> = edits
            .iter()
            .map(|(range, new)| (range.shift(program.start()), new.as_str()))
            .collect();
        let title = "write every `>` so that it does not end the expression";
        // Else what is still wrong would show once the fix is in.
        if context.mends(text, &edits) {
            let fix = context.fix(title, Applicability::Safe, text.scalar, &edits);
            finding.fixes.extend(fix);
        }
    }
    finding
}

/// The edits with delimiters for the names that would be looked up as one once the expression ends where it was meant
/// to. Each place has one edit.
fn with_names_apart(
    program: &str,
    mut edits: Vec<(TextRange, String)>,
) -> Vec<(TextRange, String)> {
    let template = parse_template(program);
    let tree = match parse_predicate(program, &template) {
        Ok(Some(tree)) if template.islands.is_empty() => tree,
        _ => return edits,
    };
    for (place, delimiter) in names_apart(program, &tree) {
        let there = edits
            .iter_mut()
            .find(|(range, _)| range.start() == place.start());
        match there {
            Some((_, new)) => new.insert_str(0, delimiter),
            None => edits.push((place, delimiter.to_owned())),
        }
    }
    edits
}

/// What to write for each `>` of a program that belongs to no island inside it. `None` where a backslash would be
/// needed inside another island, which would use it up.
fn replacements(program: &str, outermost: bool) -> Option<Vec<(TextRange, String)>> {
    let template = parse_template(program);
    let islands: Vec<TextRange> = template.roots().map(|(_, range)| range).collect();
    let mut tokens = tokens(program).into_iter().peekable();
    let mut edits = Vec::new();
    for (at, _) in program.match_indices('>') {
        let sign = TextRange::of(at, at + 1);
        if islands.iter().any(|island| island.contains_range(sign)) {
            continue;
        }
        while tokens
            .next_if(|token| token.range.end() <= sign.start())
            .is_some()
        {}
        let token = tokens.peek()?.range;
        edits.push(match token.slice(program) {
            ">" => spaced(program, token, "gt"),
            ">=" => spaced(program, token, "ge"),
            _ if outermost => (TextRange::empty(sign.start()), "\\".to_owned()),
            _ => return None,
        });
    }
    Some(edits)
}

/// A word in place of a sign, with the blanks it needs on both sides.
fn spaced(program: &str, sign: TextRange, word: &str) -> (TextRange, String) {
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let before = program[..sign.start() as usize].chars().next_back();
    let after = program[sign.end() as usize..].chars().next();
    let pad = |blank: bool| if blank { "" } else { " " };
    let text = format!("{}{word}{}", pad(is_blank(before)), pad(is_blank(after)));
    (sign, text)
}
