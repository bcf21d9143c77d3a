//! `unknown-output`

use pipewright_resolve::{List, Verdict};

use crate::Rule;
use crate::references::{Missing, ReferenceContext, VerdictKind, undefined};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unknown-output",
    References,
    Warning,
    Check::References(
        &[VerdictKind::Missing(Missing::Output)],
        |context, findings| {
            if !is_listed(context) {
                undefined::check(&RULE, context, findings);
            }
        }
    ),
    Unsafe
);

/// Whether the configuration knows more of the type of the step than we: it lists the output.
fn is_listed(context: &ReferenceContext<'_>) -> bool {
    let Verdict::Undefined(undefined) = &context.reference.verdict else {
        return false;
    };
    let List::Outputs(node) = undefined.list else {
        return false;
    };
    let step_type = context.pipeline.node(node).type_text();
    let listed = context.file.known_names().outputs.get(step_type);
    let name = context.reference.segments[undefined.segment].name();
    name.is_some_and(|name| listed.is_some_and(|listed| listed.iter().any(|one| one == name)))
}
