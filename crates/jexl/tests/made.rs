//! Programs made from bytes have one value, however they are written.

use pipewright_jexl::fuzzing::check_made_program;
use pipewright_syntax::fuzzing::scattered;

/// `MADE=100000 cargo test -p pipewright-jexl --test made` tries that many.
#[test]
fn a_printed_program_has_the_value_of_its_tree() {
    let asked = std::env::var("MADE").ok();
    let count = asked.and_then(|count| count.parse().ok()).unwrap_or(1_000);
    (0..count).for_each(|seed| check_made_program(&scattered(seed)));
}
