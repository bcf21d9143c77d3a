//! `greater-than-closes-expression`

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{Island, SyntaxError, parse_predicate, parse_template, tokens};

use super::comparison_inside_expression::names_apart;
use crate::cut_expressions::cut_expressions;
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

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let islands = text.islands();
        let islands = islands.map(|(_, island, parsed)| (island, parsed.is_err()));
        let whole_fails = text.whole().is_some_and(Result::is_err);
        for (island, meant) in cut_expressions(context.text(text), islands, whole_fails) {
            let claim = context.written(text.scalar, meant);
            findings.add_claiming(finding(context, text, island, meant), claim);
        }
    }
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
