//! `parallel-stage-reference`

use pipewright_resolve::Level;

use crate::Rule;
use crate::references::parallel;
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!(
    "parallel-stage-reference",
    References,
    Error,
    |subject, findings| {
        parallel::check(&RULE, Level::Stages, subject, findings);
    }
);
