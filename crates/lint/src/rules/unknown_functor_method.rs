//! `unknown-functor-method`

use pipewright_model::YamlVersion;
use pipewright_model::catalogue::{Root, RootKind, root};
use pipewright_resolve::SegmentKind;
use pipewright_source::{Applicability, Diagnostic, closest};

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
    let Some(functor) = first.name() else {
        return;
    };
    let name = match &method.kind {
        SegmentKind::Call(name) => name,
        SegmentKind::Name(name) => {
            findings.extend(property(context, functor, name));
            return;
        }
        _ => return,
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

/// The finding on a functor that is read like an object: what it gives, it gives by its methods.
fn property(context: &ReferenceContext<'_>, functor: &str, name: &str) -> Option<Diagnostic> {
    let methods = root(functor).and_then(methods)?;
    // CEL reads secrets so.
    if methods.contains(&name) || context.pipeline.version == YamlVersion::V1 {
        return None;
    }
    let range = context.reference.range;
    let finding = RULE
        .finding(
            context.written(range),
            format!("`{functor}` has no `{name}` but methods"),
        )
        .with_label("null at run time");
    if functor != "secrets" {
        let listed = wording::list(methods, MOST_LISTED);
        return Some(finding.with_help(format!("`{functor}` has {listed}")));
    }
    let call = format!("secrets.getValue(\"{name}\")");
    let mut finding = finding.with_help(format!("write `{call}`"));
    let fix = context.replace(range, &call, Applicability::Unsafe);
    finding.fixes.extend(fix);
    Some(finding)
}

/// The methods of a functor of which all are known.
fn methods(functor: Root) -> Option<Vec<&'static str>> {
    let is_closed = functor.kind() == RootKind::Methods && !functor.is_open();
    let members = functor.members().map(|member| member.path);
    is_closed.then(|| members.filter_map(|path| path.strip_suffix("()")).collect())
}
