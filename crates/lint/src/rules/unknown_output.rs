//! `unknown-output`

use crate::Rule;
use crate::references::undefined::{self, Missing};
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!(
    "unknown-output",
    References,
    Warning,
    |subject, findings| {
        undefined::check(&RULE, Missing::Output, subject, findings);
    }
);
