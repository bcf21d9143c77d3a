//! `parallel-stage-reference`

use pipewright_resolve::Level;

use crate::Rule;
use crate::references::{VerdictKind, parallel};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "parallel-stage-reference",
    References,
    Error,
    Check::References(
        &[VerdictKind::Parallel(Level::Stages)],
        |context, findings| {
            parallel::check(&RULE, context, findings);
        }
    )
);
