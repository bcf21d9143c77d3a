//! `unreadable-file`: made by [`crate::unreadable`] for whoever reads the files, as a file that was read never has it.

use crate::Rule;
use crate::rule::declare;

pub(crate) const RULE: Rule = declare!("unreadable-file", File, Error, |_, _| {});
