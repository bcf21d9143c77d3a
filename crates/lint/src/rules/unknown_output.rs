//! `unknown-output`

use crate::Rule;
use crate::references::{Missing, VerdictKind, undefined};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unknown-output",
    References,
    Warning,
    Check::References(
        &[VerdictKind::Missing(Missing::Output)],
        |context, findings| {
            undefined::check(&RULE, context, findings);
        }
    ),
    Unsafe
);
