//! `later-stage-reference`

use pipewright_resolve::Level;

use crate::Rule;
use crate::references::{VerdictKind, later};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "later-stage-reference",
    References,
    Error,
    Check::References(&[VerdictKind::Later(Level::Stages)], |context, findings| {
        later::check(&RULE, context, findings);
    })
);
