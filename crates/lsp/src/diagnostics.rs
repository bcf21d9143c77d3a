//! Findings as diagnostics of the protocol.

use gen_lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Message, Range, Uri,
};
use pipewright_lint::rule;
use pipewright_source::{self as source, FileId, Severity};
use pipewright_workspace::{ConfigurationProblem, ProblemReason};

use crate::convert::{Seen, not_empty};
use crate::encoding::Encoding;

/// The word by which editors tell our diagnostics from those of others.
pub(crate) const SOURCE: &str = "pipewright";

/// What editors draw faded, and struck through.
const TAGS: [(&str, DiagnosticTag); 4] = [
    ("unused-variable", DiagnosticTag::Unnecessary),
    ("unused-output-variable", DiagnosticTag::Unnecessary),
    ("unused-suppression", DiagnosticTag::Unnecessary),
    ("deprecated-expression", DiagnosticTag::Deprecated),
];

/// The findings of a file.
pub(crate) fn diagnostics(seen: Seen<'_>, found: &[source::Diagnostic]) -> Vec<Diagnostic> {
    let found = found.iter();
    found.filter_map(|found| diagnostic(seen, found)).collect()
}

/// What is found in a file that is reported on.
pub(crate) fn of_file(seen: Seen<'_>, id: FileId) -> Vec<Diagnostic> {
    diagnostics(seen, &seen.project.found(id))
}

/// A finding. `None` where its file is not there.
pub(crate) fn diagnostic(seen: Seen<'_>, found: &source::Diagnostic) -> Option<Diagnostic> {
    let related = found.related.iter().filter_map(|related| {
        Some(DiagnosticRelatedInformation {
            location: seen.location(related.span)?,
            message: related.message.clone(),
        })
    });
    let related: Vec<_> = related.collect();
    let tags = TAGS.iter().filter(|(rule, _)| *rule == found.rule);
    let tags: Vec<DiagnosticTag> = tags.map(|(_, tag)| *tag).collect();
    let url = rule(found.rule).and_then(|rule| rule.url);
    Some(Diagnostic {
        range: seen.drawn(found.span)?,
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Info => DiagnosticSeverity::Information,
        }),
        code: Some(found.rule.into()),
        code_description: url.map(|url| CodeDescription {
            href: Uri(url.to_owned()),
        }),
        source: Some(SOURCE.to_owned()),
        message: Message::String(message(found)),
        tags: (!tags.is_empty()).then_some(tags),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    })
}

/// The fact, why here, and what to write, a line each.
fn message(found: &source::Diagnostic) -> String {
    let mut message = found.message.clone();
    if let Some(label) = &found.label {
        message.push('\n');
        message.push_str(label);
    }
    if let Some(help) = &found.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    message
}

/// Why a configuration cannot be taken, where it says so.
pub(crate) fn of_configuration(problem: &ConfigurationProblem, encoding: Encoding) -> Diagnostic {
    let (range, message) = match &problem.reason {
        ProblemReason::Unreadable(error) => (
            Range::default(),
            format!("this configuration cannot be read: {error}"),
        ),
        ProblemReason::Wrong { text, error } => {
            let file = source::SourceFile::new("", text.as_str());
            (
                encoding.range(&file, not_empty(&file, error.range)),
                error.message.clone(),
            )
        }
    };
    Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::Error),
        source: Some(SOURCE.to_owned()),
        message: Message::String(message),
        ..Diagnostic::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_name_rules() {
        for (name, _) in TAGS {
            assert!(rule(name).is_some(), "{name}");
        }
    }
}
