//! `unknown-functor-method`

use pipewright_model::catalogue::{Root, RootKind, root};
use pipewright_resolve::SegmentKind;
use pipewright_source::{Applicability, closest};

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "unknown-functor-method",
    References,
    Error,
    Check::References(&[VerdictKind::RunTime], check),
    Unsafe
);

/// The most methods that a message lists.
const MOST_LISTED: usize = 12;

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let [first, method] = context.reference.segments.as_slice() else {
        return;
    };
    let (Some(functor), SegmentKind::Call(name)) = (first.name(), &method.kind) else {
        return;
    };
    let Some(methods) = root(functor).and_then(methods) else {
        return;
    };
    if methods.contains(&&**name) {
        return;
    }
    let mut finding = RULE
        .finding(
            context.written(method.range),
            format!("`{functor}` has no method `{name}`"),
        )
        .with_label("null at run time");
    let listed = wording::list(methods.iter().copied(), MOST_LISTED);
    if let Some(meant) = closest(name, methods.iter().copied()) {
        finding = finding.with_help(format!("did you mean `{meant}`? `{functor}` has {listed}"));
        finding
            .fixes
            .extend(context.replace(method.range, meant, Applicability::Unsafe));
    } else {
        finding = finding.with_help(format!("`{functor}` has {listed}"));
    }
    findings.add(finding);
}

/// The methods of a functor of which all are known.
fn methods(functor: Root) -> Option<Vec<&'static str>> {
    let is_closed = functor.kind() == RootKind::Methods && !functor.is_open();
    let members = functor.members().map(|member| member.path);
    is_closed.then(|| members.filter_map(|path| path.strip_suffix("()")).collect())
}
