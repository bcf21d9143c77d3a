//! `unknown-variable`

use crate::Rule;
use crate::references::{Missing, VerdictKind, undefined};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unknown-variable",
    References,
    Warning,
    Check::References(
        &[VerdictKind::Missing(Missing::Variable)],
        |context, findings| {
            undefined::check(&RULE, context, findings);
        }
    ),
    Unsafe
);
