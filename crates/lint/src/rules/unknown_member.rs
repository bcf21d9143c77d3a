//! `unknown-member`

use crate::Rule;
use crate::references::{Missing, VerdictKind, undefined};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unknown-member",
    References,
    Warning,
    Check::References(
        &[VerdictKind::Missing(Missing::Member)],
        |context, findings| {
            undefined::check(&RULE, context, findings);
        }
    ),
    Unsafe
);
