//! `expression-syntax`

use pipewright_engine::joins_as_text;
use pipewright_model::SiteKind;
use pipewright_resolve::SiteText;
use pipewright_source::{Applicability, Diagnostic, Fix, TextRange};
use pipewright_syntax::{
    Island, IslandId, Languages, SyntaxError, SyntaxErrorKind, cel, parse_expression,
    parse_island_script,
};

use crate::finding::Findings;
use crate::github::has_workflow;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule =
    declare!("expression-syntax", Syntax, Error, Check::Text(check), Safe);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for mistake in mistakes(context) {
        let mut finding = mistake.finding(&RULE, context);
        finding.fixes.extend(fix(mistake, context));
        if mistake.is_cel(context) {
            finding.help = Some("CEL belongs in `${{ }}`".to_owned());
        }
        findings.add(finding);
    }
    for text in context.analysis.texts() {
        findings.extend(mistakes_in_cel(context, text));
    }
}

/// What no reader of CEL takes.
fn mistakes_in_cel<'a>(
    context: RuleContext<'a>,
    text: &'a Text,
) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let decoded = context.text(text);
    let islands = text
        .islands_of_cel()
        .filter_map(move |(_, island, parsed)| {
            let error = parsed.as_ref().err()?;
            Some((island, error))
        });
    let wrong = islands.filter(|(_, error)| is_wrong_everywhere(&error.kind));
    let wrong = wrong.filter(move |_| !has_workflow(decoded));
    wrong.map(move |(island, error)| {
        let mistake = Mistake {
            text,
            error,
            range: island.range,
            label: "cannot be read as CEL",
        };
        mistake.finding(&RULE, context)
    })
}

/// Whether no reader of CEL takes what has such an error: not our own bounds, and not what may end further on.
const fn is_wrong_everywhere(kind: &SyntaxErrorKind) -> bool {
    !matches!(
        kind,
        SyntaxErrorKind::BracesInside | SyntaxErrorKind::Nesting | SyntaxErrorKind::TooLong
    )
}

/// Quotes without backslashes, where the expression can be read with them.
fn fix(mistake: Mistake<'_>, context: RuleContext<'_>) -> Option<Fix> {
    let text = context.text(mistake.text);
    let is_backslash =
        mistake.error.kind == SyntaxErrorKind::Character && mistake.error.range.slice(text) == "\\";
    let edits = escaped_quotes(text, mistake.range);
    if !is_backslash || !can_be_read(mistake, text, &edits) {
        return None;
    }
    let title = "leave the backslashes out";
    context.fix(title, Applicability::Safe, mistake.text.scalar, &edits)
}

/// Whether the expression can be read with these edits, which are in order.
pub(super) fn can_be_read(mistake: Mistake<'_>, text: &str, edits: &[(TextRange, &str)]) -> bool {
    let mut read = String::new();
    let mut end = mistake.range.start();
    for (range, new) in edits {
        read.push_str(TextRange::new(end, range.start()).slice(text));
        read.push_str(new);
        end = range.end();
    }
    read.push_str(TextRange::new(end, mistake.range.end()).slice(text));
    let parsed = SiteText::parse(&read, mistake.text.kind);
    let is_whole = mistake.range.len() as usize == text.len();
    let whole = parsed.whole.filter(|_| is_whole);
    parsed.islands.iter().chain(whole.iter()).all(Result::is_ok)
}

/// Every backslash before a quote in a range of the text, to be deleted.
fn escaped_quotes(text: &str, range: TextRange) -> Vec<(TextRange, &'static str)> {
    let expression = range.slice(text);
    let places = expression.match_indices('\\').map(|(at, _)| at);
    let escaping = places.filter(|at| expression[at + 1..].starts_with(['"', '\'']));
    let ranges = escaping.map(|at| TextRange::of(at, at + 1).shift(range.start()));
    ranges.map(|range| (range, "")).collect()
}

