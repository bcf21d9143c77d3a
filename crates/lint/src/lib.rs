//! The rules of `pipewright check`.
//!
//! Files are taken the whole way by `pipewright_analysis`, and the rules run over what came of them: over one file by
//! itself ([`check`]) or over all files of a snapshot together ([`check_all`]). No files, no terminal, no clock.
//!
//! ```
//! use pipewright_analysis::Snapshot;
//! use pipewright_lint::{Level, Options, check_all};
//!
//! let mut snapshot = Snapshot::default();
//! let text = "
//! pipeline:
//!   identifier: release
//!   variables: [{ name: region, type: String, value: eu-1 }]
//!   stages:
//!     - stage: { identifier: Build, type: Custom, spec: {}, description: <+pipeline.variables.regoin> }
//! ";
//! let pipeline = snapshot.set_text("pipeline.yaml", text);
//!
//! let found = check_all(&snapshot, &Options::default());
//! assert_eq!(found[0].rule, "unknown-variable");
//! assert_eq!(found[0].span.file, pipeline);
//! assert_eq!(found[0].span.range.slice(text), "regoin");
//! assert_eq!(found[0].help.as_deref(), Some("did you mean `region`?"));
//!
//! // Options give each rule a level.
//! let mut options = Options::default();
//! options.set_level("unknown-variable", Level::Off)?;
//! assert!(check_all(&snapshot, &options).is_empty());
//! # Ok::<(), pipewright_lint::UnknownRule>(())
//! ```
//!
//! A rule is one file in `rules/` with one page in `docs/`; the one list of them is that of `rules/mod.rs`. Rules work
//! on syntax trees, sites and outcomes, never on the letters of an expression.

#![warn(clippy::disallowed_methods)]

mod checks;
mod ci_stages;
mod classes;
mod conditions;
mod configuration;
mod cut_expressions;
mod expressions;
mod finding;
mod fixes;
#[doc(hidden)]
pub mod fuzzing;
mod github;
mod known_names;
mod older_syntax;
mod operands;
mod options;
mod outsiders;
mod place;
mod placeholder;
mod precedence;
mod project;
mod references;
mod repetition;
mod rollback;
mod rule;
mod rule_context;
mod rules;
mod run_numbers;
mod run_texts;
mod runs;
mod script;
mod secrets;
mod sites;
mod spliced_names;
mod suppression;
mod text_mistakes;
mod v1;
mod validators;
mod variables;
mod whens;
mod wording;

use pipewright_analysis::Snapshot;
use pipewright_source::{Diagnostic, FileId, Span, TextRange};

use finding::{Finding, Findings};
use rule_context::RuleContext;
use suppression::Suppressions;

pub use configuration::{CONFIGURATION_FILE, Configuration, ConfigurationError};
pub use fixes::{Checked, Chosen, Fewer, Wanted, apply, choose, edited, fewer, written};
pub use known_names::KnownNames;
pub use options::{ALL, Level, Options, UnknownRule, names};
pub use pipewright_analysis::{
    Analysis, FileKind, ReferenceCounts, Statistics, TemplateCounts, Text,
};
pub use place::{Place, Places, item_name};
pub use precedence::precedence;
pub use project::{FileReport, Kept, View, check_all, recheck, view};
pub use repetition::{Mistake, mistakes};
pub use rule::{Family, Need, Rule};
pub use rules::{rule, rules};
pub use suppression::ignores;
pub use text_mistakes::{TextMistake, text_mistakes};

/// The findings of the enabled rules in one file by itself, sorted by start, then rule. Findings that a comment
/// suppresses are left out.
///
/// Nothing is found in a file that is no Harness file, or not there.
pub fn check(snapshot: &Snapshot, id: FileId, options: &Options) -> Vec<Diagnostic> {
    check_file(snapshot, id, options).diagnostics
}

/// The same with what comments silence.
pub fn check_file(snapshot: &Snapshot, id: FileId, options: &Options) -> Found {
    let context = RuleContext::alone(snapshot, id, options);
    context.map_or_else(Found::default, |context| {
        report(context, found_by(context, |_| true), false)
    })
}

/// What is found in a file, by start and rule.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Found {
    /// What is reported.
    pub diagnostics: Vec<Diagnostic>,
    /// What would be, if no comment silenced it.
    pub silenced: Vec<Diagnostic>,
}

