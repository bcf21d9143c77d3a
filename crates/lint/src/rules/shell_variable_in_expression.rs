//! `shell-variable-in-expression`

use pipewright_source::{Diagnostic, TextRange};
use pipewright_syntax::{Expr, ExprKind, LinkKind, Name};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!(
    "shell-variable-in-expression",
    Hygiene,
    Warning,
    Check::Text(check)
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        for (_, island, parsed) in text.islands() {
            let variable = match parsed {
                Ok(Some(tree)) => {
                    let mut found = None;
                    tree.walk(&mut |expr| {
                        let mut variables = names(expr).filter(|name| is_variable(name));
                        found = found.or(variables.next().map(|name| name.range));
                    });
                    found
                }
                Ok(None) => None,
                Err(_) => braced(context, text, island.inner),
            };
            if let Some(range) = variable {
                let claim = context.written(text.scalar, island.range);
                findings.add_claiming(finding(context, text, range), claim);
            }
        }
    }
}

/// The name that an expression is, or those behind its dots.
fn names(expr: &Expr) -> impl Iterator<Item = &Name> {
    let (own, links) = match &expr.kind {
        ExprKind::Name(name) => (Some(name), &[][..]),
        ExprKind::Chain { links, .. } => (None, links.as_slice()),
        _ => (None, &[][..]),
    };
    let behind_dots = links.iter().filter_map(|link| match &link.kind {
        LinkKind::Name(name) => Some(name),
        _ => None,
    });
    own.into_iter().chain(behind_dots)
}

fn is_variable(name: &Name) -> bool {
    let text = name.as_text();
    text.is_some_and(|text| text.starts_with('$'))
}

/// `${NAME}` or `$NAME` outside of quotes, in what is no expression.
fn braced(context: RuleContext<'_>, text: &Text, inner: TextRange) -> Option<TextRange> {
    let expression = inner.slice(context.text(text));
    let mut quote = None;
    let mut characters = expression.char_indices();
    while let Some((at, c)) = characters.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '$') => {
                let length = variable_length(&expression[at..])?;
                return Some(TextRange::of(at, at + length).shift(inner.start()));
            }
            _ => {}
        }
    }
    None
}

/// The length of the shell variable that a text begins with.
fn variable_length(text: &str) -> Option<usize> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let behind = text.strip_prefix('$')?;
    if let Some(name) = behind.strip_prefix('{') {
        let end = name.find('}')?;
        return name[..end].chars().all(is_word).then_some(end + 3);
    }
    let length = behind.find(|c| !is_word(c)).unwrap_or(behind.len());
    (length > 0).then_some(length + 1)
}

fn finding(context: RuleContext<'_>, text: &Text, range: TextRange) -> Diagnostic {
    let written = range.slice(context.text(text));
    RULE.finding(
        context.written(text.scalar, range),
        format!("{} is a variable of the shell", wording::quoted(written)),
    )
    .with_label("not known here: the expression is evaluated before the script runs")
    .with_help("read it in the script, outside of `<+` and `>`; or give the value as a variable of the pipeline")
}
