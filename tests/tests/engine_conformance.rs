//! The Harness engine against its recorded cases, through the protocol of `pipewright eval --jsonl`.

use std::path::Path;

use pipewright_tests::conformance;

/// Cases that are not met on purpose, each with the Java facility it needs.
const EXCEPTIONS: &[&str] = &[];

#[test]
fn every_recorded_case_agrees() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/conformance");
    let outcome = conformance::run(
        &data.join("engine.jsonl"),
        Some(&data.join("contexts.json")),
    );
    let unexpected: Vec<String> = outcome
        .differences
        .iter()
        .filter(|difference| !EXCEPTIONS.contains(&difference.id.as_str()))
        .map(|difference| format!("{}\n    {}", difference.case, difference.answer))
        .collect();
    assert!(
        unexpected.is_empty(),
        "{} of {} cases differ:\n{}",
        unexpected.len(),
        unexpected.len() + outcome.agreed,
        unexpected.join("\n")
    );
    assert_eq!(outcome.agreed + EXCEPTIONS.len(), 5209);
}
