//! What was probably meant by a name that nothing has, and what looking for names costs.

use pipewright_jexl::charge_reading;
use pipewright_source::closest;

/// What comparing a name with another costs, in units of the question's work.
const COMPARISON: usize = 8;

/// How many names are looked at for a unit of work where one is sought as it is written.
const SOUGHT: usize = 4;

/// The name of these that was probably meant by one that is none of them. Each comparison is paid for by the question.
pub(crate) fn meant<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut compared = 0_usize;
    let near = closest(name, names.into_iter().inspect(|_| compared += 1));
    pay(compared.saturating_mul(COMPARISON));
    near
}

/// Pays for looking through so many names for one as it is written.
pub(crate) fn pay_for_seeking(names: usize) {
    pay(names / SOUGHT);
}

/// A look-up has no error to tell. Where the question has not so much left, nothing is left, and its next step ends it.
fn pay(work: usize) {
    let _ = charge_reading(work);
}

#[cfg(test)]
mod tests {
    use pipewright_jexl::question_within;

    use super::*;

    #[test]
    fn a_question_pays_for_what_is_compared_for_it() {
        let mut work = 100;
        let near = question_within(&mut work, || meant("Bulid", ["Build", "Deploy"]));
        assert_eq!((near, work), (Some("Build"), 84));
        question_within(&mut work, || pay_for_seeking(1_000));
        assert_eq!(work, 0);
    }
}
