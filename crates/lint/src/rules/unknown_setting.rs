//! `unknown-setting`

use crate::Rule;
use crate::references::{Missing, VerdictKind, undefined};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unknown-setting",
    References,
    Warning,
    Check::References(
        &[VerdictKind::Missing(Missing::Setting)],
        |context, findings| {
            undefined::check(&RULE, context, findings);
        }
    ),
    Unsafe
);
