//! `unknown-stage`

use crate::Rule;
use crate::references::undefined;
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!("unknown-stage", References, Error, |subject, findings| {
    undefined::check(&RULE, true, subject, findings);
});
