//! The seeds of the fuzz target hold the properties of the fuzz target.

use std::path::Path;

#[test]
fn seeds_hold_the_properties() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/expression");
    // A packaged crate comes without the seeds.
    let Ok(entries) = std::fs::read_dir(seeds) else {
        return;
    };
    for entry in entries {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        pipewright_syntax::fuzzing::check_text(&String::from_utf8_lossy(&bytes));
    }
}
