//! The counts at the end of a report.

use pipewright_source::{Diagnostic, Severity};

/// How many files were checked and how many findings there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub(crate) struct Summary {
    /// Files that were checked or have a finding.
    pub(crate) files: usize,
    /// Findings that cannot work.
    pub(crate) errors: usize,
    /// Findings that are probably not meant.
    pub(crate) warnings: usize,
    /// Findings worth knowing.
    pub(crate) infos: usize,
}

impl Summary {
    /// Counts the findings of `files` files.
    pub(crate) fn new(files: usize, diagnostics: &[Diagnostic]) -> Self {
        let count = |severity: Severity| {
            let of_severity = diagnostics.iter().filter(|d| d.severity == severity);
            of_severity.count()
        };
        Self {
            files,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        }
    }

    /// The sentence at the end: `2 errors and 1 warning in 12 files`, `no problems found in 1 file`.
    pub(crate) fn sentence(self) -> String {
        let counts = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.infos, "info"),
        ];
        let found: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
        let files = counted(self.files, "file");
        match found.as_slice() {
            [] => format!("no problems found in {files}"),
            [one] => format!("{one} in {files}"),
            [first @ .., last] => format!("{} and {last} in {files}", first.join(", ")),
        }
    }
}

/// `1 file`, `2 files`.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_only_what_was_found() {
        let cases = [
            ((1, 0, 0, 0), "no problems found in 1 file"),
            ((0, 0, 0, 0), "no problems found in 0 files"),
            ((3, 1, 0, 0), "1 error in 3 files"),
            ((3, 2, 0, 1), "2 errors and 1 info in 3 files"),
            ((3, 2, 1, 4), "2 errors, 1 warning and 4 infos in 3 files"),
        ];
        for ((files, errors, warnings, infos), expected) in cases {
            let summary = Summary {
                files,
                errors,
                warnings,
                infos,
            };
            assert_eq!(summary.sentence(), expected);
        }
    }
}
