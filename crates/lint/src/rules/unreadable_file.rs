//! `unreadable-file`: made by [`crate::unreadable`], for whoever reads the files.

use crate::Rule;
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!("unreadable-file", File, Error);
