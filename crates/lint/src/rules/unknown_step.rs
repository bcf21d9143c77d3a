//! `unknown-step`

use crate::Rule;
use crate::references::{Missing, VerdictKind, undefined};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unknown-step",
    References,
    Error,
    Check::References(
        &[VerdictKind::Missing(Missing::Step)],
        |context, findings| {
            undefined::check(&RULE, context, findings);
        }
    ),
    Unsafe
);
