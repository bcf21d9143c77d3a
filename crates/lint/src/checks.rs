//! What the rules that run are given, sorted by what they ask for: made once for all files.

use pipewright_analysis::FileKind;
use pipewright_model::YamlVersion;

use crate::finding::Findings;
use crate::project::FilesContext;
use crate::references::RulesByVerdict;
use crate::rule::Check;
use crate::rule_context::RuleContext;
use crate::sites::RulesBySite;
use crate::{Family, Need, Rule, rules, v1};

type CheckFile = fn(RuleContext<'_>, &mut Findings);
type CheckFiles = fn(&FilesContext<'_>, &mut Findings);

/// The checks of the rules that run.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    of_file: Vec<(&'static Rule, CheckFile)>,
    by_verdict: RulesByVerdict,
    by_site: RulesBySite,
    of_files: Vec<CheckFiles>,
}

impl Checks {
    /// The checks of these rules.
    pub(crate) fn of(rules: impl Iterator<Item = &'static Rule>) -> Self {
        let mut checks = Self::default();
        for rule in rules {
            match rule.check {
                Check::Text(check) => checks.of_file.push((rule, check)),
                Check::References(kinds, check) => checks.by_verdict.add(rule, kinds, check),
                Check::Values(kinds, check) => checks.by_site.add(rule, kinds, check),
                Check::Files(check) => checks.of_files.push(check),
            }
        }
        checks
    }

    /// What the rules with the wanted needs find in one file.
    pub(crate) fn run(
        &self,
        context: RuleContext<'_>,
        wanted: impl Fn(Need) -> bool,
        findings: &mut Findings,
    ) {
        let kind = context.analysis.kind();
        if wanted(Need::Text) {
            let about = self.of_file.iter().filter(|(rule, _)| is_about(rule, kind));
            about.for_each(|(rule, check)| run_on_text(rule, *check, context, findings));
        }
        let is_read = matches!(kind, FileKind::Harness | FileKind::Version1);
        if wanted(Need::References) && (is_read || kind == FileKind::Templated) {
            self.by_verdict.run(context, findings);
        }
        if wanted(Need::Values) && is_read {
            self.by_site.run(context, findings);
        }
    }

    /// The checks of the rules that look at all files at once.
    pub(crate) fn of_files(&self) -> &[CheckFiles] {
        &self.of_files
    }
}

/// Runs a rule on the text of a file; what it finds in documents of v1 counts if it holds there.
fn run_on_text(rule: &Rule, check: CheckFile, context: RuleContext<'_>, findings: &mut Findings) {
    if v1::holds(rule, YamlVersion::V1) {
        return check(context, findings);
    }
    if context.analysis.kind() == FileKind::Version1 {
        return;
    }
    let before = findings.len();
    check(context, findings);
    findings.retain_from(before, |found| {
        !v1::is_in_v1(context.analysis, found.range())
    });
}

/// Whether a rule on the text of a file can say something about a kind of file.
fn is_about(rule: &Rule, kind: FileKind) -> bool {
    match kind {
        FileKind::Harness | FileKind::Version1 => true,
        FileKind::Broken => rules::OF_FILES.contains(&rule.name),
        FileKind::Templated => says_of_templated(rule),
        FileKind::Other => false,
    }
}

/// Whether a rule judges single texts, which is all that is left of a template. `${…}` is Terraform's there.
fn says_of_templated(rule: &Rule) -> bool {
    let is_of_texts = rule.family == Family::Syntax
        && !rules::OF_FILES.contains(&rule.name)
        && rule.name != rules::first_generation_expression::RULE.name;
    is_of_texts || rule.name == rules::templated_file::RULE.name
}
