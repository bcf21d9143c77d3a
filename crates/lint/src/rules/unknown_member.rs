//! `unknown-member`

use crate::Rule;
use crate::references::undefined::{self, Missing};
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!(
    "unknown-member",
    References,
    Warning,
    |subject, findings| {
        undefined::check(&RULE, Missing::Member, subject, findings);
    }
);
