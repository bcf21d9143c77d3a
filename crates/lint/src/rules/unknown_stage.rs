//! `unknown-stage`

use crate::Rule;
use crate::references::{Missing, VerdictKind, undefined};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unknown-stage",
    References,
    Error,
    Check::References(
        &[VerdictKind::Missing(Missing::Stage)],
        |context, findings| {
            undefined::check(&RULE, context, findings);
        }
    ),
    Unsafe
);
