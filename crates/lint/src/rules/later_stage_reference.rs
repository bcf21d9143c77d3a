//! `later-stage-reference`

use pipewright_resolve::Level;

use crate::Rule;
use crate::references::later;
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!(
    "later-stage-reference",
    References,
    Error,
    |subject, findings| {
        later::check(&RULE, Level::Stages, subject, findings);
    }
);
