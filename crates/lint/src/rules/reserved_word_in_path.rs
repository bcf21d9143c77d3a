//! `reserved-word-in-path`

use pipewright_model::SiteKind;
use pipewright_resolve::SiteText;
use pipewright_source::{Applicability, Diagnostic, Fix, TextRange};
use pipewright_syntax::{SyntaxError, SyntaxErrorKind};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!(
    "reserved-word-in-path",
    Syntax,
    Error,
    Check::Text(check),
    Safe
);

/// The most words that one fix puts into brackets.
const MOST_WORDS: usize = 8;

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let islands = text.islands().filter_map(|(_, island, parsed)| {
            let error = parsed.as_ref().err()?;
            Some((error, island.range, SiteKind::Setting))
        });
        let all = TextRange::of(0, context.text(text).len());
        let whole = text.whole().and_then(|parsed| parsed.as_ref().err());
        for (error, expression, kind) in islands.chain(whole.map(|error| (error, all, text.kind))) {
            if let Some(word) = reserved(error) {
                let mut finding = finding(context, text, error, word);
                let fix = fix(context, text, expression, kind);
                finding.fixes.extend(fix);
                findings.add(finding);
            }
        }
    }
}

/// The reserved word behind a dot that an error is about.
fn reserved(error: &SyntaxError) -> Option<&str> {
    match &error.kind {
        SyntaxErrorKind::ReservedWord {
            word,
            after_dot: true,
        } => Some(word),
        _ => None,
    }
}

fn finding(context: RuleContext<'_>, text: &Text, error: &SyntaxError, word: &str) -> Diagnostic {
    RULE.finding(
        context.written(text.scalar, error.range),
        format!("`{word}` is a reserved word and cannot stand behind a dot"),
    )
    .with_label("the path cannot be read: it counts as unresolved")
    .with_help(format!("write `[\"{word}\"]` in place of `.{word}`"))
}

/// Brackets for every such word of the expression: the parser stops at the first.
fn fix(
    context: RuleContext<'_>,
    text: &Text,
    expression: TextRange,
    kind: SiteKind,
) -> Option<Fix> {
    let written = expression.slice(context.text(text));
    let mut mended = written.to_owned();
    let mut edits: Vec<(TextRange, String)> = Vec::new();
    // How much longer the text is than as written, behind the latest edit.
    let mut growth = 0;
    while edits.len() < MOST_WORDS {
        let read = SiteText::parse(&mended, kind);
        let parsed = read.whole.as_ref().or(read.islands.first())?;
        let Err(error) = parsed else { break };
        let word = reserved(error)?;
        let dot = mended[..error.range.start() as usize]
            .trim_end()
            .strip_suffix('.')?
            .len();
        let range = TextRange::of(dot, error.range.end() as usize);
        let bracketed = format!("[\"{word}\"]");
        let at = TextRange::new(range.start().checked_sub(growth)?, range.end() - growth);
        growth += u32::try_from(bracketed.len())
            .ok()?
            .checked_sub(range.len())?;
        mended.replace_range(range.to_usize(), &bracketed);
        edits.push((at.shift(expression.start()), bracketed));
    }
    let words = edits.iter().map(|(_, bracketed)| &**bracketed);
    let title = format!("write {}", wording::list(words, MOST_WORDS));
    let edits: Vec<(TextRange, &str)> = edits.iter().map(|(at, new)| (*at, &**new)).collect();
    if !context.mends(text, &edits) {
        return None;
    }
    context.fix(title, Applicability::Safe, text.scalar, &edits)
}
