//! Why a text was not put together (`spec/engine.md` §2.7).

use super::{Remark, RemarkCause};

/// What the value of an expression is that was not joined to the text around it.
fn value_of(remark: &Remark) -> Option<String> {
    match &remark.cause {
        RemarkCause::NotJoined { type_name } => {
            Some(format!("`{}` is of type {type_name}", remark.expression))
        }
        RemarkCause::NullNotJoined => Some(format!("`{}` is null", remark.expression)),
        _ => None,
    }
}

/// Why a text was not put together: the expressions in it that are no texts. `None` where the remarks on its evaluation
/// know of none.
pub fn not_joined(remarks: &[Remark]) -> Option<String> {
    let values: Vec<String> = remarks.iter().filter_map(value_of).collect();
    if values.is_empty() {
        return None;
    }
    let is_null = |remark: &Remark| remark.cause == RemarkCause::NullNotJoined;
    let advice = if remarks.iter().any(is_null) {
        ""
    } else {
        "; `.toString()` inside the delimiters makes one"
    };
    let values = values.join(", ");
    Some(format!(
        "{values}, and only a text is joined to what stands beside it{advice}"
    ))
}
