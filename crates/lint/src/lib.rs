//! The rules of `pipewright check`.
//!
//! [`analyse`] takes one file the whole way (YAML, model, syntax, references) and never fails; [`check`] runs the rules over
//! what came of it. Both are pure: no files, no terminal, no clock but for [`Statistics::phases`].
//!
//! A rule is one file in `rules/` with one page in `docs/`; the registry is the one list in `registry.rs`. Rules work on
//! syntax trees, sites and outcomes, never on the letters of an expression.

mod analysis;
mod finding;
#[doc(hidden)]
pub mod fuzzing;
mod options;
mod precedence;
mod project;
mod references;
mod registry;
mod rule;
mod rules;
mod statistics;
mod subject;
mod suppression;
mod templated;
mod texts;
mod words;

use pipewright_source::{Diagnostic, FileId, SourceFile, Span, TextRange};

use finding::{Finding, Findings};
use subject::Subject;
use suppression::Suppressions;

pub use analysis::{Analysis, FileKind, analyse};
pub use options::{Options, UnknownRule};
pub use project::{Project, Rechecked, View};
pub use registry::{rule, rules};
pub use rule::{Family, Rule};
pub use statistics::{Phases, References, Statistics, Templates};
pub use texts::Text;

/// The findings of the enabled rules in one file, sorted by start, then rule. Findings that a comment suppresses are left out.
///
/// `file` is the file `analysis` was made from. Nothing is found in a file that is no Harness file.
pub fn check(analysis: &Analysis, file: &SourceFile, options: &Options) -> Vec<Diagnostic> {
    let subject = Subject {
        analysis,
        file,
        within: None,
    };
    report(subject, found_by(subject, |_| true), options)
}

/// What the rules of the wanted families find, as far as they can say something about the kind of file.
fn found_by(subject: Subject<'_>, wanted: impl Fn(Family) -> bool) -> Vec<Finding> {
    let mut findings = Findings::default();
    for rule in rules_for(subject.analysis.kind()).filter(|rule| wanted(rule.family)) {
        (rule.check)(subject, &mut findings);
    }
    findings.into_vec()
}

/// The findings of a file as they are reported: settled among each other, without what comments and options silence, in order.
fn report(subject: Subject<'_>, findings: Vec<Finding>, options: &Options) -> Vec<Diagnostic> {
    let mut suppressions = Suppressions::read(subject);
    let mut diagnostics: Vec<Diagnostic> = precedence::settle(findings)
        .into_iter()
        .map(|finding| finding.diagnostic)
        .filter(|diagnostic| !suppressions.silences(diagnostic) && options.admits(diagnostic))
        .map(|diagnostic| subject.with_aliases(diagnostic))
        .collect();
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.range.start(), diagnostic.rule));
    diagnostics
}

/// The rules that can say something about a kind of file.
fn rules_for(kind: FileKind) -> impl Iterator<Item = &'static Rule> {
    rules().iter().filter(move |rule| match kind {
        FileKind::Harness | FileKind::Version1 => true,
        FileKind::Broken => rule.family == Family::File,
        FileKind::Templated => rule.name == rules::templated_file::RULE.name,
        FileKind::Other => false,
    })
}

/// The finding for a file that was met while walking and could not be read. `reason` says why, as half a sentence
/// (`it is larger than 10 MB`); the finding stands at the first byte of file `id`.
pub fn unreadable(id: FileId, reason: &str) -> Diagnostic {
    let rule = &rules::unreadable_file::RULE;
    let start = Span::new(id, TextRange::empty(0));
    Diagnostic::new(
        rule.name,
        rule.severity,
        start,
        format!("the file cannot be checked: {reason}"),
    )
    .with_label("nothing in this file was checked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreadable_file_is_a_finding_at_its_first_byte() {
        let finding = unreadable(FileId(3), "it is not UTF-8");
        assert_eq!(finding.rule, "unreadable-file");
        assert_eq!(finding.span, Span::new(FileId(3), TextRange::empty(0)));
        assert_eq!(
            finding.message,
            "the file cannot be checked: it is not UTF-8"
        );
        assert!(Options::default().admits(&finding));
    }
}
