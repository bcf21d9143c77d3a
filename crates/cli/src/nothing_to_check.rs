//! Files that were named and hold nothing to check.

use std::sync::Arc;

use crate::printable::printable;

/// How many files are named; the rest are counted.
const MOST_NAMES: usize = 5;

/// Why there is nothing to check in a file that was named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum NothingToCheck {
    /// It is not for Harness.
    Foreign,
    /// Another program must fill it in first.
    Templated,
}

impl NothingToCheck {
    /// What is said of all files of which it is so, in one sentence. `names` are those of at least one file.
    pub(crate) fn sentence(self, names: &[Arc<str>]) -> String {
        if let [name] = names {
            let name = printable(name);
            return match self {
                Self::Foreign => format!(
                    "`{name}` holds no Harness pipeline, template or input set, so there is nothing to check"
                ),
                Self::Templated => format!(
                    "`{name}` is a Terraform, Jinja or Go template: render it first, then check the result"
                ),
            };
        }
        let count = names.len();
        let quoted: Vec<String> = names
            .iter()
            .take(MOST_NAMES)
            .map(|name| format!("`{}`", printable(name)))
            .collect();
        let quoted = quoted.join(", ");
        let more = match count.saturating_sub(MOST_NAMES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        match self {
            Self::Foreign => format!(
                "{count} files hold no Harness pipeline, template or input set, so there is nothing to check in {quoted}{more}"
            ),
            Self::Templated => format!(
                "{count} files are Terraform, Jinja or Go templates: render them first, then check the results of {quoted}{more}"
            ),
        }
    }
}
