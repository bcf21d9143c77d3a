//! `unknown-setting`

use crate::Rule;
use crate::references::undefined::{self, Missing};
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!(
    "unknown-setting",
    References,
    Warning,
    |subject, findings| {
        undefined::check(&RULE, Missing::Setting, subject, findings);
    }
);