/// An expression that cannot be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mistake<'a> {
    /// The text it stands in.
    pub(super) text: &'a Text,
    /// What is wrong, and where in the text.
    pub(super) error: &'a SyntaxError,
    /// The expression.
    pub(super) range: TextRange,
    /// What comes of it.
    label: &'static str,
}

/// The expressions of the file that cannot be read in any way the engine tries, and of which no rule about letters
/// tells more.
pub(super) fn mistakes(context: RuleContext<'_>) -> impl Iterator<Item = Mistake<'_>> {
    context.analysis.texts().iter().flat_map(move |text| {
        let islands = text.islands().filter_map(move |(id, island, parsed)| {
            let error = parsed.as_ref().err()?;
            is_mistake(context, text, id, island, error).then(|| Mistake {
                text,
                error,
                range: island.range,
                label: label_of(text, id),
            })
        });
        let whole = text.whole().and_then(|parsed| parsed.as_ref().err());
        let whole = whole.filter(|error| is_mistake_of_whole(context, text, error));
        islands.chain(whole.map(|error| Mistake {
            text,
            error,
            range: TextRange::of(0, context.text(text).len()),
            label: label_of_whole(text),
        }))
    })
}

fn is_mistake(
    context: RuleContext<'_>,
    text: &Text,
    id: IslandId,
    island: &Island,
    error: &SyntaxError,
) -> bool {
    let decoded = context.text(text);
    if error.kind == SyntaxErrorKind::BlankSource {
        return false;
    }
    // With the newer engine switched on for a project, an island may hold statements.
    if parse_island_script(decoded, text.template(), id).is_ok() {
        return false;
    }
    let inner = island.inner.slice(decoded);
    let start = island.inner.start();
    let inside: Vec<TextRange> = text
        .template()
        .children(id)
        .map(|(_, range)| TextRange::new(range.start() - start, range.end() - start))
        .collect();
    if inside.is_empty() {
        // The engine also looks the text up behind a prefix and a dot, where a name may begin with a digit.
        let prefixed = format!("x.{}", inner.trim());
        // `1e5` is nobody's name.
        return error.kind == SyntaxErrorKind::NewerSyntax || parse_expression(&prefixed).is_err();
    }
    !joins_as_text(inner, &inside)
}

fn is_mistake_of_whole(context: RuleContext<'_>, text: &Text, error: &SyntaxError) -> bool {
    if error.kind == SyntaxErrorKind::BlankSource {
        return false;
    }
    // A condition is put behind `<+OnStageSuccess> &&`, and a truth value is never joined as text.
    if text.kind == SiteKind::Condition {
        return true;
    }
    let decoded = context.text(text);
    let islands: Vec<TextRange> = text.template().roots().map(|(_, range)| range).collect();
    !islands.is_empty() && !joins_as_text(decoded, &islands)
}

impl Mistake<'_> {
    /// Whether it is an expression of CEL in a file that has a place for it.
    pub(super) fn is_cel(self, context: RuleContext<'_>) -> bool {
        if self.text.languages != Languages::JexlAndCel {
            return false;
        }
        let decoded = context.text(self.text);
        let mut islands = self.text.islands();
        let island = islands.find(|(_, island, _)| island.range == self.range);
        let read = match island {
            Some((id, ..)) => cel::parse_island(decoded, self.text.template(), id),
            None => cel::parse_expression(self.range.slice(decoded)),
        };
        matches!(read, Ok(Some(expression)) if expression.has_own_syntax())
    }

    /// The finding of `rule` at the mistake: what is wrong, what comes of it and what to write instead.
    pub(super) fn finding(self, rule: &Rule, context: RuleContext<'_>) -> Diagnostic {
        let place = self.range.slice(context.text(self.text)).trim();
        let message = format!("{} in {}", self.error.message, wording::quoted(place));
        let finding = rule
            .finding(context.written(self.text.scalar, self.error.range), message)
            .with_label(self.label);
        match &self.error.hint {
            Some(hint) => finding.with_help(&**hint),
            None => finding,
        }
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
