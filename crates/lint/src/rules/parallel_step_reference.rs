//! `parallel-step-reference`

use pipewright_resolve::Level;

use crate::Rule;
use crate::references::parallel;
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!(
    "parallel-step-reference",
    References,
    Error,
    |subject, findings| {
        parallel::check(&RULE, Level::Steps, subject, findings);
    }
);
