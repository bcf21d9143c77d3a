//! `unknown-step`

use crate::Rule;
use crate::references::undefined::{self, Missing};
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!("unknown-step", References, Error, |subject, findings| {
    undefined::check(&RULE, Missing::Step, subject, findings);
});