/// What the rules with the wanted needs find that have to run and can say something about the kind of file.
fn found_by(context: RuleContext<'_>, wanted: impl Fn(Need) -> bool) -> Vec<Finding> {
    let mut findings = Findings::default();
    context.options.checks().run(context, wanted, &mut findings);
    findings.into_vec()
}

/// The findings of a file as they are reported: settled among each other, without what comments and options silence, in
/// order. `together` says whether all files were looked at.
fn report(context: RuleContext<'_>, findings: Vec<Finding>, together: bool) -> Found {
    let mut suppressions = Suppressions::read(context);
    let unchosen = |rule: &str| context.options.is_unchosen(rule);
    let templated = placeholder::templated_expressions(context);
    let is_known = |finding: &Finding| {
        let start = finding.range().start();
        !templated.iter().any(|place| place.contains(start))
    };
    let findings = findings.into_iter().filter(is_known).collect();
    let findings = precedence::settle(findings, unchosen);
    let (mut silenced, mut findings) = suppressions.sorted_out(findings);
    let unused = suppression::unused(context, &suppressions, together);
    let (unused_silenced, unused) = suppressions.sorted_out(unused);
    silenced.extend(unused_silenced);
    if !unused.is_empty() {
        findings.extend(unused);
        findings = precedence::settle(findings, unchosen);
    }
    Found {
        diagnostics: as_reported(context, findings),
        silenced: as_reported(context, silenced),
    }
}

/// Findings as the options have them, without those that are off, in order.
fn as_reported(context: RuleContext<'_>, findings: Vec<Finding>) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = findings
        .into_iter()
        .filter_map(|finding| context.options.admit(finding.diagnostic))
        .map(|diagnostic| context.with_aliases(diagnostic))
        .collect();
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.range.start(), diagnostic.rule));
    diagnostics
}

/// The finding for a file that was met while walking and could not be read; `None` where that rule is off. `reason`
/// says why, as half a sentence (`it is larger than 10 MB`); the finding stands at the first byte of file `id`.
pub fn unreadable(id: FileId, reason: &str, options: &Options) -> Option<Diagnostic> {
    let start = Span::new(id, TextRange::empty(0));
    let message = format!("the file cannot be checked: {reason}");
    let finding = rules::unreadable_file::RULE
        .finding(start, message)
        .with_label("nothing in this file was checked");
    options.admit(finding)
}

#[cfg(test)]
mod tests {
    use pipewright_source::Severity;

    use super::*;

    const NOT_CLOSED: &str = "pipeline:\n  identifier: a b\n  description: <+pipeline.name\n";

    fn found(options: &Options) -> Vec<(&'static str, Severity)> {
        let mut snapshot = Snapshot::default();
        let file = snapshot.set_text("case.yaml", NOT_CLOSED);
        let found = check(&snapshot, file, options);
        let found = found.into_iter();
        found
            .map(|finding| (finding.rule, finding.severity))
            .collect()
    }

    #[test]
    fn findings_are_as_bad_as_the_options_say() {
        let mut options = Options::default();
        let (identifier, unclosed) = ("invalid-identifier", "unclosed-expression");
        assert_eq!(
            found(&options),
            [(identifier, Severity::Error), (unclosed, Severity::Error)]
        );
        let warning = Level::On(Severity::Warning);
        options.set_level(identifier, warning).unwrap();
        options.set_level(unclosed, Level::Off).unwrap();
        assert_eq!(found(&options), [(identifier, Severity::Warning)]);
    }

    #[test]
    fn an_unreadable_file_is_a_finding_at_its_first_byte() {
        let unreadable = |options: &Options| unreadable(FileId(3), "it is not UTF-8", options);
        let finding = unreadable(&Options::default()).unwrap();
        assert_eq!(finding.rule, "unreadable-file");
        assert_eq!(finding.span, Span::new(FileId(3), TextRange::empty(0)));
        assert_eq!(
            finding.message,
            "the file cannot be checked: it is not UTF-8"
        );
        let off = Options::new(&[], &["unreadable-file"], false).unwrap();
        assert_eq!(unreadable(&off), None);
    }
}
