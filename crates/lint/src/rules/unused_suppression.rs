//! `unused-suppression`: found where findings are silenced (see `suppression::unused`), when all that there is to
//! silence is known.

use crate::Rule;
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unused-suppression",
    Hygiene per Place,
    Warning,
    Check::Text(|_, _| {}),
    Safe
);
