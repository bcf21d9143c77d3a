//! The seeds and findings of the fuzz target `evaluate`, replayed.

use std::fs;
use std::path::Path;

#[test]
fn seeds_hold_the_property() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/evaluate");
    let mut count = 0;
    for entry in fs::read_dir(&folder).expect("the seeds are part of the repository") {
        let path = entry.expect("a seed can be listed").path();
        pipewright_jexl::fuzzing::check_program(&fs::read(&path).expect("a seed can be read"));
        count += 1;
    }
    assert!(count >= 10, "the seeds are missing");
}
