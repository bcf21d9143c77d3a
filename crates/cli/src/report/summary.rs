//! The counts at the end of a report.

use std::collections::BTreeSet;

use pipewright_source::{Applicability, Diagnostic, Severity};

use crate::counted::counted;

/// How many rules are counted one by one; those with fewer findings are summed.
const MOST_RULES: usize = 10;

/// How many files were checked and how many findings there are.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub(crate) struct Summary {
    /// Files that were checked or have a finding.
    pub(crate) files: usize,
    /// Files that have a finding.
    #[serde(skip)]
    files_with_findings: usize,
    /// Findings that cannot work.
    pub(crate) errors: usize,
    /// Findings that are probably not meant.
    pub(crate) warnings: usize,
    /// Findings worth knowing.
    pub(crate) infos: usize,
    /// Findings with a fix that may be put in without a look at it.
    #[serde(skip)]
    safe_fixes: usize,
    /// Findings with a fix that changes what the pipeline does, and no other.
    #[serde(skip)]
    unsafe_fixes: usize,
    /// The findings of each rule that has some, the most first.
    #[serde(skip)]
    pub(crate) by_rule: Vec<OfRule>,
    /// What is not among all that.
    #[serde(skip)]
    pub(crate) left_out: LeftOut,
}

/// What a report does not tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub(crate) struct LeftOut {
    /// Findings that comments silence.
    pub(crate) silenced: usize,
    /// Findings that a baseline knows.
    #[serde(rename = "baseline")]
    pub(crate) known: usize,
    /// Files that were met in directories and hold nothing to check.
    pub(crate) files: usize,
}

/// The findings of a rule that are as bad as that.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct OfRule {
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    pub(crate) count: usize,
}

impl Summary {
    /// Counts the findings of `files` files.
    pub(crate) fn new(files: usize, diagnostics: &[Diagnostic], left_out: LeftOut) -> Self {
        let count = |severity: Severity| {
            let of_severity = diagnostics.iter().filter(|d| d.severity == severity);
            of_severity.count()
        };
        let found_in = diagnostics.iter().map(|diagnostic| diagnostic.span.file);
        Self {
            files,
            files_with_findings: found_in.collect::<BTreeSet<_>>().len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            safe_fixes: fixable(diagnostics, Applicability::Safe),
            unsafe_fixes: fixable(diagnostics, Applicability::Unsafe),
            by_rule: by_rule(diagnostics),
            left_out,
        }
    }

    /// How many findings there are.
    pub(crate) const fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// The sentence at the end: `2 errors, 1 warning in 3 of 12 files`, `no problems found in 1 file`.
    pub(crate) fn sentence(&self) -> String {
        if self.findings() == 0 {
            return format!("no problems found in {}", counted(self.files, "file"));
        }
        let infos = match self.infos {
            0 => String::new(),
            infos => format!(", {}", counted(infos, "info")),
        };
        format!(
            "{}, {}{infos} in {} of {} files",
            counted(self.errors, "error"),
            counted(self.warnings, "warning"),
            self.files_with_findings,
            self.files
        )
    }

    /// How many can be fixed, and by which argument; `None` where none can.
    pub(crate) fn fixable(&self) -> Option<String> {
        Some(match (self.safe_fixes, self.unsafe_fixes) {
            (0, 0) => return None,
            (safe, 0) => format!("{safe} can be fixed with --fix"),
            (0, other) => format!("{other} can be fixed with --unsafe-fixes"),
            (safe, other) => {
                format!("{safe} can be fixed with --fix, {other} more with --unsafe-fixes")
            }
        })
    }

    /// What is left out: `2 findings silenced by comments, 3 in the baseline, 12 other files passed over`; `None` where
    /// nothing is.
    pub(crate) fn left_out(&self) -> Option<String> {
        let LeftOut {
            silenced,
            known,
            files,
        } = self.left_out;
        let mut parts = Vec::new();
        let findings = [
            (silenced, "silenced by comments"),
            (known, "in the baseline"),
        ];
        for (count, how) in findings.into_iter().filter(|(count, _)| *count > 0) {
            let count = match parts.as_slice() {
                [] => counted(count, "finding"),
                _ => count.to_string(),
            };
            parts.push(format!("{count} {how}"));
        }
        if files > 0 {
            parts.push(format!("{} passed over", counted(files, "other file")));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The counts by rule, a line each: `    1  error    unknown-stage`.
    pub(crate) fn lines(&self) -> Vec<String> {
        let (told, summed) = self.by_rule.split_at(self.by_rule.len().min(MOST_RULES));
        let mut lines: Vec<String> = told
            .iter()
            .map(|of| format!("{:>5}  {:<7}  {}", of.count, of.severity.as_str(), of.rule))
            .collect();
        if !summed.is_empty() {
            let count: usize = summed.iter().map(|of| of.count).sum();
            let rules = counted(summed.len(), "more rule");
            lines.push(format!("{count:>5}  of {rules}; --stats tells all"));
        }
        lines
    }
}

/// How many findings have a fix that is as sure as that, and none that is surer.
fn fixable(diagnostics: &[Diagnostic], applicability: Applicability) -> usize {
    let surest = |found: &&Diagnostic| {
        let has = |wanted| found.fixes.iter().any(|fix| fix.applicability == wanted);
        has(applicability) && (applicability == Applicability::Safe || !has(Applicability::Safe))
    };
    diagnostics.iter().filter(surest).count()
}

/// Counts by rule and severity: the most first, then those met first.
fn by_rule(diagnostics: &[Diagnostic]) -> Vec<OfRule> {
    let mut counts: Vec<OfRule> = Vec::new();
    for found in diagnostics {
        let known = |of: &&mut OfRule| of.rule == found.rule && of.severity == found.severity;
        match counts.iter_mut().find(known) {
            Some(of) => of.count += 1,
            None => counts.push(OfRule {
                rule: found.rule,
                severity: found.severity,
                count: 1,
            }),
        }
    }
    counts.sort_by_key(|of| std::cmp::Reverse(of.count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_how_many() {
        let cases = [
            ((1, 0, 0, 0, 0), "no problems found in 1 file"),
            ((0, 0, 0, 0, 0), "no problems found in 0 files"),
            ((3, 1, 1, 0, 0), "1 error, 0 warnings in 1 of 3 files"),
            (
                (3, 2, 2, 0, 1),
                "2 errors, 0 warnings, 1 info in 2 of 3 files",
            ),
            (
                (1, 1, 2, 1, 4),
                "2 errors, 1 warning, 4 infos in 1 of 1 files",
            ),
        ];
        for ((files, files_with_findings, errors, warnings, infos), expected) in cases {
            let summary = Summary {
                files,
                files_with_findings,
                errors,
                warnings,
                infos,
                ..Summary::default()
            };
            assert_eq!(summary.sentence(), expected);
        }
    }
}
