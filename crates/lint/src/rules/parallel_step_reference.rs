//! `parallel-step-reference`

use pipewright_resolve::Level;

use crate::Rule;
use crate::references::{VerdictKind, parallel};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "parallel-step-reference",
    References,
    Error,
    Check::References(
        &[VerdictKind::Parallel(Level::Steps)],
        |context, findings| {
            parallel::check(&RULE, context, findings);
        }
    )
);
