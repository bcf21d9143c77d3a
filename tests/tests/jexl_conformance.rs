//! JEXL against its recorded cases, through the protocol of `pipewright eval --jsonl`.

use std::path::Path;

use pipewright_tests::conformance;

/// Checks that every case of `file`, below `tests/data`, agrees, and that there are at least `least` of them.
fn assert_agrees(file: &str, least: usize) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let contexts = data.join("conformance/contexts.json");
    let outcome = conformance::run(&data.join(file), Some(&contexts));
    let different: Vec<String> = outcome
        .differences
        .iter()
        .map(|difference| format!("{}\n    {}", difference.case, difference.answer))
        .collect();
    assert!(
        different.is_empty(),
        "{} of {} cases differ:\n{}",
        different.len(),
        different.len() + outcome.agreed,
        different.join("\n")
    );
    assert!(outcome.agreed >= least, "cases are missing");
}

#[test]
fn every_recorded_case_agrees() {
    assert_agrees("conformance/jexl.jsonl", 5347);
}

/// Cases found by comparing with the library in bulk; a mended difference leaves one here.
#[test]
fn every_further_case_agrees() {
    assert_agrees("jexl/extra.jsonl", 40);
}
