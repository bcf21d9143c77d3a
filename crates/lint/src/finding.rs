//! Findings on their way to the report.

use std::collections::{HashMap, HashSet};

use pipewright_model::Pipeline;
use pipewright_source::{Diagnostic, Span, TextRange};

use crate::Rule;

/// A finding before precedence and suppression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Finding {
    /// What is reported.
    pub(crate) diagnostic: Diagnostic,
    /// The bytes whose trouble the finding explains, at least its own span. A more general rule stays silent about what
    /// begins inside (see [`mod@crate::precedence`]).
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
    /// What rules asked of a pipeline as a whole, by the name of the rule and the place of the pipeline in memory.
    asked: HashMap<(&'static str, usize), bool>,
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

    /// Leaves of the findings from the one at `first` on those that `keep` takes.
    pub(crate) fn retain_from(&mut self, first: usize, keep: impl Fn(&Finding) -> bool) {
        let added = self.list.split_off(first);
        self.list.extend(added.into_iter().filter(keep));
    }

    /// Says of the findings from the one at `first` on what they are about, where their rule has not.
    pub(crate) fn are_about(&mut self, first: usize, subject: impl Fn() -> Option<String>) {
        for finding in self.list.iter_mut().skip(first) {
            let known = finding.diagnostic.subject.take();
            finding.diagnostic.subject = known.or_else(&subject);
        }
    }

    /// What a rule asks of a pipeline as a whole, asked once however many references the rule is given.
    pub(crate) fn asked_once(
        &mut self,
        rule: &Rule,
        pipeline: &Pipeline,
        ask: impl FnOnce(&Pipeline) -> bool,
    ) -> bool {
        let place = std::ptr::from_ref(pipeline).addr();
        let answer = self.asked.entry((rule.name, place));
        *answer.or_insert_with(|| ask(pipeline))
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
