//! `parallel-step-reference`

use pipewright_resolve::Level;

use crate::Rule;
use crate::references::{VerdictKind, parallel};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "parallel-step-reference",
    References,
    Error,
    Check::References(&[VerdictKind::Parallel(Level::Steps)], |read, findings| {
        parallel::check(&RULE, read, findings);
    })
);
