//! Names that have only a few values.

use pipewright_model::catalogue::{EXPRESSION_STATUSES, FewValues, NAMES_WITH_FEW_VALUES};

use crate::{Member, Verdict};

/// The values that what a path reads may have, where they are few: a status, or a fact of the run that the catalogue
/// knows. `verdict` is that of the whole path.
pub fn few_values(path: &str, verdict: &Verdict) -> Option<FewValues> {
    match verdict.target().map(|target| target.member) {
        Some(Member::Status) => Some(FewValues {
            name: "status",
            values: EXPRESSION_STATUSES,
            is_closed: true,
        }),
        // Of a root, or of the run as a whole.
        None | Some(Member::RunTime) => {
            let mut known = NAMES_WITH_FEW_VALUES.iter();
            known.find(|known| known.name == path).copied()
        }
        Some(_) => None,
    }
}
