//! `unknown-variable`

use crate::Rule;
use crate::references::undefined::{self, Missing};
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!(
    "unknown-variable",
    References,
    Warning,
    |subject, findings| {
        undefined::check(&RULE, Missing::Variable, subject, findings);
    }
);
