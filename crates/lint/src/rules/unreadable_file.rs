//! `unreadable-file`: made by [`crate::unreadable`] for whoever reads the files, as a file that was read never has it.

use crate::Rule;
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule =
    declare!("unreadable-file", Syntax per Place, Error, Check::Text(|_, _| {}));
