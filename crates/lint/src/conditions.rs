//! Conditions: the texts that decide whether something runs.

use pipewright_model::{PathSegment, SiteKind};
use pipewright_syntax::Expr;
use pipewright_syntax::is_runtime_input;

use crate::placeholder::is_templated;
use crate::sites::SiteContext;

/// What a condition decides about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Decides {
    /// The `when` of a node: whether it runs.
    Run,
    /// The `when` of a strategy: whether the loop begins.
    Loop,
    /// The condition of a failure action: whether it is tried again.
    Retry,
}

/// The kinds of text that conditions are.
pub(crate) const KINDS: &[SiteKind] = &[SiteKind::Condition, SiteKind::Evaluated];

impl SiteContext<'_> {
    /// The text as a condition and what it decides about. `None` where it is none, cannot be read, or is filled in
    /// before Harness reads it.
    pub(crate) fn condition(&self) -> Option<(&Expr, Decides)> {
        let first = self.site.path.first();
        let is_below =
            |key: &str| matches!(first, Some(PathSegment::Key(first)) if &**first == key);
        let decides = match self.site.kind {
            SiteKind::Condition => Decides::Run,
            SiteKind::Evaluated if is_below("strategy") => Decides::Loop,
            SiteKind::Evaluated if is_below("failureStrategies") => Decides::Retry,
            _ => return None,
        };
        let is_filled_in = is_runtime_input(self.text) || is_templated(self.text);
        match &self.parsed.whole {
            Some(Ok(Some(expression))) if !is_filled_in => Some((expression, decides)),
            _ => None,
        }
    }
}
