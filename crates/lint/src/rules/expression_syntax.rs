//! `expression-syntax`

use pipewright_model::SiteKind;
use pipewright_source::{Diagnostic, TextRange};
use pipewright_syntax::{
    Island, IslandId, SyntaxError, SyntaxErrorKind, parse_expression, parse_island_script,
};

use crate::finding::Findings;
use crate::rule::declare;
use crate::subject::Subject;
use crate::texts::may_be_joined;
use crate::{Rule, Text};

pub(crate) const RULE: Rule = declare!("expression-syntax", Syntax, Error, check);

fn check(subject: Subject<'_>, findings: &mut Findings) {
    for text in subject.analysis.texts() {
        for (id, island, parsed) in text.islands() {
            let Err(error) = parsed else { continue };
            if is_mistake(subject, text, id, island, error) {
                findings.add(finding(subject, text, error, label_of(text, id)));
            }
        }
        if let Some(Err(error)) = text.whole()
            && is_mistake_of_whole(subject, text, error)
        {
            findings.add(finding(subject, text, error, label_of_whole(text)));
        }
    }
}

/// Mistakes that other rules tell better, or that are none.
fn is_told_elsewhere(error: &SyntaxError) -> bool {
    matches!(
        error.kind,
        SyntaxErrorKind::BlankSource
            | SyntaxErrorKind::UnclosedIsland
            | SyntaxErrorKind::ReservedWord {
                after_dot: true,
                ..
            }
    )
}

fn is_mistake(
    subject: Subject<'_>,
    text: &Text,
    id: IslandId,
    island: &Island,
    error: &SyntaxError,
) -> bool {
    let content = subject.text(text);
    if is_told_elsewhere(error) {
        return false;
    }
    // With the newer engine switched on for a project, an island may hold statements.
    if parse_island_script(content, text.template(), id).is_ok() {
        return false;
    }
    let inside: Vec<TextRange> = text
        .template()
        .children(id)
        .map(|(_, range)| range)
        .collect();
    if inside.is_empty() {
        // The engine also looks the text up behind a prefix and a dot, where a name may begin with a digit.
        let prefixed = format!("x.{}", island.inner.slice(content).trim());
        return parse_expression(&prefixed).is_err();
    }
    !may_be_joined(content, island.inner, &inside)
}

fn is_mistake_of_whole(subject: Subject<'_>, text: &Text, error: &SyntaxError) -> bool {
    if is_told_elsewhere(error) {
        return false;
    }
    // A condition is put behind `<+OnStageSuccess> &&`, and a truth value is never joined as text.
    if text.kind == SiteKind::Condition {
        return true;
    }
    let content = subject.text(text);
    let islands: Vec<TextRange> = text.template().roots().map(|(_, range)| range).collect();
    let whole = TextRange::of(0, content.len());
    !islands.is_empty() && !may_be_joined(content, whole, &islands)
}

fn finding(
    subject: Subject<'_>,
    text: &Text,
    error: &SyntaxError,
    label: &'static str,
) -> Diagnostic {
    let finding = RULE
        .finding(subject.written(text.scalar, error.range), &*error.message)
        .with_label(label);
    match &error.hint {
        Some(hint) => finding.with_help(&**hint),
        None => finding,
    }
}

fn label_of(text: &Text, id: IslandId) -> &'static str {
    if text.template().children(id).next().is_none() {
        "cannot be read: the expression counts as unresolved"
    } else {
        "cannot be read: evaluating the expression fails"
    }
}

const fn label_of_whole(text: &Text) -> &'static str {
    match text.kind {
        SiteKind::Condition => "cannot be read: the condition fails when it is reached",
        _ => "cannot be read: evaluating it fails",
    }
}
