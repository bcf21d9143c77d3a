//! `later-step-reference`

use pipewright_resolve::Level;

use crate::Rule;
use crate::references::{VerdictKind, later};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "later-step-reference",
    References,
    Error,
    Check::References(&[VerdictKind::Later(Level::Steps)], |context, findings| {
        later::check(&RULE, context, findings);
    })
);
