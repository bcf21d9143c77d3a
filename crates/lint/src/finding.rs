//! Findings on their way to the report.

use std::collections::HashSet;

use pipewright_source::{Diagnostic, Span, TextRange};

use crate::Rule;

/// A finding before precedence and suppression.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// What is reported.
    pub(crate) diagnostic: Diagnostic,
    /// The bytes whose trouble the finding explains, at least its own span. A more general rule stays silent about what
    /// begins inside (see [`crate::precedence`]).
    pub(crate) claim: Span,
}

impl Finding {
    /// Where it stands.
    pub(crate) const fn range(&self) -> TextRange {
        self.diagnostic.span.range
    }
}

/// Collects the findings of one rule after the other.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    seen: HashSet<(&'static str, Span)>,
}

impl Findings {
    /// Adds a finding that explains nothing but its own place.
    pub(crate) fn add(&mut self, diagnostic: Diagnostic) {
        let claim = diagnostic.span;
        self.add_claiming(diagnostic, claim);
    }

    /// Adds a finding that explains whatever goes wrong inside `claim`.
    pub(crate) fn add_claiming(&mut self, diagnostic: Diagnostic, claim: Span) {
        // An anchored scalar is read wherever an alias stands, and each reading finds the same.
        if self.seen.insert((diagnostic.rule, diagnostic.span)) {
            self.list.push(Finding { diagnostic, claim });
        }
    }

    /// Adds what was found, if anything was.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.add(diagnostic);
        }
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.list.len()
    }

    /// Says of the findings from the one at `first` on what they are about, where their rule has not.
    pub(crate) fn are_about(&mut self, first: usize, subject: impl Fn() -> Option<String>) {
        for finding in self.list.iter_mut().skip(first) {
            let known = finding.diagnostic.subject.take();
            finding.diagnostic.subject = known.or_else(&subject);
        }
    }

    /// The findings in the order they came.
    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.list
    }
}

impl Rule {
    /// A finding of this rule.
    pub(crate) fn finding(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.name, self.severity, span, message)
    }
}
