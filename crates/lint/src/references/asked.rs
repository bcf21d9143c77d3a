//! References that an expression asks about: whether they are there is the point.

use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, LinkKind};

use super::ReferenceContext;

/// The methods of `expression` that ask.
const ASKING: [&str; 2] = ["isResolved", "isUnresolved"];

impl ReferenceContext<'_> {
    /// Whether it stands among the arguments of `expression.isResolved(…)` or `.isUnresolved(…)`.
    pub(super) fn is_asked_for(&self) -> bool {
        if !self.whole_text().contains("esolved(") {
            return false;
        }
        let Some(text) = self.resolution.texts.get(self.reference.site) else {
            return false;
        };
        let parsed = text.islands.iter().chain(&text.whole);
        let trees = parsed.filter_map(|parsed| parsed.as_ref().ok()?.as_ref());
        let mut asks = false;
        for tree in trees {
            tree.walk(&mut |expression| {
                let asked =
                    arguments(expression).any(|range| range.contains_range(self.reference.range));
                asks = asks || asked;
            });
        }
        asks
    }
}

/// The arguments of a call that asks.
fn arguments(expression: &Expr) -> impl Iterator<Item = TextRange> {
    let arguments = match &expression.kind {
        ExprKind::Chain { head, links } => match (&head.kind, links.as_slice()) {
            (ExprKind::Name(root), [method, call, ..]) if root.as_text() == Some("expression") => {
                match (&method.kind, &call.kind) {
                    (LinkKind::Name(name), LinkKind::Call(arguments))
                        if name.as_text().is_some_and(|name| ASKING.contains(&name)) =>
                    {
                        arguments.as_slice()
                    }
                    _ => &[],
                }
            }
            _ => &[],
        },
        _ => &[],
    };
    arguments.iter().map(|argument| argument.range)
}
