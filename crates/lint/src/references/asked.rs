//! References that an expression asks about: whether they are there is the point.

use pipewright_model::Site;
use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, LinkKind};

use super::ReferenceContext;

/// The methods of `expression` that ask.
const ASKING: [&str; 2] = ["isResolved", "isUnresolved"];

/// What expressions of one text after the other ask about; references come in the order of texts.
#[derive(Debug, Default)]
pub(super) struct Asked<'a> {
    /// The text that was looked at last.
    site: Option<&'a Site>,
    /// The outermost arguments in it, in order.
    arguments: Vec<TextRange>,
}

impl<'a> Asked<'a> {
    /// Whether a reference stands among the arguments of `expression.isResolved(…)` or `.isUnresolved(…)`.
    pub(super) fn about(&mut self, reference: &ReferenceContext<'a>) -> bool {
        let site = reference.site();
        if !self.site.is_some_and(|last| std::ptr::eq(last, site)) {
            self.site = Some(site);
            self.arguments = arguments_in(reference);
        }
        let range = reference.reference.range;
        let before = |argument: &TextRange| argument.start() <= range.start();
        let behind = self.arguments.partition_point(before);
        let last = self.arguments[..behind].last();
        last.is_some_and(|argument| argument.contains_range(range))
    }
}

/// The outermost arguments of the calls that ask in the text of a reference, in order.
fn arguments_in(reference: &ReferenceContext<'_>) -> Vec<TextRange> {
    let text = reference.resolution.texts.get(reference.reference.site);
    let Some(text) = text.filter(|_| reference.whole_text().contains("esolved(")) else {
        return Vec::new();
    };
    let parsed = text.islands.iter().chain(&text.whole);
    let trees = parsed.filter_map(|parsed| parsed.as_ref().ok()?.as_ref());
    let mut found = Vec::new();
    for tree in trees {
        tree.walk(&mut |expression| found.extend(arguments(expression)));
    }
    found.sort_by_key(|range| (range.start(), std::cmp::Reverse(range.end())));
    found.dedup_by(|inner, outer| outer.contains_range(*inner));
    found
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
