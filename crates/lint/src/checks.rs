//! What the rules that run are given, sorted by what they ask for: made once for all files.

use pipewright_analysis::FileKind;

use crate::finding::Findings;
use crate::project::FilesContext;
use crate::references::RulesByVerdict;
use crate::rule::Check;
use crate::rule_context::RuleContext;
use crate::sites::RulesBySite;
use crate::{Need, Rule, rules};

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
                Check::References(kinds, check) => checks.by_verdict.add(kinds, check),
                Check::Values(kinds, check) => checks.by_site.add(kinds, check),
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
            about.for_each(|(_, check)| check(context, findings));
        }
        if !matches!(kind, FileKind::Harness | FileKind::Version1) {
            return;
        }
        if wanted(Need::References) {
            self.by_verdict.run(context, findings);
        }
        if wanted(Need::Values) {
            self.by_site.run(context, findings);
        }
    }

    /// The checks of the rules that look at all files at once.
    pub(crate) fn of_files(&self) -> &[CheckFiles] {
        &self.of_files
    }
}

/// Whether a rule on the text of a file can say something about a kind of file.
fn is_about(rule: &Rule, kind: FileKind) -> bool {
    match kind {
        FileKind::Harness | FileKind::Version1 => true,
        FileKind::Broken => rules::OF_FILES.contains(&rule.name),
        FileKind::Templated => rule.name == rules::templated_file::RULE.name,
        FileKind::Other => false,
    }
}
