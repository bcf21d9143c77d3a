//! The seeds and findings of the fuzz target `pipeline`, replayed.

use std::fs;
use std::path::Path;

#[test]
fn seeds_hold_the_property() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/pipeline");
    let mut count = 0;
    for entry in fs::read_dir(&folder).expect("the seeds are part of the repository") {
        let path = entry.expect("a seed can be listed").path();
        let bytes = fs::read(&path).expect("a seed can be read");
        pipewright_lint::fuzzing::check_file(&String::from_utf8_lossy(&bytes));
        count += 1;
    }
    assert!(count >= 8, "the seeds are missing");
}
