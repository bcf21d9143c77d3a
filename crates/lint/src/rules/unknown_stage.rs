//! `unknown-stage`

use crate::Rule;
use crate::references::undefined::{self, Missing};
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!("unknown-stage", References, Error, |subject, findings| {
    undefined::check(&RULE, Missing::Stage, subject, findings);
});
