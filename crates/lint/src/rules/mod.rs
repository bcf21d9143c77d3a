//! The rules, one file each.

pub(crate) mod unreadable_file;
